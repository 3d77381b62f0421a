import type { CloudBaristaConfig } from '@waterstrider/cloud-barista';
import { z } from 'zod';
import { frameworkVariables, readFrameworkEnvironment } from './system/framework-environment.ts';

/** A setting that does not make sense; the message names the variable and never holds its value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const whole = (low: number, high: number) =>
  z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(low, `must be at least ${String(low)}`)
    .max(high, `must be at most ${String(high)}`);

const key = z.string().transform((text, context) => {
  const bytes = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  if (bytes.length === 32) return bytes;
  context.addIssue('must be 32 bytes in base64 or hex; make one with: openssl rand -base64 32');
  return z.NEVER;
});

const publicUrl = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol)) return url;
  context.addIssue('must be an address such as https://console.example.com');
  return z.NEVER;
});

const proxies = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);

const origins = proxies.transform((given, context) =>
  given.map((text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url !== undefined && /^https?:$/.test(url.protocol) && url.pathname === '/') return url.origin;
    context.addIssue('must be origins such as https://console.example.com, separated by commas');
    return z.NEVER;
  }),
);

const environment = z.object({
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; 0.0.0.0 for all.'),
  PORT: whole(0, 65_535).default(1234).describe('Port to listen on; 0 for any free one.'),
  WATERSTRIDER_DATA_DIR: z.string().default('./data').describe('Folder of the embedded PostgreSQL and the master key.'),
  DATABASE_URL: z
    .string()
    .optional()
    .describe('An existing PostgreSQL 15 or newer; without it the embedded one is started.'),
  WATERSTRIDER_MASTER_KEY: key
    .optional()
    .describe(
      '32 bytes in base64 or hex that encrypt secrets. Needed with DATABASE_URL, else made and kept in the data folder.',
    ),
  WATERSTRIDER_NEW_MASTER_KEY: key.optional().describe('Only for the command rotate-key: the key that takes over.'),
  WATERSTRIDER_ADMIN_PASSWORD: z
    .string()
    .optional()
    .describe('Password of the user admin, used at the first start only. Without it the first visitor chooses.'),
  PUBLIC_URL: publicUrl.optional().describe('Address in the browser. With https: secure cookies and HSTS.'),
  TRUSTED_PROXIES: proxies
    .default([])
    .describe('Addresses or networks of reverse proxies whose X-Forwarded-For is believed, separated by commas.'),
  WATERSTRIDER_SIM_SPEED: z.coerce
    .number('must be a number')
    .min(0.1, 'must be at least 0.1')
    .max(10_000, 'must be at most 10000')
    .default(1)
    .describe('How many times faster than real the simulated clouds are.'),
  WATERSTRIDER_SIM_FAULTS: z
    .string()
    .default('')
    .describe(
      'How unkind the simulated clouds are: a probability such as 0.3, or failure=0.1,throttle=0.1,lostAnswer=0.05.',
    ),
  WATERSTRIDER_OBSERVE_SECONDS: whole(1, 3600)
    .default(30)
    .describe('How often each connection is compared with its cloud.'),
  WATERSTRIDER_SESSION_IDLE_HOURS: whole(1, 24 * 30)
    .default(12)
    .describe('A session ends when it was not used for so long.'),
  WATERSTRIDER_SESSION_DAYS: whole(1, 365).default(7).describe('A session ends after so long in any case.'),
  WATERSTRIDER_AUDIT_DAYS: whole(1, 36_500).default(365).describe('How long audit entries are kept.'),
  WATERSTRIDER_TASK_DAYS: whole(1, 36_500).default(90).describe('How long ended tasks are kept.'),
  WATERSTRIDER_HISTORY_DAYS: whole(1, 36_500).default(30).describe("How long servers' status history is kept."),
  WATERSTRIDER_OUTBOX_HOURS: whole(1, 168)
    .default(1)
    .describe('How long changes are kept for servers that were away; later they load everything again.'),
  WATERSTRIDER_FACADE_ORIGINS: origins
    .default([])
    .describe(
      'Web pages of other origins that may call the open API under /tumblebug, such as http://localhost:1324, separated by commas.',
    ),
  WATERSTRIDER_FACADE_SECRETS: z
    .enum(['true', 'false'], 'must be true or false')
    .default('false')
    .describe(
      'With true, the open API of a Cloud-Barista passes private keys and passwords on to operators; else they are blank.',
    ),
  WATERSTRIDER_LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'silent'],
      'must be one of fatal, error, warn, info, debug, silent',
    )
    .default('warn')
    .describe('What goes to the log on standard error.'),
});

/** Every setting: name, default and meaning. The README's table is made from it. */
export const configurationVariables = Object.entries<z.ZodType>({
  ...environment.shape,
  ...frameworkVariables,
}).map(([name, schema]) => ({
  name,
  default: defaultText(schema),
  meaning: schema.description ?? '',
}));

