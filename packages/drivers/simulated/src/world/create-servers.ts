import type { CloudError, CreateServerRequest } from '@waterstrider/engine/ports';
import type { TransactionSql } from 'postgres';
import type { ProviderFacts } from '../providers.ts';
import { findPrivateAddresses, takePublicAddresses } from './addresses.ts';
import { parseCidr, type Cidr } from './cidr.ts';
import { insertServers } from './insert-servers.ts';
import { createJudge, type Decision, type Draft } from './judge-creates.ts';
import { selectResources, type ResourceRow } from './resources.ts';
import { countServers, isIn, serverColumns, type ServerRow } from './servers.ts';
import { lockPlace, type Place, type World } from './world.ts';

export type ServerOutcome = ServerRow | CloudError;

const selectServersByToken = async (
  sql: TransactionSql,
  place: Place,
  tokens: string[],
): Promise<Map<string, ServerRow>> => {
  if (tokens.length === 0) return new Map();
  const rows = await sql<(ServerRow & { token: string })[]>`
    select token, ${serverColumns(sql)} from sim_world.servers where token = any(${tokens}) and ${isIn(sql, place)}`;
  return new Map(rows.map((row) => [row.token, row]));
};

/** Free addresses of every subnet in the batch, as many as it may need. */
const findFreeAddresses = async (
  sql: TransactionSql,
  requests: readonly CreateServerRequest[],
  resources: ReadonlyMap<string, ResourceRow>,
): Promise<Map<string, number[]>> => {
  const wanted = new Map<string, number>();
  for (const { subnetId } of requests) wanted.set(subnetId, (wanted.get(subnetId) ?? 0) + 1);
  const free = new Map<string, number[]>();
  for (const [id, count] of wanted) {
    const cidr: Cidr | undefined = parseCidr(resources.get(id)?.body.cidr ?? '');
    if (cidr) free.set(id, await findPrivateAddresses(sql, { id, cidr }, count));
  }
  return free;
};

const makeServers = async (
  sql: TransactionSql,
  place: Place,
  drafts: readonly Draft[],
): Promise<Map<string, ServerRow>> => {
  if (drafts.length === 0) return new Map();
  const publicAddresses = await takePublicAddresses(sql, drafts.length);
  const servers = drafts.map((draft, index) => {
    const publicAddress = publicAddresses[index];
    if (publicAddress === undefined) throw new Error('The simulated world has no public addresses left.');
    return { ...draft, publicAddress };
  });
  return new Map((await insertServers(sql, place, servers)).map((row) => [row.id, row]));
};

const toOutcome = (decision: Decision, made: ReadonlyMap<string, ServerRow>): ServerOutcome => {
  if (decision.kind === 'refusal') return decision.error;
  const row = decision.kind === 'earlier' ? decision.row : made.get(decision.draft.id);
  if (!row) throw new Error('A server of the simulated world was not stored.');
  return row;
};

/**
 * Accepts or refuses each request, in order, as one transaction under the place's lock: quotas, limits and tokens hold over all
 * processes. What can be judged without the world was judged before.
 */
export const createServers = async (
  world: World,
  facts: ProviderFacts,
  place: Place,
  requests: readonly CreateServerRequest[],
): Promise<ServerOutcome[]> => {
  const sql = await world.open();
  return sql.begin(async (transaction) => {
    await lockPlace(transaction, place);
    const resourceIds = requests.flatMap((request) => [request.subnetId, request.securityGroupId, request.sshKeyId]);
    const [byToken, found, counts] = await Promise.all([
      selectServersByToken(transaction, place, facts.idempotentCreate ? requests.map(({ token }) => token) : []),
      selectResources(transaction, place, [...new Set(resourceIds)]),
      countServers(transaction, place),
    ]);
    const resources = new Map(found.map((resource) => [resource.id, resource]));
    const freeAddresses = await findFreeAddresses(transaction, requests, resources);
    const judge = createJudge({ facts, place, speed: world.speed, byToken, resources, freeAddresses, counts });
    const decisions = requests.map(judge);
    const drafts = new Set(decisions.flatMap((decision) => (decision.kind === 'draft' ? [decision.draft] : [])));
    const made = await makeServers(transaction, place, [...drafts]);
    return decisions.map((decision) => toOutcome(decision, made));
  });
};
