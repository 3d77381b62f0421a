import { frameworkNames, type FrameworkName, type FrameworkState } from '@waterstrider/contract';
import type { CloudBaristaConfig, FrameworkAuth, FrameworkConfig } from '../config.ts';
import { checkDragonfly, checkLadybug } from './check-archived.ts';
import { checkSpider } from './check-spider.ts';
import { checkTumblebug } from './check-tumblebug.ts';
import { cleanWords } from './clean-words.ts';
import { createUpstream } from './create-upstream.ts';
import { createProbe, type Findings, type Probe } from './framework-probe.ts';
import type { Upstream } from './upstream.ts';

const checks: Record<FrameworkName, (probe: Probe) => Promise<Findings>> = {
  tumblebug: checkTumblebug,
  spider: checkSpider,
  dragonfly: checkDragonfly,
  ladybug: checkLadybug,
};
const archivedFrameworks: ReadonlySet<FrameworkName> = new Set(['dragonfly', 'ladybug']);

export type CheckOptions = {
  /** For all questions to one framework together; 10 s by default. */
  timeoutMs?: number;
  /** Milliseconds since 1970. */
  now?: () => number;
};

type Subject = { name: FrameworkName; url: string; authMode: FrameworkAuth['mode'] };

function stateOf(subject: Subject, findings: Findings, at: number): FrameworkState {
  const isArchived = archivedFrameworks.has(subject.name);
  return { ...subject, archived: isArchived, checkedAt: new Date(at).toISOString(), ...findings };
}

const brokenFindings = (error: unknown): Findings => {
  const text = cleanWords(error instanceof Error ? error.message : String(error), 300);
  return { reachable: false, problems: [{ key: 'failing', text }] };
};

/** How one framework is, asked through a connection that stays the caller's. Never throws. */
export async function checkFramework(
  upstream: Upstream,
  authMode: FrameworkAuth['mode'],
  { timeoutMs = 10_000, now = Date.now }: CheckOptions = {},
): Promise<FrameworkState> {
  const subject: Subject = { name: upstream.framework, url: upstream.url, authMode };
  const probe = createProbe(upstream, timeoutMs);
  const latency = { ms: undefined as number | undefined }; // undefined until the first answer
  const startedAt = performance.now();
  const timed: Probe = {
    ...probe,
    ask: async (path, query) => {
      const reply = await probe.ask(path, query);
      latency.ms ??= Math.round(performance.now() - startedAt);
      return reply;
    },
  };
  const findings = await checks[upstream.framework](timed).catch(brokenFindings);
  const latencyMs = findings.reachable && latency.ms !== undefined ? { latencyMs: latency.ms } : {};
  return { ...stateOf(subject, findings, now()), ...latencyMs };
}

async function checkConfigured(
  name: FrameworkName,
  config: FrameworkConfig,
  options: CheckOptions & { upstream?: Upstream },
): Promise<FrameworkState> {
  const { upstream: given, ...rest } = options;
  if (given !== undefined) return checkFramework(given, config.auth.mode, rest);
  let upstream: Upstream;
  try {
    upstream = createUpstream(name, config);
  } catch {
    const findings: Findings = {
      reachable: false,
      problems: [{ key: 'unreachable', text: 'The address is not valid.' }],
    };
    const subject: Subject = { name, url: withoutCredentials(config.url), authMode: config.auth.mode };
    return stateOf(subject, findings, (options.now ?? Date.now)());
  }
  try {
    return await checkFramework(upstream, config.auth.mode, rest);
  } finally {
    await upstream.close();
  }
}

const withoutCredentials = (url: string): string => url.replace(/^([^/]*\/\/)?[^/@]*@/, '$1');

/**
 * How each framework of the configuration is, all asked at once. Give the `upstreams` in use, so that their connections
 * and what is known of their versions are used again. Never throws.
 */
export function checkFrameworks(
  config: CloudBaristaConfig,
  options: CheckOptions & { upstreams?: Partial<Record<FrameworkName, Upstream>> } = {},
): Promise<FrameworkState[]> {
  const { upstreams = {}, ...rest } = options;
  return Promise.all(
    frameworkNames.flatMap((name) => {
      const framework = config[name];
      if (framework === undefined) return [];
      const upstream = upstreams[name];
      return [checkConfigured(name, framework, { ...rest, ...(upstream === undefined ? {} : { upstream }) })];
    }),
  );
}
