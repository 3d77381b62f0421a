import {
  DomainError,
  isUnsupported,
  unsupported,
  type FrameworkName,
  type FrameworkState,
  type Platform,
} from '@waterstrider/contract';
import type { Adapter, AdapterLog } from './adapter.ts';
import { createCatalogue } from './catalogue.ts';
import type { CloudDirectory } from './cloud-directory.ts';
import { driversOf } from './drivers.ts';
import { forwardTo } from './forward-call.ts';
import { createFrameworkReads } from './framework-reads.ts';
import { createReads } from './reads.ts';
import { cloudsDocument } from './topology.ts';
import { frameworksDocument, Watcher, type Paces } from './watcher.ts';
import { watchMirror } from './watch-mirror.ts';
import { actOnInfra, actOnMany } from './verbs/act-on-infra.ts';
import { deleteInfra, updateInfra } from './verbs/change-infra.ts';
import { addNodeGroup, createInfra, scaleNodeGroup } from './verbs/create-infra.ts';
import {
  createCredential,
  disableConnection,
  enableConnection,
  updateCredential,
  verifyConnection,
} from './verbs/credentials.ts';
import { createNamespace, deleteNamespace, updateNamespace } from './verbs/namespaces.ts';
import { cancelOperation, retryOperation } from './verbs/operations.ts';
import type { CloudBaristaConfig } from '../config.ts';
import type { Mirror } from '../ports/index.ts';
import { checkFrameworks } from '../wire/check-frameworks.ts';
import { createUpstream } from '../wire/create-upstream.ts';
import type { WireCloud } from '../wire/tumblebug-clouds.ts';
import type { Upstream } from '../wire/upstream.ts';

export type CloudBaristaOptions = {
  config: CloudBaristaConfig;
  mirror: Mirror;
  directory: CloudDirectory;
  log: AdapterLog;
  /** Names this process among the replicas. */
  owner: string;
  paces?: Partial<Paces>;
  /** No other replica works on this database: the lease of a former life is void. */
  isAlone?: boolean;
};

/** The platform of a running Cloud-Barista: CB-Tumblebug carries the changes out, the mirror holds what is seen of it. */
export function createCloudBarista(options: CloudBaristaOptions): Platform & { start(): Promise<void> } {
  const { config, mirror, directory, log, owner } = options;
  const tumblebug = createUpstream('tumblebug', config.tumblebug);
  const others = openOthers(config);
  let states: FrameworkState[] = [];
  const check = (): Promise<FrameworkState[]> => checkFrameworks(config, { upstreams: { tumblebug, ...others } });
  const adapter: Adapter = {
    tumblebug,
    others,
    mirror,
    directory,
    catalogue: createCatalogue(tumblebug),
    log,
    refusal: () => refusalOf(states),
    checked: async () => {
      if (states.length > 0) return;
      const kept = await mirror.document(frameworksDocument);
      // Written by whichever replica watches.
      states = kept === undefined ? await check() : (kept.body as FrameworkState[]);
    },
    hurry: (topic) => (topic === 'topology' ? watcher.hurry() : watcher.callsWait()),
  };
  const watcher = new Watcher(adapter, {
    owner,
    check,
    onChecked: (checked) => {
      states = checked;
    },
    ...(options.paces === undefined ? {} : { paces: options.paces }),
    ...(options.isAlone === undefined ? {} : { isAlone: options.isAlone }),
  });
  // Connections of its own: whoever reads through the open API never holds up the console.
  const passing = createUpstream('tumblebug', config.tumblebug);
  const forward = forwardTo(passing, (signal) => watcher.takeListTurn(signal));
  const unlisten: (() => Promise<void>)[] = [];
  return {
    kind: 'cloud-barista',
    verbs: guarded(createVerbs(adapter), adapter),
    clouds: () => directory.clouds(),
    drivers: () => driversOf(directory),
    specs: (provider, region) => adapter.catalogue.specs(provider, region),
    images: (provider, region) => adapter.catalogue.images(provider, region),
    ...createReads(adapter),
    forward: async (request) => {
      await requireUsable(adapter);
      return forward(request);
    },
    frameworkReads: createFrameworkReads(adapter, () => states),
    watch: (signal) => watchMirror(mirror, signal),
    sequence: () => mirror.sequence(),
    health: () => Promise.resolve(healthOf(states)),
    async start() {
      const kept = await mirror.document(cloudsDocument);
      if (kept !== undefined) directory.replace(kept.body as WireCloud[]); // written by the watcher
      unlisten.push(await mirror.listen('work', () => watcher.callsWait()));
      watcher.start();
    },
    async close() {
      await Promise.all(unlisten.splice(0).map((end) => end()));
      await watcher.stop();
      await Promise.all([tumblebug, passing, ...Object.values(others)].map((upstream) => upstream.close()));
    },
  };
}

