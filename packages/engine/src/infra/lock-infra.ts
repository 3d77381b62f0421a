import { DomainError, type NamespaceRecord } from '@waterstrider/contract';
import { notFound } from '../context.ts';
import type { InfraRow, StoreTransaction } from '../ports/index.ts';

export async function requireNamespace(tx: StoreTransaction, ns: string): Promise<NamespaceRecord> {
  const namespace = await tx.namespaceByName(ns);
  if (!namespace) throw notFound('namespace', ns);
  return namespace;
}

/** Holds others off the infra until the end of the transaction. */
export async function lockInfra(
  tx: StoreTransaction,
  ns: string,
  nameOrId: string,
): Promise<{ namespace: NamespaceRecord; infra: InfraRow }> {
  const namespace = await requireNamespace(tx, ns);
  const [infra] = await tx.lockInfras(namespace.id, [nameOrId]);
  if (!infra) throw notFound('MCIS', nameOrId);
  return { namespace, infra };
}

export function requireIdle(infra: InfraRow): void {
  if (infra.runningOperation === undefined) return;
  const reason = `Another task is running on "${infra.name}". Wait for it or cancel it.`;
  throw new DomainError('busy', { reason, operation: infra.runningOperation });
}

export function requireNotHeld(infra: InfraRow): void {
  if (infra.phase)
    throw new DomainError('wrong_state', {
      reason: `"${infra.name}" is on hold. Continue or withdraw it first.`,
      rule: 'onHold',
    });
}
