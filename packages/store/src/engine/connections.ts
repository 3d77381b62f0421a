import { DomainError } from '@waterstrider/contract';
import type { ConnectionRow, StoreTransaction } from '@waterstrider/engine/ports';
import type { TransactionSql } from '../database.ts';
import type { Touched } from './announce.ts';
import { byNameOrId, connectionColumns, present, presentAll, toJson, type StoredConnections } from './rows.ts';

type Part = Pick<
  StoreTransaction,
  | 'connectionsOf'
  | 'connection'
  | 'connectionsNamed'
  | 'insertConnections'
  | 'deleteConnections'
  | 'connectionUses'
  | 'requestVerify'
  | 'setDisabled'
  | 'wake'
  | 'writeConnection'
>;

export const connectionPart = (tx: TransactionSql, touched: Touched, platform: string): Part => ({
  ...connectionReads(tx, platform),
  ...connectionWrites(tx, touched, platform),
});

function connectionReads(
  tx: TransactionSql,
  platform: string,
): Pick<Part, 'connectionsOf' | 'connection' | 'connectionsNamed' | 'connectionUses'> {
  const from = () =>
    tx`select ${connectionColumns(tx)} from connection c join credential r on r.id = c.credential_id
       where c.platform = ${platform}`;
  return {
    async connectionsOf(credentialId) {
      const rows = await tx<StoredConnections>`${from()} and c.credential_id = ${credentialId} order by c.name`;
      return presentAll<ConnectionRow>(rows);
    },
    async connection(nameOrId) {
      const [row] = await tx<StoredConnections>`
        ${from()} and ${byNameOrId(tx, 'c', nameOrId)} order by c.id::text = lower(${nameOrId}) desc limit 1`;
      return row && present<ConnectionRow>(row);
    },
    async connectionsNamed(names) {
      const wanted = names.map((name) => name.toLowerCase());
      const rows = await tx<StoredConnections>`${from()} and lower(c.name) = any(${wanted}::text[]) order by c.name`;
      return presentAll<ConnectionRow>(rows);
    },
    async connectionUses(ids) {
      return tx<{ kind: string; name: string; connectionId: string }[]>`
        select distinct 'infra' as kind, i.name, g.connection_id as "connectionId"
        from node_group g join infra i on i.id = g.infra_id where g.connection_id = any(${ids}::uuid[])
        union all
        select kind, name, connection_id from resource where connection_id = any(${ids}::uuid[])
        order by kind, name limit 100`.then((rows) => [...rows]);
    },
  };
}

function connectionWrites(
  tx: TransactionSql,
  touched: Touched,
  platform: string,
): Omit<Part, keyof ReturnType<typeof connectionReads>> {
  return {
    async insertConnections(rows) {
      if (rows.length === 0) return;
      const inserted = await tx<{ id: string }[]>`
        insert into connection (id, platform, name, credential_id, provider, region, zones)
        select id, ${platform}, name, "credentialId", provider, region, zones
        from jsonb_to_recordset(${toJson(rows)}::text::jsonb)
          as input (id uuid, name text, "credentialId" uuid, provider text, region text, zones text[])
        on conflict do nothing returning id`;
      const known = new Set(inserted.map((row) => row.id));
      const taken = rows.find((row) => !known.has(row.id));
      if (taken) {
        const reason = `A connection "${taken.name}" exists already. Give the credential another name.`;
        throw new DomainError('exists', { reason });
      }
      touched.add('connection', ...known);
      touched.wake([...known]);
    },
    async deleteConnections(ids) {
      await tx`delete from connection where id = any(${ids}::uuid[])`;
      touched.add('connection', ...ids);
    },
    async requestVerify(ids, operationId) {
      await tx`
        update connection set state = 'Verifying', error = null, verify_due = true, verify_operation = ${operationId}
        where id in (select id from connection where id = any(${ids}::uuid[]) order by id for no key update)`;
      touched.add('connection', ...ids);
      touched.wake(ids);
    },
    async setDisabled(id, disabled) {
      await tx`update connection set disabled = ${disabled} where id = ${id}`;
      touched.add('connection', id);
      touched.wake([id]);
    },
    async wake(connectionIds) {
      touched.wake(connectionIds);
      return Promise.resolve();
    },
    writeConnection: writeConnection(tx, touched),
  };
}

/** A state, or `verified`, ends the verification that was due. */
const writeConnection =
  (tx: TransactionSql, touched: Touched): StoreTransaction['writeConnection'] =>
  async (id, change) => {
    const verifiedNow = change.state !== undefined || change.verified === true;
    await tx`
      update connection set
        state = coalesce(${change.state ?? null}::text, state),
        zones = coalesce(${change.zones ?? null}::text[], zones),
        error = case when ${change.error === undefined} then error else ${toJson(change.error)}::text::jsonb end,
        verified_at = case when ${change.verified === true} then now() else verified_at end,
        verify_due = verify_due and not ${verifiedNow},
        verify_operation = case when ${verifiedNow} then null else verify_operation end,
        reachable = coalesce(${change.reachable ?? null}::boolean, reachable),
        unknown_servers = coalesce(${change.unknownServers ?? null}::int, unknown_servers),
        observed_at = case when ${change.observed === true} then now() else observed_at end,
        observe_due_at = coalesce(${change.observeDueAt ?? null}::timestamptz, observe_due_at)
      where id = ${id}`;
    touched.add('connection', id);
  };
