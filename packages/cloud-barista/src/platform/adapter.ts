import { DomainError, type FrameworkName, type NamespaceRecord } from '@waterstrider/contract';
import type { CloudDirectory } from './cloud-directory.ts';
import type { Catalogue } from './catalogue.ts';
import type { Mirror, MirrorTransaction } from '../ports/index.ts';
import type { Upstream } from '../wire/upstream.ts';

export type AdapterLog = (level: 'debug' | 'info' | 'warn', message: string, details?: Record<string, unknown>) => void;

/** What the verbs, reads and the watcher share. */
export type Adapter = {
  tumblebug: Upstream;
  others: Partial<Record<Exclude<FrameworkName, 'tumblebug'>, Upstream>>;
  mirror: Mirror;
  directory: CloudDirectory;
  catalogue: Catalogue;
  log: AdapterLog;
  /** Looks at the frameworks if nobody has yet. */
  checked(): Promise<void>;
  /** Why nothing is done with this Tumblebug: it is too old, or was not looked at yet. */
  refusal(): string | undefined;
  /** Look at what was just changed soon, wherever the watcher runs. */
  hurry(topic: 'topology' | 'calls'): void;
};

export const notFound = (kind: string, name: string): DomainError =>
  new DomainError('not_found', { reason: `There is no ${kind} "${name}".` });

export const wrongState = (message: string, reason: string): DomainError =>
  new DomainError('wrong_state', { reason }, { message });

export async function requireNamespace(tx: MirrorTransaction, nameOrId: string): Promise<NamespaceRecord> {
  const namespace = await tx.namespaceByName(nameOrId);
  if (namespace === undefined) throw notFound('namespace', nameOrId);
  return namespace;
}

/** One part of a path: names of upstream may hold `+`. */
export const pathPart = (name: string): string => encodeURIComponent(name);
