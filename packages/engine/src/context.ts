import { DomainError } from '@waterstrider/contract';
import type { Clock, CloudDriver, Secrets, Store } from './ports/index.ts';

/** What every use case and reconciler works with. */
export type EngineContext = {
  store: Store;
  drivers: ReadonlyMap<string, CloudDriver>;
  secrets: Secrets;
  clock: Clock;
  log: EngineLog;
  /** Name of this process among the replicas: holds the leases. */
  owner: string;
  /** How often a quiet connection is compared with its cloud. */
  observeIntervalMs: number;
};

export type EngineLog = (level: 'info' | 'warn' | 'error', message: string, details?: Record<string, unknown>) => void;

export function driverOf(engine: Pick<EngineContext, 'drivers'>, provider: string): CloudDriver {
  const driver = engine.drivers.get(provider);
  if (!driver) throw new DomainError('not_found', { reason: `There is no driver for the provider "${provider}".` });
  return driver;
}

/** An invalid field of the request's body. */
export const invalidField = (field: string, reason: string): DomainError =>
  new DomainError('invalid', { reason: `${field}: ${reason}`, issues: [{ field, reason }] });

export const notFound = (kind: string, name: string): DomainError =>
  new DomainError('not_found', { reason: `There is no ${kind} "${name}", or you may not see it.` });

/** `rule` names the state rule that refuses. */
export const wrongState = (reason: string, rule: string): DomainError =>
  new DomainError('wrong_state', { reason, rule });
