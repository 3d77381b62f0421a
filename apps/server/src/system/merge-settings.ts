import type { CloudBaristaConfig, FrameworkAuth, FrameworkConfig } from '@waterstrider/cloud-barista';
import {
  frameworkNames,
  type FrameworkName,
  type FrameworkSettings,
  type Issue,
  type PlatformSettingsInput,
} from '@waterstrider/contract';
import { invalid } from '../pipeline/validate.ts';
import { toFrameworkUrl } from './framework-url.ts';

type Secret = 'password' | 'token' | 'hmacSecret';
const fieldsOf: Record<FrameworkAuth['mode'], (keyof FrameworkSettings)[]> = {
  none: [],
  basic: ['username', 'password'],
  bearer: ['token'],
  hmac: ['hmacAccessId', 'hmacSecret'],
};
const authFields = Object.values(fieldsOf).flat();

/**
 * What was typed, with the stored secrets for those left out. A secret stays only with its framework's origin and auth mode: it never
 * follows to another address. Throws `invalid` that names every wrong field.
 */
export function toCloudBaristaConfig(
  input: PlatformSettingsInput,
  stored: CloudBaristaConfig | undefined,
): CloudBaristaConfig {
  const issues: Issue[] = [];
  const merged: Partial<Record<FrameworkName, FrameworkConfig>> = {};
  for (const name of frameworkNames) {
    const given = input[name];
    if (given !== undefined) merged[name] = mergeFramework({ name, given, stored: stored?.[name], issues });
  }
  const { tumblebug, ...others } = merged;
  if (issues.length > 0 || tumblebug === undefined) throw invalid(issues);
  return { ...others, tumblebug };
}

function mergeFramework(options: {
  name: FrameworkName;
  given: FrameworkSettings;
  stored: FrameworkConfig | undefined;
  issues: Issue[];
}): FrameworkConfig {
  const { name, given, stored, issues } = options;
  const report = (field: keyof FrameworkSettings, reason: string): void =>
    void issues.push({ field: `body.${name}.${field}`, reason });
  const { url = '', problem } = toFrameworkUrl(name, given.url);
  if (problem !== undefined) report('url', `It ${problem}.`);
  for (const field of authFields) {
    if (given[field] === undefined || fieldsOf[given.authMode].includes(field)) continue;
    report(field, `It does not belong to the way of signing in "${given.authMode}".`);
  }
  const keep = {
    stored: url === '' ? undefined : stored,
    sameOrigin: stored !== undefined && isSameOrigin(url, stored.url),
  };
  return { url, auth: mergeAuth(given, keep, report) };
}

function mergeAuth(
  given: FrameworkSettings,
  { stored, sameOrigin }: { stored: FrameworkConfig | undefined; sameOrigin: boolean },
  report: (field: keyof FrameworkSettings, reason: string) => void,
): FrameworkAuth {
  const need = (field: 'username' | 'hmacAccessId'): string => {
    const value = given[field];
    if (value === undefined) report(field, 'This is needed.');
    return value ?? '';
  };
  const secret = (field: Secret, kept: string | undefined): string => {
    const value = given[field] ?? (sameOrigin ? kept : undefined);
    if (value !== undefined) return value;
    report(field, kept === undefined ? 'This is needed.' : 'The address has changed: type it again.');
    return '';
  };
  const auth = stored?.auth;
  switch (given.authMode) {
    case 'none':
      return { mode: 'none' };
    case 'basic': {
      const kept = auth?.mode === 'basic' ? auth.password : undefined;
      return { mode: 'basic', username: need('username'), password: secret('password', kept) };
    }
    case 'bearer':
      return { mode: 'bearer', token: secret('token', auth?.mode === 'bearer' ? auth.token : undefined) };
    case 'hmac': {
      const kept = auth?.mode === 'hmac' ? auth.secret : undefined;
      return { mode: 'hmac', accessId: need('hmacAccessId'), secret: secret('hmacSecret', kept) };
    }
  }
}

const isSameOrigin = (left: string, right: string): boolean =>
  URL.canParse(left) && URL.canParse(right) && new URL(left).origin === new URL(right).origin;
