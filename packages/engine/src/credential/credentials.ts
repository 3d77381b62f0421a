import { randomUUID } from 'node:crypto';
import { DomainError, type Credential, type Verb } from '@waterstrider/contract';
import { driverOf, invalidField, notFound, type EngineContext } from '../context.ts';
import { settleOperations } from '../operation/settle-operations.ts';
import type { CloudDriver, CredentialRecord, StoreTransaction } from '../ports/index.ts';

export function toCredential(record: CredentialRecord, simulated: boolean): Credential {
  return {
    id: record.id,
    name: record.name,
    provider: record.provider,
    simulated,
    valueKeys: record.valueKeys,
    regions: record.regions,
    // The ids; the console turns them into the names that the asking person may see.
    ...(record.namespaceIds ? { namespaces: record.namespaceIds } : {}),
    connections: record.connections,
    createdAt: record.createdAt,
  };
}

/** The engine's own rule; clients take the name as it is. */
const connectionName = (credential: string, region: string): string => `${credential}-${region}`;

function checkRegions(driver: CloudDriver, regions: string[] | undefined): string[] {
  const known = driver.cloud.regions.map(({ region }) => region);
  const unknown = regions?.find((region) => !known.includes(region));
  if (unknown !== undefined) {
    const reason = `${driver.cloud.displayName.en} has no region "${unknown}".`;
    throw invalidField(`body.regions.${regions?.indexOf(unknown) ?? 0}`, reason);
  }
  return regions ? [...new Set(regions)] : known;
}

async function namespaceIds(tx: StoreTransaction, names: string[] | undefined): Promise<string[] | undefined> {
  if (!names) return undefined;
  const ids: string[] = [];
  for (const [index, name] of names.entries()) {
    const namespace = await tx.namespaceByName(name);
    if (!namespace) throw invalidField(`body.namespaces.${index}`, `There is no namespace "${name}".`);
    ids.push(namespace.id);
  }
  return [...new Set(ids)];
}

async function addConnections(
  tx: StoreTransaction,
  driver: CloudDriver,
  credential: { id: string; name: string },
  regions: string[],
): Promise<void> {
  const rows = regions.map((region) => ({
    id: randomUUID(),
    name: connectionName(credential.name, region),
    credentialId: credential.id,
    provider: driver.provider,
    region,
    zones: driver.cloud.regions.find((candidate) => candidate.region === region)?.zones ?? [],
  }));
  await tx.insertConnections(rows);
}

async function startVerification(
  tx: StoreTransaction,
  credentialId: string,
  operationId: string,
  regions?: string[],
): Promise<void> {
  const connections = (await tx.connectionsOf(credentialId)).filter((row) => !regions || regions.includes(row.region));
  await tx.addItems(
    operationId,
    connections.map((row) => ({ target: { kind: 'connection', id: row.id, name: row.name } })),
  );
  await tx.requestVerify(
    connections.map((row) => row.id),
    operationId,
  );
}

/** Used by the verb and by the one-click door. */
export async function insertCredential(
  engine: EngineContext,
  tx: StoreTransaction,
  input: {
    name: string;
    provider: string;
    values: Record<string, string>;
    regions?: string[] | undefined;
    namespaces?: string[] | undefined;
  },
  operationId: string,
): Promise<CredentialRecord> {
  const driver = driverOf(engine, input.provider);
  const values = driver.parseCredential(input.values);
  const regions = checkRegions(driver, input.regions);
  const allowed = await namespaceIds(tx, input.namespaces);
  const id = randomUUID();
  const outcome = await tx.insertCredential({
    id,
    name: input.name,
    provider: input.provider,
    secret: engine.secrets.seal(JSON.stringify(values), `credential:${id}`),
    valueKeys: Object.keys(values).sort(),
    regions,
    ...(allowed ? { namespaceIds: allowed } : {}),
  });
  if (outcome === 'exists')
    throw new DomainError('exists', { reason: `A credential "${input.name}" exists already. Choose another name.` });
  await addConnections(tx, driver, { id, name: input.name }, regions);
  await startVerification(tx, id, operationId);
  const record = await tx.credential(id);
  if (!record) throw notFound('credential', input.name);
  return record;
}

