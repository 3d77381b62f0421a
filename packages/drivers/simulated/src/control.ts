import { DomainError, type SimServer, type simStates } from '@waterstrider/contract';
import { randomInt } from 'node:crypto';
import type { CloudServerState } from '@waterstrider/engine/ports';
import { listImages, listSpecs } from './catalogue.ts';
import { createChurn } from './churn.ts';
import { parseCredential } from './credential.ts';
import type { FaultBook, Faults } from './faults.ts';
import { providers, type ProviderFacts } from './providers.ts';
import { randomOf } from './random.ts';
import { findFirstAccount } from './world/accounts.ts';
import { takePublicAddresses } from './world/addresses.ts';
import { longestListLagMs } from './world/judge-creates.ts';
import { insertServers } from './world/insert-servers.ts';
import { serverColumns, stateNow, type ServerRow } from './world/servers.ts';
import type { Log, World } from './world/world.ts';

type SimState = (typeof simStates)[number];
export type SimServerFilter = {
  provider?: string | undefined;
  region?: string | undefined;
  limit?: number | undefined;
};
export type SimServerRequest = {
  provider: string;
  region: string;
  name: string;
  account?: string | undefined;
  spec?: string | undefined;
};
export type SimServerChange = { state?: 'Running' | 'Stopped' | 'Failed' | undefined; vanish?: true | undefined };
export type FaultsChange = { [Kind in keyof Faults]?: Faults[Kind] | undefined } & { provider?: string | undefined };

/** The hand that reaches into the simulated world from outside: behind the rows under `/api/sim`. */
export type SimulationControl = {
  /** The truth, without lag: every server that is not gone, oldest first. */
  listServers(filter?: SimServerFilter): Promise<SimServer[]>;
  /** A stranger's server, running at once. Throws `not_found` for an unknown provider, region, spec, or when no account is known. */
  createServer(request: SimServerRequest): Promise<SimServer>;
  /** Throws `not_found`. A vanished server is answered as it was last seen, deleting. */
  changeServer(id: string, change: SimServerChange): Promise<SimServer>;
  /** Random servers flip between running and stopped, by a timer of this process; 0 ends it. Returns the rate. */
  setChurn(request: { changesPerSecond: number }): { changesPerSecond: number };
  /** Named kinds change, the others stay; without `provider` for all clouds. Of this process. Returns what holds now. */
  setFaults(change: FaultsChange): Faults & { provider?: string };
  /** Ends the churn. */
  close(): Promise<void>;
};

const toSimState = (state: CloudServerState): SimState => (state.charAt(0).toUpperCase() + state.slice(1)) as SimState; // each but "deleted", which nobody passes, has its namesake

const toSimServer = (row: ServerRow): SimServer => ({
  id: row.id,
  name: row.name,
  tag: row.tag,
  provider: row.provider,
  region: row.region,
  account: row.account,
  state: toSimState(row.state),
  createdAt: new Date(row.createdAtMs).toISOString(),
});

const findProvider = (provider: string, region: string): ProviderFacts => {
  const facts = providers.find((known) => known.provider === provider);
  if (!facts) throw new DomainError('not_found', { reason: `There is no simulated cloud "${provider}".` });
  if (!facts.regions.some((known) => known.region === region))
    throw new DomainError('not_found', { reason: `${provider} has no region "${region}".` });
  return facts;
};

const chooseSpec = async (facts: ProviderFacts, region: string, name: string | undefined) => {
  const specs = await listSpecs(facts, region);
  const spec = name === undefined ? specs[0] : specs.find((known) => known.name === name);
  if (!spec) throw new DomainError('not_found', { reason: `${facts.provider} has no spec "${name ?? ''}".` });
  const image = (await listImages(facts, region)).find((known) => known.architecture === spec.architecture);
  if (!image) throw new DomainError('not_found', { reason: `No image fits the spec "${spec.name}".` });
  return { specName: spec.name, cspImageId: image.cspImageId };
};

