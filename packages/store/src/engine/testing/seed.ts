import { randomUUID } from 'node:crypto';
import type { NodeResult, NodeRow, Store, StoreTransaction } from '@waterstrider/engine/ports';
import type { Sql } from '../../database.ts';
import { createJournal } from '../../journal/create-journal.ts';

export type Seed = {
  namespaceId: string;
  credentialId: string;
  connectionId: string;
  infraId: string;
  groupId: string;
  operationId: string;
  nodeIds: string[];
};

/** One namespace with one infra of `size` servers that wait to be made, all written by the store itself. */
export async function seed(sql: Sql, store: Store, options: { size?: number; name?: string } = {}): Promise<Seed> {
  const { size = 3, name = `n${randomUUID().slice(0, 8)}` } = options;
  const ids = {
    namespaceId: randomUUID(),
    credentialId: randomUUID(),
    connectionId: randomUUID(),
    infraId: randomUUID(),
    groupId: randomUUID(),
    operationId: await beginTask(sql),
    nodeIds: Array.from({ length: size }, () => randomUUID()),
  };
  await store.transaction(async (tx) => {
    await tx.insertNamespace({ id: ids.namespaceId, name, description: 'about it' });
    await tx.insertCredential({
      id: ids.credentialId,
      name: `${name}-cred`,
      provider: 'sim-aws',
      secret: Buffer.from([0, 1, 255]),
      valueKeys: ['account'],
      regions: ['us-east-1'],
      namespaceIds: [ids.namespaceId],
    });
    await tx.insertConnections([
      {
        id: ids.connectionId,
        name: `${name}-cred-us-east-1`,
        credentialId: ids.credentialId,
        provider: 'sim-aws',
        region: 'us-east-1',
        zones: ['a', 'b'],
      },
    ]);
    await insertInfra(tx, ids, name);
  });
  return ids;
}

async function insertInfra(tx: StoreTransaction, ids: Seed, name: string): Promise<void> {
  await tx.insertInfra({
    id: ids.infraId,
    namespaceId: ids.namespaceId,
    name: `${name}-infra`,
    description: '',
    labels: { env: 'test' },
    policy: 'continue',
    createdBy: 'admin',
    runningOperation: ids.operationId,
  });
  const group = {
    connectionId: ids.connectionId,
    provider: 'sim-aws',
    region: 'us-east-1',
    spec: 'sim-aws+us-east-1+t3.small',
    image: 'ubuntu',
    labels: {},
    costPerHourUsd: 0.0208,
  };
  await tx.insertGroups([
    {
      ...group,
      id: ids.groupId,
      infraId: ids.infraId,
      name: 'web',
      size: ids.nodeIds.length,
      nextIndex: 1,
      position: 0,
    },
  ]);
  await tx.insertNodes(
    ids.nodeIds.map((id, index) => ({
      ...group,
      id,
      namespaceId: ids.namespaceId,
      infraId: ids.infraId,
      groupId: ids.groupId,
      name: `web-${index + 1}`,
      index: index + 1,
      status: 'Creating' as const,
      targetStatus: 'Running' as const,
      targetAction: 'create' as const,
      dueAt: new Date(),
      operationId: ids.operationId,
    })),
  );
  await tx.addItems(
    ids.operationId,
    ids.nodeIds.map((id, index) => ({ target: { kind: 'node', id, name: `web-${index + 1}` } })),
  );
  await tx.wake([ids.connectionId]);
}

export async function beginTask(sql: Sql): Promise<string> {
  const id = randomUUID();
  await createJournal(sql).begin({
    id,
    kind: 'createInfra',
    target: { kind: 'infra', id: 'x', name: 'x' },
    actor: 'admin',
  });
  return id;
}

/** The four shared resources, there to be used. */
export async function makeResources(store: Store, ids: Seed): Promise<void> {
  await store.transaction(async (tx) => {
    const rows = (['vNet', 'subnet', 'securityGroup', 'sshKey'] as const).map((kind) => ({
      id: randomUUID(),
      namespaceId: ids.namespaceId,
      connectionId: ids.connectionId,
      kind,
      name: `shared-${kind}`,
      ...(kind === 'vNet' && { cidr: '10.1.0.0/16' }),
      ...(kind === 'sshKey' && { publicKey: 'ssh-ed25519 A', secret: Buffer.from('sealed') }),
    }));
    await tx.insertResources(rows);
    for (const row of rows)
      await tx.writeResource(row.id, { state: 'Available', cspId: `csp-${row.kind}`, dueAt: null });
  });
}

/** The result of a server that runs now. */
export const runs = (id: string, intent = 0): NodeResult => ({
  id,
  intent,
  facts: { cspId: `i-${id.slice(0, 8)}`, publicIp: '198.18.0.1', observedAt: new Date() },
  decision: { status: 'Running', targetStatus: 'Running', attempt: 0, forget: false, reason: 'created' },
  item: { state: 'succeeded' },
});

export async function lockOne(store: Store, id: string): Promise<NodeRow> {
  const [node] = await store.transaction((tx) => tx.lockNodesById([id]));
  if (!node) throw new Error(`There is no node ${id}.`);
  return node;
}
