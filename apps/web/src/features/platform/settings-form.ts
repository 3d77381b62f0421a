import type { FrameworkName, FrameworkSettings, PlatformSettings } from '@waterstrider/contract';
import type { Problems } from '../../shared/form-problems.ts';
import { frameworkNames, isArchived, isNeeded } from './frameworks.ts';

export type AuthMode = FrameworkSettings['authMode'];
export type SecretField = 'password' | 'token' | 'hmacSecret';
export interface FrameworkValues {
  url: string;
  authMode: AuthMode;
  username: string;
  hmacAccessId: string;
  /** Absent: the stored one stays. */
  password: string | undefined;
  token: string | undefined;
  hmacSecret: string | undefined;
}
/** `gateway`: one address and one sign-in for all that is behind it. */
export type Place = 'gateway' | FrameworkName;
export type SettingsValues = Record<Place, FrameworkValues> & {
  layout: 'gateway' | 'separate';
  behind: FrameworkName[];
};
type StoredFramework = PlatformSettings['frameworks'][number];
type Input = { tumblebug: FrameworkSettings } & Partial<Record<FrameworkName, FrameworkSettings>>;

export const secretOf: Record<AuthMode, SecretField | undefined> = {
  none: undefined,
  basic: 'password',
  bearer: 'token',
  hmac: 'hmacSecret',
};
export const userOf: Record<AuthMode, 'username' | 'hmacAccessId' | undefined> = {
  none: undefined,
  basic: 'username',
  bearer: undefined,
  hmac: 'hmacAccessId',
};

const toValues = (stored: StoredFramework | undefined, url = stored?.url ?? ''): FrameworkValues => ({
  url,
  authMode: stored?.authMode ?? 'none',
  username: stored?.username ?? '',
  hmacAccessId: stored?.hmacAccessId ?? '',
  password: undefined,
  token: undefined,
  hmacSecret: undefined,
});

/** The address that all of them are below, with the same sign-in. */
export function gatewayOf(stored: readonly StoredFramework[]): string | undefined {
  const [first] = stored;
  if (first === undefined || stored.length < 2) return undefined;
  const ending = `/${first.name}`;
  const base = first.url.endsWith(ending) ? first.url.slice(0, -ending.length) : undefined;
  const isBelow = ({ url, name, authMode, username, hmacAccessId }: StoredFramework) =>
    url === `${base}/${name}` &&
    authMode === first.authMode &&
    username === first.username &&
    hmacAccessId === first.hmacAccessId;
  return base !== undefined && stored.every(isBelow) ? base : undefined;
}

export function initialSettings(stored: readonly StoredFramework[]): SettingsValues {
  const of = (name: FrameworkName) => toValues(stored.find((one) => one.name === name));
  const gateway = gatewayOf(stored);
  return {
    layout: gateway === undefined ? 'separate' : 'gateway',
    gateway: toValues(gateway === undefined ? undefined : stored[0], gateway ?? ''),
    behind: gateway === undefined ? frameworkNames.filter((name) => !isArchived(name)) : stored.map(({ name }) => name),
    tumblebug: of('tumblebug'),
    spider: of('spider'),
    dragonfly: of('dragonfly'),
    ladybug: of('ladybug'),
  };
}

const originOf = (url: string): string | undefined => (URL.canParse(url) ? new URL(url).origin : undefined);

/** The server keeps a secret for this place as it is typed now: same address, same way of signing in. */
export function keepsSecret(values: SettingsValues, place: Place, stored: readonly StoredFramework[]): boolean {
  const names = place === 'gateway' ? values.behind : [place];
  const { url, authMode } = values[place];
  return names.every((name) =>
    stored.some(
      (one) =>
        one.name === name && one.hasSecret && one.authMode === authMode && originOf(one.url) === originOf(url.trim()),
    ),
  );
}

/** The parts of the form that are shown. */
export const placesOf = ({ layout }: Pick<SettingsValues, 'layout'>): Place[] =>
  layout === 'gateway' ? ['gateway'] : [...frameworkNames];

const isUrl = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/** Findings as keys below `platform:settings.problem`. */
export function settingsProblems(values: SettingsValues, stored: readonly StoredFramework[]): Problems {
  const found: Problems = {};
  for (const place of placesOf(values)) {
    const { url, authMode, ...rest } = values[place];
    const isLeftOut = place !== 'gateway' && !isNeeded(place) && url.trim() === '';
    if (isLeftOut) continue;
    if (url.trim() === '') found[`${place}.url`] = 'urlNeeded';
    else if (!isUrl(url.trim())) found[`${place}.url`] = 'url';
    else if (new URL(url.trim()).username !== '') found[`${place}.url`] = 'userInUrl';
    const user = userOf[authMode];
    if (user !== undefined && rest[user].trim() === '') found[`${place}.${user}`] = 'needed';
    const secret = secretOf[authMode];
    if (secret === undefined || (rest[secret] ?? '') !== '') continue;
    const isKept = rest[secret] === undefined && keepsSecret(values, place, stored);
    if (!isKept) found[`${place}.${secret}`] = 'secretNeeded';
  }
  return found;
}

function toFramework(values: FrameworkValues, url: string): FrameworkSettings {
  const { authMode } = values;
  const user = userOf[authMode];
  const secret = secretOf[authMode];
  return {
    url,
    authMode,
    ...(user === undefined ? {} : { [user]: values[user].trim() }),
    ...(secret === undefined || values[secret] === undefined ? {} : { [secret]: values[secret] }),
  };
}

/** What is sent. A secret that was not typed is left out, so that the stored one stays. */
export function toSettingsInput(values: SettingsValues): Input {
  const { layout, gateway, behind } = values;
  if (layout === 'gateway') {
    const base = gateway.url.trim().replace(/\/+$/, '');
    const below = (name: FrameworkName) => toFramework(gateway, `${base}/${name}`);
    const others = behind.filter((name) => !isNeeded(name)).map((name) => [name, below(name)] as const);
    return { ...Object.fromEntries(others), tumblebug: below('tumblebug') };
  }
  const given = frameworkNames.filter((name) => isNeeded(name) || values[name].url.trim() !== '');
  const typed = given.map((name) => [name, toFramework(values[name], values[name].url.trim())] as const);
  return { ...Object.fromEntries(typed), tumblebug: toFramework(values.tumblebug, values.tumblebug.url.trim()) };
}