export const createCredential =
  (engine: EngineContext): Verb<'createCredential'> =>
  async ({ body }, context) => {
    if (!engine.drivers.has(body.provider))
      throw invalidField('body.provider', `There is no provider "${body.provider}".`);
    const record = await engine.store.transaction((tx) => insertCredential(engine, tx, body, operationOf(context)));
    return { credential: toCredential(record, driverOf(engine, record.provider).simulated) };
  };

export const updateCredential =
  (engine: EngineContext): Verb<'updateCredential'> =>
  async ({ params, body }, context) => {
    const record = await engine.store.transaction(async (tx) => {
      const credential = await tx.credential(params.credential);
      if (!credential) throw notFound('credential', params.credential);
      const driver = driverOf(engine, credential.provider);
      const values = body.values && driver.parseCredential(body.values);
      const regions = body.regions && checkRegions(driver, body.regions);
      const allowed = body.namespaces === null ? null : await namespaceIds(tx, body.namespaces);
      const connections = await tx.connectionsOf(credential.id);
      const added = regions?.filter((region) => !connections.some((row) => row.region === region)) ?? [];
      if (regions)
        await removeConnections(
          engine,
          tx,
          connections.filter((row) => !regions.includes(row.region)).map((row) => row.id),
        );
      await tx.updateCredential(credential.id, {
        ...(values && {
          secret: engine.secrets.seal(JSON.stringify(values), `credential:${credential.id}`),
          valueKeys: Object.keys(values).sort(),
        }),
        ...(regions && { regions }),
        ...(allowed !== undefined && { namespaceIds: allowed }),
      });
      if (added.length > 0) await addConnections(tx, driver, credential, added);
      await startVerification(tx, credential.id, operationOf(context), values ? undefined : added);
      if (!values && added.length === 0) await tx.finishOperation(operationOf(context), 'succeeded');
      const changed = await tx.credential(credential.id);
      if (!changed) throw notFound('credential', params.credential);
      return changed;
    });
    return { credential: toCredential(record, driverOf(engine, record.provider).simulated) };
  };

async function removeConnections(engine: EngineContext, tx: StoreTransaction, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  const uses = await tx.connectionUses(ids);
  if (uses.length > 0) {
    const contains = uses.map(({ kind, name }) => ({ kind, name }));
    throw new DomainError('in_use', { reason: 'It is still in use. Delete what uses it first.', contains });
  }
  for (const id of ids) {
    const tasks = await tx.tasksWaitingFor(id);
    for (const task of tasks) await tx.moveItems(task, [{ targetId: id, state: 'cancelled' }]);
    await settleOperations(engine, tx, tasks);
  }
  await tx.deleteConnections(ids);
}

export const deleteCredential =
  (engine: EngineContext): Verb<'deleteCredential'> =>
  async ({ params }) =>
    engine.store.transaction(async (tx) => {
      const credential = await tx.credential(params.credential);
      if (!credential) throw notFound('credential', params.credential);
      await removeConnections(
        engine,
        tx,
        (await tx.connectionsOf(credential.id)).map((row) => row.id),
      );
      await tx.deleteCredential(credential.id);
      return undefined;
    });

export const deleteConnection =
  (engine: EngineContext): Verb<'deleteConnection'> =>
  async ({ params }) =>
    engine.store.transaction(async (tx) => {
      const connection = await tx.connection(params.connection);
      if (!connection) throw notFound('connection', params.connection);
      await removeConnections(engine, tx, [connection.id]);
      const left = (await tx.connectionsOf(connection.credentialId)).map((row) => row.region);
      await tx.updateCredential(connection.credentialId, { regions: left });
      return undefined;
    });

/** The console gives every 202 row an operation before it calls the verb. */
export function operationOf(context: { operationId?: string }): string {
  if (context.operationId === undefined)
    throw new DomainError('internal', { reason: 'The verb was called without an operation.' });
  return context.operationId;
}
