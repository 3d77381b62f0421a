import type { CloudBaristaConfig, FrameworkAuth, FrameworkConfig } from '@waterstrider/cloud-barista';
import { frameworkNames, type FrameworkName } from '@waterstrider/contract';
import { z } from 'zod';
import { toFrameworkUrl } from './framework-url.ts';

type Variables = Readonly<Record<string, string | undefined>>;
/** `problems` name variables, never values. */
export type FrameworkEnvironment = { problems: string[]; cloudBarista?: CloudBaristaConfig };

const labels: Record<FrameworkName, string> = {
  tumblebug: 'CB-Tumblebug',
  spider: 'CB-Spider',
  dragonfly: 'CB-Dragonfly (archived)',
  ladybug: 'CB-Ladybug (archived)',
};
const addresses: Record<string, string> = {
  API_GW: 'Gateway of a running Cloud-Barista, to be its console: all four frameworks below it, CB-Tumblebug needed.',
  TUMBLEBUG_URL: 'Address of a CB-Tumblebug, to be its console; wins over API_GW.',
  TUMBLE_URL: 'Another name of TUMBLEBUG_URL.',
  SPIDER_URL: 'Address of a CB-Spider beside it; optional, like the next two.',
  DRAGONFLY_URL: 'Address of a CB-Dragonfly (archived).',
  LADYBUG_URL: 'Address of a CB-Ladybug (archived).',
};
const secrets: [suffix: string, meaning: string][] = [
  ['USER', 'User name at'],
  ['PASSWORD', 'Password of that user at'],
  ['TOKEN', 'Bearer token for'],
  ['HMAC_ID', 'Access id of signed tokens for'],
  ['HMAC_SECRET', 'Secret that signs tokens for'],
];
const gateway = 'API_GW';
const owners: [prefix: string, label: string][] = [
  [gateway, 'the gateway, and each framework without its own'],
  ...frameworkNames.map((name): [string, string] => [prefixOf(name), labels[name]]),
];

const optionalText = (meaning: string) => z.string().optional().describe(meaning);
/** Every variable that puts the console in front of a Cloud-Barista, with its meaning. */
export const frameworkVariables: Record<string, z.ZodOptional<z.ZodString>> = Object.fromEntries([
  ...Object.entries(addresses).map(([name, meaning]) => [name, optionalText(meaning)] as const),
  ...owners.flatMap(([prefix, label]) =>
    secrets.map(([suffix, meaning]) => [`${prefix}_${suffix}`, optionalText(`${meaning} ${label}.`)] as const),
  ),
]);

function prefixOf(name: FrameworkName): string {
  return name.toUpperCase();
}

/** What the environment says of a Cloud-Barista; without an address: nothing. Empty variables count as absent. */
export function readFrameworkEnvironment(variables: Variables): FrameworkEnvironment {
  const problems: string[] = [];
  const found: Partial<Record<FrameworkName, FrameworkConfig>> = {};
  const gatewayAuth = readAuth(gateway, variables, problems);
  for (const name of frameworkNames) {
    const url = readUrl(name, variables, problems);
    const own = readAuth(prefixOf(name), variables, problems);
    if (url !== undefined) found[name] = { url, auth: own ?? gatewayAuth ?? { mode: 'none' } };
    else if (own !== undefined) problems.push(`${prefixOf(name)}_* is given without ${prefixOf(name)}_URL or API_GW.`);
  }
  const { tumblebug, ...others } = found;
  const names = Object.keys(others) as FrameworkName[]; // its keys are the names
  if (tumblebug !== undefined) return { problems, cloudBarista: { ...others, tumblebug } };
  problems.push(...names.map((name) => `${prefixOf(name)}_URL needs TUMBLEBUG_URL or API_GW beside it.`));
  if (gatewayAuth !== undefined && names.length === 0)
    problems.push('API_GW_* is given without an address: set API_GW.');
  return { problems };
}

function readUrl(name: FrameworkName, variables: Variables, problems: string[]): string | undefined {
  const given = name === 'tumblebug' ? ['TUMBLEBUG_URL', 'TUMBLE_URL'] : [`${prefixOf(name)}_URL`];
  const [first, second] = given.filter((variable) => isGiven(variables[variable]));
  if (second !== undefined && variables.TUMBLEBUG_URL !== variables.TUMBLE_URL) {
    problems.push('TUMBLEBUG_URL and TUMBLE_URL differ. Set one of them.');
  }
  const variable = first ?? gateway;
  const text = variables[variable];
  if (!isGiven(text)) return undefined;
  const result = toFrameworkUrl(name, text, { behindGateway: first === undefined });
  if (result.url !== undefined) return result.url;
  const problem = `${variable} ${result.problem}.`;
  if (!problems.includes(problem)) problems.push(problem);
  // Named already: what depends on the address is not blamed as well.
  return `http://invalid.invalid/${name}`;
}

const isGiven = (value: string | undefined): value is string => value !== undefined && value.trim() !== '';

/** The one mode that the variables of this prefix make; undefined: none of them is given. */
function readAuth(prefix: string, variables: Variables, problems: string[]): FrameworkAuth | undefined {
  const read = (suffix: string): string | undefined => {
    const value = variables[`${prefix}_${suffix}`];
    return isGiven(value) ? value : undefined;
  };
  const pair = (left: string, right: string): [string, string] | undefined => {
    const [first, second] = [read(left), read(right)];
    if (first !== undefined && second !== undefined) return [first, second];
    if (first !== undefined) problems.push(`${prefix}_${right} is needed with ${prefix}_${left}.`);
    if (second !== undefined) problems.push(`${prefix}_${left} is needed with ${prefix}_${right}.`);
    return undefined;
  };
  const token = read('TOKEN');
  const basic = pair('USER', 'PASSWORD');
  const hmac = pair('HMAC_ID', 'HMAC_SECRET');
  const found: FrameworkAuth[] = [
    ...(basic === undefined ? [] : [{ mode: 'basic' as const, username: basic[0], password: basic[1] }]),
    ...(token === undefined ? [] : [{ mode: 'bearer' as const, token }]),
    ...(hmac === undefined ? [] : [{ mode: 'hmac' as const, accessId: hmac[0], secret: hmac[1] }]),
  ];
  if (found.length > 1) {
    const names = found.map(({ mode }) => modeVariables[mode].map((suffix) => `${prefix}_${suffix}`).join(' with '));
    problems.push(`${names.join(', and ')} exclude each other. Keep one.`);
  }
  return found[0];
}

const modeVariables: Record<FrameworkAuth['mode'], string[]> = {
  none: [],
  basic: ['USER', 'PASSWORD'],
  bearer: ['TOKEN'],
  hmac: ['HMAC_ID', 'HMAC_SECRET'],
};