function openOthers(config: CloudBaristaConfig): Adapter['others'] {
  const names = ['spider', 'dragonfly', 'ladybug'] as const satisfies FrameworkName[];
  const opened: [FrameworkName, Upstream][] = names.flatMap((name) => {
    const framework = config[name];
    return framework === undefined ? [] : [[name, createUpstream(name, framework)]];
  });
  return Object.fromEntries(opened);
}

const createVerbs = (adapter: Adapter): Platform['verbs'] => ({
  createNamespace: createNamespace(adapter),
  updateNamespace: updateNamespace(adapter),
  deleteNamespace: deleteNamespace(adapter),
  trySimulatedClouds: unsupported('Simulated clouds are for the embedded engine.'),
  createCredential: createCredential(adapter),
  updateCredential: updateCredential(adapter),
  deleteCredential: unsupported('CB-Tumblebug can not delete a credential. Change its values, or hide its regions.'),
  verifyConnection: verifyConnection(adapter),
  disableConnection: disableConnection(adapter),
  enableConnection: enableConnection(adapter),
  deleteConnection: unsupported(
    'CB-Tumblebug can not delete a connection. Disable it, or hide its region in the credential.',
  ),
  createInfra: createInfra(adapter),
  updateInfra: updateInfra(adapter),
  deleteInfra: deleteInfra(adapter),
  actOnInfra: actOnInfra(adapter),
  actOnMany: actOnMany(adapter),
  addNodeGroup: addNodeGroup(adapter),
  scaleNodeGroup: scaleNodeGroup(adapter),
  retryOperation: retryOperation(adapter),
  cancelOperation: cancelOperation(adapter),
});

/** A server of another era is recognised and left alone: nothing is done by halves. */
function refusalOf(states: FrameworkState[]): string | undefined {
  const tumblebug = states.find(({ name }) => name === 'tumblebug');
  if (tumblebug === undefined) return 'CB-Tumblebug was not looked at yet. Try again in a moment.';
  const old = tumblebug.problems.find(({ key }) => key === 'tooOld');
  return old && `This CB-Tumblebug is too old for this console. ${old.text ?? ''}`.trim();
}

async function requireUsable(adapter: Adapter): Promise<void> {
  await adapter.checked();
  const reason = adapter.refusal();
  if (reason !== undefined) throw new DomainError('unavailable', { reason });
}

/** Every verb refuses while the platform is one to leave alone. */
function guarded(verbs: Platform['verbs'], adapter: Adapter): Platform['verbs'] {
  const entries = Object.entries(verbs).map(([name, verb]) => {
    if (isUnsupported(verb)) return [name, verb] as const;
    // Each keeps its own types: what comes in goes on as it is.
    const call = verb as (...sent: unknown[]) => Promise<unknown>;
    return [
      name,
      async (...sent: unknown[]) => {
        await requireUsable(adapter);
        return call(...sent);
      },
    ] as const;
  });
  return Object.fromEntries(entries) as Platform['verbs']; // the same names, each with its verb
}

function healthOf(states: FrameworkState[]): { ok: boolean; detail?: string } {
  const tumblebug = states.find(({ name }) => name === 'tumblebug');
  if (tumblebug === undefined) return { ok: false, detail: 'CB-Tumblebug was not asked yet' };
  const ok =
    tumblebug.reachable && tumblebug.loginWorks !== false && !tumblebug.problems.some(({ key }) => key === 'tooOld');
  const [first] = tumblebug.problems;
  return { ok, ...(ok || first === undefined ? {} : { detail: `CB-Tumblebug: ${first.key}` }) };
}
