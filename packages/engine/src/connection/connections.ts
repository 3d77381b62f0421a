import { DomainError, type Connection, type Verb } from '@waterstrider/contract';
import { notFound, type EngineContext } from '../context.ts';
import { operationOf } from '../credential/credentials.ts';
import type { ConnectionRow } from '../ports/index.ts';

/** Enough for an answer; the console shows the whole from its inventory. */
export function toConnection(engine: EngineContext, row: ConnectionRow): Connection {
  const driver = engine.drivers.get(row.provider);
  const region = driver?.cloud.regions.find((candidate) => candidate.region === row.region);
  return {
    id: row.id,
    name: row.name,
    credential: row.credentialId,
    provider: row.provider,
    simulated: driver?.simulated ?? false,
    region: row.region,
    regionName: region?.name ?? row.region,
    zones: row.zones,
    state: row.disabled ? 'Disabled' : row.state,
    reachable: row.reachable,
    nodes: 0,
    unknownServers: 0,
  };
}

export const verifyConnection =
  (engine: EngineContext): Verb<'verifyConnection'> =>
  async ({ params }, context) => {
    const operationId = operationOf(context);
    const row = await engine.store.transaction(async (tx) => {
      const connection = await tx.connection(params.connection);
      if (!connection) throw notFound('connection', params.connection);
      if (connection.disabled)
        throw new DomainError('wrong_state', {
          reason: `The connection "${connection.name}" is disabled. Enable it first.`,
        });
      await tx.addItems(operationId, [{ target: { kind: 'connection', id: connection.id, name: connection.name } }]);
      await tx.requestVerify([connection.id], operationId);
      return { ...connection, state: 'Verifying' as const };
    });
    return { connection: toConnection(engine, row) };
  };

const setDisabled =
  (engine: EngineContext, disabled: boolean) =>
  async ({ params }: { params: { connection: string } }): Promise<Connection> =>
    engine.store.transaction(async (tx) => {
      const connection = await tx.connection(params.connection);
      if (!connection) throw notFound('connection', params.connection);
      await tx.setDisabled(connection.id, disabled);
      return toConnection(engine, { ...connection, disabled });
    });

export const disableConnection = (engine: EngineContext): Verb<'disableConnection'> => setDisabled(engine, true);
export const enableConnection = (engine: EngineContext): Verb<'enableConnection'> => setDisabled(engine, false);
