import { z } from 'zod';
import { timestamp } from '../text.ts';

export const check = z.object({ name: z.string(), ok: z.boolean(), detail: z.string().optional() });

export const frameworkNames = ['tumblebug', 'spider', 'dragonfly', 'ladybug'] as const;
export type FrameworkName = (typeof frameworkNames)[number];
export const authModes = ['none', 'basic', 'bearer', 'hmac'] as const;

/**
 * What is wrong with a framework, as a locale key (`platform:problem.<key>`): the page says it in words, with what to do.
 * `text` is the framework's or the network's own words.
 */
export const frameworkProblem = z.object({
  key: z.enum([
    'unreachable',
    'tls',
    'timeout',
    'cut',
    'notJson',
    'tooLarge',
    'redirected',
    'loginRefused',
    'notTheFramework',
    'tooOld',
    'notReady',
    'notInitialised',
    'noConnections',
    'noTemplates',
    'throttled',
    'failing',
    'archived',
  ]),
  text: z.string().optional(),
});
export type FrameworkProblem = z.output<typeof frameworkProblem>;

/** How one framework of a Cloud-Barista is, as of `checkedAt`. */
export const frameworkState = z.object({
  name: z.enum(frameworkNames),
  /** Without credentials. */
  url: z.string(),
  authMode: z.enum(authModes),
  reachable: z.boolean(),
  /** Absent while that is not known. */
  loginWorks: z.boolean().optional(),
  initialised: z.boolean().optional(),
  /** As far as the framework tells: `0.13`. */
  version: z.string().optional(),
  /** Not developed any more upstream: shown, read, never relied upon. */
  archived: z.boolean(),
  problems: z.array(frameworkProblem),
  latencyMs: z.number().optional(),
  checkedAt: timestamp,
  /** What its archived API tells, such as `agents`, `alertTasks`, `clusters`. */
  facts: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type FrameworkState = z.output<typeof frameworkState>;

const secretText = z.string().min(1).max(4000);
/** How to reach one framework. A secret that is left out stays as it is stored. */
export const frameworkSettings = z.strictObject({
  url: z
    .string()
    .max(500)
    .refine((value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol), 'An http or https address.')
    .refine(
      (value) => !URL.canParse(value) || new URL(value).username === '',
      'Give user and password in their own fields.',
    ),
  authMode: z.enum(authModes).default('none'),
  username: z.string().min(1).max(200).optional(),
  password: secretText.optional(),
  token: secretText.optional(),
  /** HMAC at a gateway: the access id, and the secret it signs with. */
  hmacAccessId: z.string().min(1).max(200).optional(),
  hmacSecret: secretText.optional(),
});
export type FrameworkSettings = z.output<typeof frameworkSettings>;

/** Tumblebug is what carries changes out; the others add to it. */
export const platformSettingsInput = z.strictObject({
  tumblebug: frameworkSettings,
  spider: frameworkSettings.optional(),
  dragonfly: frameworkSettings.optional(),
  ladybug: frameworkSettings.optional(),
});
export type PlatformSettingsInput = z.output<typeof platformSettingsInput>;

/** What is stored or set, without secrets. */
export const platformSettings = z.object({
  /** `environment` wins over `stored`; `none`: the embedded engine serves. */
  source: z.enum(['none', 'environment', 'stored']),
  /** The platform that serves now was started with other settings: restart to apply. */
  restartNeeded: z.boolean(),
  frameworks: z.array(
    z.object({
      name: z.enum(frameworkNames),
      url: z.string(),
      authMode: z.enum(authModes),
      username: z.string().optional(),
      hmacAccessId: z.string().optional(),
      /** A password, token or secret is kept. */
      hasSecret: z.boolean(),
    }),
  ),
});
export type PlatformSettings = z.output<typeof platformSettings>;

/** One kind of cloud that CB-Spider can drive: what its forms need, and the drivers registered for it. */
export const cloudSystem = z.object({
  name: z.string(),
  credentialKeys: z.array(z.string()),
  regionKeys: z.array(z.string()),
  rootDiskTypes: z.array(z.string()),
  diskTypes: z.array(z.string()),
  drivers: z.array(z.object({ name: z.string(), library: z.string() })),
  connections: z.number().int(),
});
export type CloudSystem = z.output<typeof cloudSystem>;

/** One quota of an account in a region, as the cloud tells it. */
export const quota = z.object({
  name: z.string(),
  limit: z.string(),
  used: z.string().optional(),
  available: z.string().optional(),
  unit: z.string().optional(),
});
export type Quota = z.output<typeof quota>;

/** On-demand price of a server size, as the cloud tells it. */
export const cloudPrice = z.object({
  spec: z.string(),
  price: z.number(),
  currency: z.string(),
  unit: z.string(),
});
export type CloudPrice = z.output<typeof cloudPrice>;

export const cloudMetricNames = [
  'cpu_usage',
  'memory_usage',
  'disk_read',
  'disk_write',
  'disk_read_ops',
  'disk_write_ops',
  'network_in',
  'network_out',
] as const;
/** A series that the cloud itself measures. */
export const cloudMetric = z.object({
  name: z.string(),
  unit: z.string(),
  points: z.array(z.object({ at: timestamp, value: z.number() })),
});
export type CloudMetric = z.output<typeof cloudMetric>;
export const cloudMetricQuery = z.strictObject({
  metric: z.enum(cloudMetricNames).default('cpu_usage'),
  hours: z.coerce.number().int().min(1).max(168).default(1),
});

/** The Platform page: who carries the changes out, and how it is. */
export const platformInfo = z.object({
  product: z.literal('Waterstrider'),
  version: z.string(),
  platform: z.enum(['embedded', 'cloud-barista']),
  clouds: z.number().int(),
  startedAt: timestamp,
  simulationSpeed: z.number().optional(),
  database: z.object({ kind: z.enum(['embedded', 'external']), version: z.string(), sizeBytes: z.number() }),
  replicas: z.array(z.object({ id: z.string(), seenAt: timestamp, self: z.boolean() })),
  /** Kept per table, so that growth is seen. */
  tables: z.array(
    z.object({ name: z.string(), rows: z.number(), sizeBytes: z.number(), keptDays: z.number().optional() }),
  ),
  memoryBytes: z.number(),
  checks: z.array(check),
  /** Of a Cloud-Barista: each framework. Empty with the embedded engine. */
  frameworks: z.array(frameworkState),
  settings: platformSettings,
});
export type PlatformInfo = z.output<typeof platformInfo>;

/** What every signed-in person may know. */
export const about = z.object({
  version: z.string(),
  platform: z.enum(['embedded', 'cloud-barista']),
  clouds: z.number().int(),
  simulated: z.boolean(),
  healthy: z.boolean(),
  /** Rows that the active platform does not have, with the reason: their buttons are disabled and say it. */
  unsupported: z.record(z.string(), z.string()),
});
export type About = z.output<typeof about>;
