import type { StoreTransaction } from '@waterstrider/engine/ports';
import type { TransactionSql } from '../database.ts';
import type { Touched } from './announce.ts';
import { byNameOrId, credentialColumns, toCredential, type StoredCredential } from './rows.ts';

type Part = Pick<StoreTransaction, 'credential' | 'insertCredential' | 'updateCredential' | 'deleteCredential'>;

export function credentialPart(tx: TransactionSql, touched: Touched, platform: string): Part {
  const connectionIds = async (credentialId: string): Promise<string[]> => {
    const rows = await tx<{ id: string }[]>`select id from connection where credential_id = ${credentialId}`;
    return rows.map((row) => row.id);
  };
  return {
    async credential(nameOrId) {
      const [row] = await tx<StoredCredential[]>`
        select ${credentialColumns(tx)} from credential r
        where r.platform = ${platform} and ${byNameOrId(tx, 'r', nameOrId)}
        order by r.id::text = lower(${nameOrId}) desc limit 1`;
      return row && toCredential(row);
    },
    async insertCredential({ id, name, provider, secret, valueKeys, regions, namespaceIds }) {
      const { count } = await tx`
        insert into credential (id, platform, name, provider, secret, value_keys, regions, namespace_ids)
        values (${id}, ${platform}, ${name}, ${provider}, ${secret}, ${valueKeys}::text[], ${regions}::text[],
          ${namespaceIds ?? null}::uuid[])
        on conflict do nothing`;
      return count === 0 ? 'exists' : 'ok';
    },
    async updateCredential(id, { secret, valueKeys, regions, namespaceIds }) {
      await tx`
        update credential set
          secret = coalesce(${secret ?? null}::bytea, secret),
          value_keys = coalesce(${valueKeys ?? null}::text[], value_keys),
          regions = coalesce(${regions ?? null}::text[], regions),
          namespace_ids = case when ${namespaceIds === undefined} then namespace_ids else ${namespaceIds ?? null}::uuid[] end,
          version = version + ${secret === undefined ? 0 : 1}::int
        where id = ${id}`;
      const connections = await connectionIds(id);
      if (namespaceIds !== undefined) touched.add('connection', ...connections);
      // Workers take up the new values.
      if (secret !== undefined) touched.wake(connections);
    },
    async deleteCredential(id) {
      touched.add('connection', ...(await connectionIds(id)));
      await tx`delete from credential where id = ${id}`;
    },
  };
}
