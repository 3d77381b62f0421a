import type { Store } from '@waterstrider/engine/ports';
import type { Sql } from '../database.ts';
import { changePart } from './changes.ts';
import { connectionPart } from './connections.ts';
import { credentialPart } from './credentials.ts';
import { duePart } from './due.ts';
import { infraPart } from './infras.ts';
import { leasePart } from './leases.ts';
import { namespacePart } from './namespaces.ts';
import { nodePart } from './nodes.ts';
import { operationPart } from './operations.ts';
import { readPart } from './reads.ts';
import type { DescribeRegion } from './records.ts';
import { resourcePart } from './resources.ts';
import { inTransaction } from './transaction.ts';

export type StoreOptions = {
  /** Rows of other platforms in the same database are left alone. */
  platform: 'embedded' | 'cloud-barista';
  /** What a region is called and where it lies: a driver's knowledge, not the database's. */
  describeRegion?: DescribeRegion;
};

const nameOnly: DescribeRegion = (_provider, region) => ({ simulated: false, regionName: region });

/** The engine's `Store` on PostgreSQL. `close` ends its subscriptions; who opened `sql` ends that. */
export function createStore(sql: Sql, options: StoreOptions): Store & { close(): Promise<void> } {
  const { platform, describeRegion = nameOnly } = options;
  const changes = changePart(sql, { platform, describeRegion });
  const subscriptions = new Set<() => Promise<void>>();
  return {
    ...changes,
    ...readPart(sql, platform),
    ...leasePart(sql, platform),
    ...duePart(sql),
    transaction: (run, fence) =>
      inTransaction(
        sql,
        (tx, touched) =>
          run({
            ...namespacePart(tx, touched, platform),
            ...credentialPart(tx, touched, platform),
            ...connectionPart(tx, touched, platform),
            ...infraPart(tx, touched),
            ...nodePart(tx, touched),
            ...resourcePart(tx),
            ...operationPart(tx, touched),
          }),
        fence,
      ),
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
