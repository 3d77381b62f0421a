import type { Probe, Reply } from './framework-probe.ts';
import { toFields } from './tumblebug-fields.ts';
import type { UpstreamError } from './upstream-error.ts';
import type { Upstream } from './upstream.ts';

/** `version` as far as it can be told: CB-Tumblebug writes it nowhere. `tooOld` says what was found instead. */
export type TumblebugVersion = { version: string; tooOld?: string };

const eras = {
  mcis: { version: '0.1 - 0.9.4', words: 'MCIS and VM (v0.1 to v0.9.4)' },
  mci: { version: '0.9.5 - 0.12.5', words: 'MCI and VM (v0.9.5 to v0.12.5)' },
  earlyInfra: {
    version: '0.12.6 - 0.12.28',
    words: 'Infra and Node, but before postCommandAsync (v0.12.6 to v0.12.28)',
  },
} as const;

function oldVersion(era: keyof typeof eras): TumblebugVersion {
  const { version, words } = eras[era];
  return {
    version,
    tooOld: `This CB-Tumblebug speaks of ${words}. v0.12.29 or newer is needed: upgrade it, then check again.`,
  };
}

const groupPath = /^(?:\/tumblebug)?\/ns\/\{[^}]+\}\/(infra|mci|mcis)(?:\/|$)/;

/** Reads the era from the API document; undefined when that is not CB-Tumblebug's. */
export function versionOfDocument(document: unknown): TumblebugVersion | undefined {
  const paths = toFields(toFields(document).paths);
  const groups = new Set(Object.keys(paths).map((path) => groupPath.exec(path)?.[1]));
  if (groups.has('infra')) {
    const addsClouds = 'post' in toFields(paths['/cloudInfo/{providerName}']);
    if (addsClouds || '/ns/{nsId}/resources/rdbms' in paths) return { version: '0.13' };
    return JSON.stringify(document).includes('"postCommandAsync"') ? { version: '0.12.29' } : oldVersion('earlyInfra');
  }
  if (groups.has('mci')) return oldVersion('mci');
  return groups.has('mcis') ? oldVersion('mcis') : undefined;
}

// Echo answers its bare words where it has no route; a route that is there speaks of the missing namespace.
const isUnknownRoute = (error: UpstreamError): boolean =>
  error.status === 404 && (error.fault === 'notJson' || /^not found\.?$/i.test(error.message));

function hasRoute(reply: Reply): boolean {
  if (reply.ok || reply.error.fault === 'refused') return reply.ok || !isUnknownRoute(reply.error);
  if (reply.error.fault === 'notJson' && reply.error.status === 404) return false;
  throw reply.error;
}

async function versionOfRoutes(probe: Probe): Promise<TumblebugVersion | undefined> {
  const paths = ['/ns/none/infra', '/cloudInfo/none', '/livez', '/ns/none/mci', '/ns/none/mcis'];
  const replies = await Promise.all(paths.map((path) => probe.ask(path, { option: 'id' })));
  const [infra, cloudInfo, livez, mci, mcis] = replies.map(hasRoute);
  // 0.12.27 and 0.12.28 have the same routes as 0.12.29.
  if (infra) return cloudInfo ? { version: '0.13' } : livez ? { version: '0.12.27+' } : oldVersion('earlyInfra');
  if (mci) return oldVersion('mci');
  return mcis ? oldVersion('mcis') : undefined;
}

const recognised = new WeakMap<Upstream, TumblebugVersion>();

/** After a failure the server may come back as another version. */
export const forgetVersion = (upstream: Upstream): void => void recognised.delete(upstream);

/**
 * Which CB-Tumblebug this is, from its API document (over 1 MB, read once per connection), or from the routes it has where
 * that is not served; undefined when it is none.
 * @throws UpstreamError
 */
export async function recogniseVersion(probe: Probe): Promise<TumblebugVersion | undefined> {
  const known = recognised.get(probe.upstream);
  if (known !== undefined) return known;
  const document = await probe.ask('/api/doc.json');
  if (!document.ok && document.error.fault !== 'refused' && document.error.fault !== 'notJson') throw document.error;
  const fromDocument = document.ok ? versionOfDocument(document.answer) : undefined;
  const version = fromDocument ?? (await versionOfRoutes(probe));
  if (version !== undefined) recognised.set(probe.upstream, version);
  return version;
}
