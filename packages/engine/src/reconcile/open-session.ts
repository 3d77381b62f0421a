import { z } from 'zod';
import { driverOf, notFound, type EngineContext } from '../context.ts';
import type { CloudSession, ConnectionRow } from '../ports/index.ts';

const stored = z.record(z.string(), z.string());

/** A session with the connection's cloud, with the credential's present values. */
export async function openSession(
  engine: EngineContext,
  connection: Pick<ConnectionRow, 'credentialId' | 'provider' | 'region'>,
): Promise<CloudSession> {
  const credential = await engine.store.credentialById(connection.credentialId);
  if (!credential) throw notFound('credential', connection.credentialId);
  const values = stored.parse(JSON.parse(engine.secrets.open(credential.secret, `credential:${credential.id}`)));
  return driverOf(engine, connection.provider).connect({ credential: values, region: connection.region });
}
