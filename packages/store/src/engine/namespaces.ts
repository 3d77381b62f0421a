import type { NamespaceRecord } from '@waterstrider/contract';
import type { StoreTransaction } from '@waterstrider/engine/ports';
import type { TransactionSql } from '../database.ts';
import type { Touched } from './announce.ts';
import { byNameOrId } from './rows.ts';

type Part = Pick<
  StoreTransaction,
  'namespaceByName' | 'insertNamespace' | 'updateNamespace' | 'deleteNamespace' | 'namespaceContents'
>;

type StoredNamespace = Omit<NamespaceRecord, 'createdAt'> & { createdAt: Date };
export const toNamespace = (row: StoredNamespace): NamespaceRecord => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
});

export function namespacePart(tx: TransactionSql, touched: Touched, platform: string): Part {
  return {
    async namespaceByName(nameOrId) {
      const [row] = await tx<StoredNamespace[]>`
        select id, name, description, created_at as "createdAt" from namespace
        where platform = ${platform} and ${byNameOrId(tx, 'namespace', nameOrId)}
        order by id::text = lower(${nameOrId}) desc limit 1`;
      return row && toNamespace(row);
    },
    async insertNamespace({ id, name, description }) {
      const { count } = await tx`
        insert into namespace (id, platform, name, description) values (${id}, ${platform}, ${name}, ${description})
        on conflict do nothing`;
      if (count === 0) return 'exists';
      touched.add('namespace', id);
      return 'ok';
    },
    async updateNamespace(id, description) {
      await tx`update namespace set description = ${description} where id = ${id}`;
      touched.add('namespace', id);
    },
    async deleteNamespace(id) {
      const released = await tx<{ id: string }[]>`
        with released as (
          update credential set namespace_ids = array_remove(namespace_ids, ${id}::uuid)
          where ${id}::uuid = any(namespace_ids) returning id
        )
        select c.id from connection c join released r on r.id = c.credential_id`;
      await tx`delete from namespace where id = ${id}`;
      touched.add('connection', ...released.map((row) => row.id));
      touched.add('namespace', id);
    },
    async namespaceContents(id) {
      return tx<{ kind: string; name: string }[]>`
        select kind, name from (
          select 'infra' as kind, name from infra where namespace_id = ${id}
          union all
          select kind, name from resource where namespace_id = ${id}
        ) as contents
        order by kind, name`.then(atMostTwentyOfEachKind);
    },
  };
}

function atMostTwentyOfEachKind(rows: readonly { kind: string; name: string }[]): { kind: string; name: string }[] {
  const seen = new Map<string, number>();
  return rows.filter(({ kind }) => {
    const count = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, count);
    return count <= 20;
  });
}