function defaultText(schema: z.ZodType): string {
  const parsed = schema.safeParse(undefined);
  if (!parsed.success || parsed.data === undefined) return '';
  return typeof parsed.data === 'object' ? '' : String(parsed.data);
}

export type Config = {
  host: string;
  port: number;
  dataDir: string;
  databaseUrl?: string;
  /** The Cloud-Barista that the environment names; it wins over a stored one. */
  cloudBarista?: CloudBaristaConfig;
  masterKey?: Buffer;
  newMasterKey?: Buffer;
  adminPassword?: string;
  publicUrl?: URL;
  trustedProxies: string[];
  /** `faults` as the simulated clouds read it. */
  simulation: { speed: number; faults: string };
  observeSeconds: number;
  session: { idleSeconds: number; absoluteSeconds: number };
  retention: { auditDays: number; operationDays: number; historyDays: number; outboxHours: number };
  /** The open API under `/tumblebug`: foreign origins that may call it, and whether it passes secrets on. */
  facade: { origins: string[]; showSecrets: boolean };
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
  /** Check every answer against its row's schema: for tests, too slow for production. */
  validateOutput: boolean;
};

/** Reads the environment once. Throws `ConfigError` that names every wrong variable. Empty variables count as absent. */
export function readConfig(variables: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value?.trim() !== ''));
  const parsed = environment.safeParse(given);
  const { problems, cloudBarista } = readFrameworkEnvironment(given);
  if (!parsed.success || problems.length > 0) {
    const others = parsed.error?.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`) ?? [];
    throw new ConfigError([...others, ...problems].join('\n'));
  }
  const settings = parsed.data;
  if (settings.DATABASE_URL !== undefined && settings.WATERSTRIDER_MASTER_KEY === undefined) {
    throw new ConfigError(
      'WATERSTRIDER_MASTER_KEY is needed with DATABASE_URL, as all servers on a database share it. ' +
        'Make one with: openssl rand -base64 32',
    );
  }
  return { ...toConfig(settings), ...(cloudBarista === undefined ? {} : { cloudBarista }) };
}

function toConfig(settings: z.output<typeof environment>): Config {
  return {
    host: settings.HOST,
    port: settings.PORT,
    dataDir: settings.WATERSTRIDER_DATA_DIR,
    ...(settings.DATABASE_URL === undefined ? {} : { databaseUrl: settings.DATABASE_URL }),
    ...(settings.WATERSTRIDER_MASTER_KEY === undefined ? {} : { masterKey: settings.WATERSTRIDER_MASTER_KEY }),
    ...(settings.WATERSTRIDER_NEW_MASTER_KEY === undefined
      ? {}
      : { newMasterKey: settings.WATERSTRIDER_NEW_MASTER_KEY }),
    ...(settings.WATERSTRIDER_ADMIN_PASSWORD === undefined
      ? {}
      : { adminPassword: settings.WATERSTRIDER_ADMIN_PASSWORD }),
    ...(settings.PUBLIC_URL === undefined ? {} : { publicUrl: settings.PUBLIC_URL }),
    trustedProxies: settings.TRUSTED_PROXIES,
    simulation: { speed: settings.WATERSTRIDER_SIM_SPEED, faults: settings.WATERSTRIDER_SIM_FAULTS },
    observeSeconds: settings.WATERSTRIDER_OBSERVE_SECONDS,
    session: {
      idleSeconds: settings.WATERSTRIDER_SESSION_IDLE_HOURS * 3600,
      absoluteSeconds: settings.WATERSTRIDER_SESSION_DAYS * 86_400,
    },
    retention: {
      auditDays: settings.WATERSTRIDER_AUDIT_DAYS,
      operationDays: settings.WATERSTRIDER_TASK_DAYS,
      historyDays: settings.WATERSTRIDER_HISTORY_DAYS,
      outboxHours: settings.WATERSTRIDER_OUTBOX_HOURS,
    },
    facade: {
      origins: settings.WATERSTRIDER_FACADE_ORIGINS,
      showSecrets: settings.WATERSTRIDER_FACADE_SECRETS === 'true',
    },
    logLevel: settings.WATERSTRIDER_LOG_LEVEL,
    validateOutput: false,
  };
}
