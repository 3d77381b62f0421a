import type { Mirror } from '@waterstrider/cloud-barista/ports';
import { channels } from '../engine/announce.ts';
import type { Sql } from '../database.ts';
import { changePart } from '../engine/changes.ts';
import { infraPart } from '../engine/infras.ts';
import { namespacePart } from '../engine/namespaces.ts';
import { nodePart } from '../engine/nodes.ts';
import { operationPart } from '../engine/operations.ts';
import { readPart } from '../engine/reads.ts';
import type { DescribeRegion } from '../engine/records.ts';
import { toJson } from '../engine/rows.ts';
import { inTransaction, retried } from '../engine/transaction.ts';
import { callPart, takeCalls } from './calls.ts';
import { mirroredConnectionPart } from './connections.ts';
import { mirroredInfraPart } from './infras.ts';
import { mirroredNamespacePart } from './namespaces.ts';
import { mirroredNodePart } from './nodes.ts';

const platform = 'cloud-barista';

/** The adapter's `Mirror` on PostgreSQL, in the engine's tables. `close` ends its subscriptions; who opened `sql` ends that. */
export function createMirror(
  sql: Sql,
  options: { describeRegion: DescribeRegion },
): Mirror & { close(): Promise<void> } {
  const changes = changePart(sql, { platform, ...options });
  const { nodeHistory } = readPart(sql, platform);
  const subscriptions = new Set<() => Promise<void>>();
  return {
    snapshot: changes.snapshot,
    changesAfter: changes.changesAfter,
    sequence: changes.sequence,
    nodeHistory,
    transaction: (run) =>
      inTransaction(sql, (tx, touched) => {
        const { deleteInfra, deleteGroup } = infraPart(tx, touched);
        const { deleteNodes } = nodePart(tx, touched);
        return run({
          ...namespacePart(tx, touched, platform),
          ...mirroredNamespacePart(tx, touched, platform),
          ...mirroredConnectionPart(tx, touched, platform),
          ...mirroredInfraPart(tx, touched),
          ...mirroredNodePart(tx, touched),
          deleteInfra,
          deleteGroup,
          deleteNodes,
          ...operationPart(tx, touched),
          ...callPart(tx, platform),
        });
      }),
    takeCalls: (limit) => retried(() => takeCalls(sql, platform, limit)),
    ...watchPart(sql),
    ...documentPart(sql),
    async listen(topic, callback) {
      const unlisten = await changes.listen(topic, callback);
      const end = async (): Promise<void> => {
        if (subscriptions.delete(end)) await unlisten();
      };
      subscriptions.add(end);
      return end;
    },
    async close() {
      await Promise.all([...subscriptions].map((end) => end()));
    },
  };
}

function watchPart(sql: Sql): Pick<Mirror, 'holdWatch' | 'releaseWatch'> {
  return {
    holdWatch: (owner, leaseMs, isForced = false) =>
      retried(async () => {
        const rows = await sql`
          insert into upstream_watch as w (platform, owner, until)
          values (${platform}, ${owner}, now() + make_interval(secs => ${leaseMs / 1000}::float8))
          on conflict (platform) do update set owner = excluded.owner, until = excluded.until
            where ${isForced} or w.owner = excluded.owner or w.until < now()
          returning 1`;
        return rows.length > 0;
      }),
    async releaseWatch(owner) {
      await sql`delete from upstream_watch where platform = ${platform} and owner = ${owner}`;
      await sql`select pg_notify(${channels.work}, '')`;
    },
  };
}

function documentPart(sql: Sql): Pick<Mirror, 'document' | 'writeDocument'> {
  return {
    async document(name) {
      const [row] = await sql<{ body: unknown; writtenAt: Date }[]>`
        select body, written_at as "writtenAt" from upstream_document where platform = ${platform} and name = ${name}`;
      return row && { body: row.body, writtenAt: row.writtenAt.toISOString() };
    },
    async writeDocument(name, body) {
      await sql`
        insert into upstream_document (platform, name, body) values (${platform}, ${name}, ${toJson(body)}::text::jsonb)
        on conflict (platform, name) do update set body = excluded.body, written_at = now()`;
    },
  };
}
