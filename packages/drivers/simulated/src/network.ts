import type { CloudError, CloudResource, NetworkPort } from '@waterstrider/engine/ports';
import type { TransactionSql } from 'postgres';
import { wait, type Call } from './call.ts';
import { complain, noAnswer } from './errors.ts';
import type { ProviderFacts } from './providers.ts';
import { durationOf } from './random.ts';
import { cidrContains, cidrsOverlap, parseCidr } from './world/cidr.ts';
import {
  insertResource,
  isResourceInUse,
  removeResource,
  selectChildren,
  selectResourceByTag,
  selectResources,
  type NewResource,
  type ResourceRow,
} from './world/resources.ts';
import { lockPlace, type Place, type World } from './world/world.ts';

export type NetworkContext = { facts: ProviderFacts; place: Place; world: World; call: Call };

/** Parts of `createNetwork` that each kind takes; a key is there at once. */
const effort = { vNet: 1, subnet: 0.5, securityGroup: 0.5, sshKey: 0 } as const;

type ResourceRequest = Pick<NewResource, 'kind' | 'name' | 'tag' | 'parentId' | 'body'>;

const toCloudResource = (row: ResourceRow): CloudResource => ({
  id: row.id,
  name: row.name,
  ...(row.tag === '' ? {} : { tag: row.tag }),
  ...(row.body.cidr === undefined ? {} : { summary: row.body.cidr }),
});

const rejectUnfit = async (facts: ProviderFacts, sql: TransactionSql, place: Place, request: ResourceRequest) => {
  const { kind, parentId, body } = request;
  const unfit = (): CloudError => complain(facts.vocabulary, 'unfitNetwork', { thing: body.cidr ?? '' });
  const cidr = body.cidr === undefined ? undefined : parseCidr(body.cidr);
  if (body.cidr !== undefined && (!cidr || cidr.prefix < 8 || cidr.prefix > 28)) throw unfit();
  if (parentId === null) return;
  const [parent] = await selectResources(sql, place, [parentId]);
  if (parent?.kind !== 'vNet') throw complain(facts.vocabulary, 'unknownResource', { thing: parentId });
  if (kind !== 'subnet' || !cidr) return;
  const outer = parseCidr(parent.body.cidr ?? '');
  const others = await selectChildren(sql, parentId, 'subnet');
  const isTaken = others.some((other) => {
    const taken = parseCidr(other.body.cidr ?? '');
    return taken !== undefined && cidrsOverlap(taken, cidr);
  });
  if (!outer || !cidrContains(outer, cidr) || isTaken) throw unfit();
};

/** Networks and keys of one account in one region: found again by tag, so every create may be repeated. */
export const createNetwork = ({ facts, place, world, call }: NetworkContext): NetworkPort => {
  const findOrMake = async (request: ResourceRequest): Promise<ResourceRow> => {
    const sql = await world.open();
    const earlier = await selectResourceByTag(sql, place, request.kind, request.tag);
    if (earlier) return earlier;
    return sql.begin(async (transaction) => {
      await lockPlace(transaction, place);
      const meanwhile = await selectResourceByTag(transaction, place, request.kind, request.tag);
      if (meanwhile) return meanwhile;
      await rejectUnfit(facts, transaction, place, request);
      const id = facts.newResourceId(request.kind);
      const durationMs = (durationOf(id, 'create', facts.latencyMs.createNetwork) * effort[request.kind]) / world.speed;
      return insertResource(transaction, place, { ...request, id, durationMs });
    });
  };

  const create = (request: ResourceRequest, signal: AbortSignal | undefined): Promise<CloudResource> =>
    call({ isChange: true, signal }, async () => {
      const row = await findOrMake(request);
      await wait(row.waitMs, signal, () => noAnswer('The caller gave up waiting until the resource can be used.'));
      return toCloudResource(row);
    });

  return {
    createVNet: ({ tag, name, cidr }, signal) =>
      create({ kind: 'vNet', name, tag, parentId: null, body: { cidr } }, signal),
    createSubnet: ({ tag, name, vNetId, cidr, zone }, signal) => {
      const body = { cidr, ...(zone === undefined ? {} : { zone }) };
      return create({ kind: 'subnet', name, tag, parentId: vNetId, body }, signal);
    },
    createSecurityGroup: ({ tag, name, vNetId, rules }, signal) =>
      create({ kind: 'securityGroup', name, tag, parentId: vNetId, body: { rules } }, signal),
    importSshKey: ({ tag, name, publicKey }, signal) =>
      create({ kind: 'sshKey', name, tag, parentId: null, body: { publicKey } }, signal),
    deleteResource: (kind, id, signal) =>
      call({ isChange: true, signal }, async () => {
        const sql = await world.open();
        await sql.begin(async (transaction) => {
          await lockPlace(transaction, place);
          if (kind !== 'sshKey' && (await isResourceInUse(transaction, place, id)))
            throw complain(facts.vocabulary, 'inUse', { thing: id });
          await removeResource(transaction, place, kind, id);
        });
      }),
  };
};