export const createControl = (world: World, faults: FaultBook, log: Log): SimulationControl => {
  const churn = createChurn(world, log);

  const chooseAccount = async (request: SimServerRequest): Promise<string> => {
    if (request.account !== undefined) return parseCredential({ account: request.account })['account'] ?? '';
    const account = await findFirstAccount(await world.open(), request.provider, request.region);
    if (account !== undefined) return account;
    const reason = `No account is known in ${request.provider} ${request.region}. Name one, or connect one first.`;
    throw new DomainError('not_found', { reason });
  };

  return {
    listServers: async ({ provider, region, limit } = {}) => {
      const sql = await world.open();
      const rows = await sql<ServerRow[]>`
        select ${serverColumns(sql)} from sim_world.servers
        where ${stateNow(sql)} <> 'deleted' ${provider === undefined ? sql`` : sql`and provider = ${provider}`}
          ${region === undefined ? sql`` : sql`and region = ${region}`}
        order by created_at, id limit ${limit ?? null}::int`;
      return rows.map(toSimServer);
    },

    createServer: async (request) => {
      const facts = findProvider(request.provider, request.region);
      const place = { provider: facts.provider, account: await chooseAccount(request), region: request.region };
      const choice = await chooseSpec(facts, request.region, request.spec);
      const sql = await world.open();
      const [publicAddress] = await takePublicAddresses(sql, 1);
      if (publicAddress === undefined) throw new Error('The simulated world has no public addresses left.');
      const id = facts.newServerId();
      const zones = facts.regions.find(({ region }) => region === request.region)?.zones ?? [];
      const [row] = await insertServers(sql, place, [
        {
          ...choice,
          id,
          name: request.name,
          tag: '',
          token: null,
          bodyHash: null,
          zone: zones[0] ?? null,
          labels: {},
          publicAddress,
          // 10.240.0.0/12: somebody else's network.
          privateAddress: 10 * 2 ** 24 + 240 * 2 ** 16 + randomInt(2 ** 20),
          state: 'running',
          nextState: null,
          durationMs: 0,
          error: null,
          isSlow: false,
          listLagMs: Math.round((randomOf(`${id}/lag`) * longestListLagMs) / world.speed),
        },
      ]);
      if (!row) throw new Error(`The server ${id} was not stored.`);
      return toSimServer(row);
    },

    changeServer: async (id, change) => {
      const sql = await world.open();
      const outside = { code: 'Outside', message: 'Failed by a change made outside.' };
      const error = change.state === 'Failed' ? JSON.stringify(outside) : null;
      const changed = change.vanish
        ? sql`state = 'deleting', next_state = 'deleted', ready_at = clock_timestamp()`
        : sql`state = ${(change.state ?? 'Running').toLowerCase()}, next_state = null, ready_at = null,
              error = ${error}::text::jsonb`;
      const [row] = await sql<ServerRow[]>`
        update sim_world.servers set ${changed} where id = ${id} and ${stateNow(sql)} <> 'deleted'
        returning ${serverColumns(sql)}`;
      if (!row) throw new DomainError('not_found', { reason: `There is no simulated server "${id}".` });
      return toSimServer(row.state === 'deleted' ? { ...row, state: 'deleting' } : row);
    },

    setChurn: ({ changesPerSecond }) => {
      churn.set(changesPerSecond);
      return { changesPerSecond };
    },

    setFaults: ({ provider, failure, throttle, lostAnswer }) => {
      if (provider !== undefined && !providers.some((known) => known.provider === provider))
        throw new DomainError('not_found', { reason: `There is no simulated cloud "${provider}".` });
      const present = faults.of(provider);
      faults.set(
        {
          failure: failure ?? present.failure,
          throttle: throttle ?? present.throttle,
          lostAnswer: lostAnswer ?? present.lostAnswer,
        },
        provider,
      );
      return { ...faults.of(provider), ...(provider === undefined ? {} : { provider }) };
    },

    close: () => churn.close(),
  };
};
