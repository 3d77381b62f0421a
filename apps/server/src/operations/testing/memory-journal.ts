import type { OperationItem } from '@waterstrider/contract';
import type { BeginOperation, Journal, OperationFilter, OperationRecord } from '@waterstrider/store';

/** A journal that forgets with its test. */
export class MemoryJournal implements Journal {
  readonly records = new Map<string, OperationRecord>();
  readonly itemsOf = new Map<string, OperationItem[]>();
  readonly #keys = new Map<string, { id: string; requestHash: string }>();
  readonly calls: string[] = [];
  lastFilter: OperationFilter | undefined;

  put(record: Partial<OperationRecord> & { id: string }): OperationRecord {
    const whole: OperationRecord = {
      kind: 'createInfra',
      target: { kind: 'infra', id: 'i', name: 'i' },
      state: 'pending',
      total: 0,
      done: 0,
      failed: 0,
      actor: 'u',
      startedAt: new Date().toISOString(),
      ...record,
    };
    this.records.set(whole.id, whole);
    return whole;
  }

  begin(operation: BeginOperation): ReturnType<Journal['begin']> {
    const { idempotency, ...rest } = operation;
    const key = idempotency && `${operation.actor} ${idempotency.key}`;
    const known = key === undefined ? undefined : this.#keys.get(key);
    const first = known && this.records.get(known.id);
    if (known && first) {
      const outcome = known.requestHash === idempotency?.requestHash ? 'repeat' : 'differs';
      return Promise.resolve({ outcome, record: first });
    }
    if (key !== undefined && idempotency) this.#keys.set(key, { id: rest.id, requestHash: idempotency.requestHash });
    return Promise.resolve({ outcome: 'begun', record: this.put(rest) });
  }

  refuse(id: string): Promise<void> {
    this.records.delete(id);
    return Promise.resolve();
  }

  accept(id: string, answer: unknown): Promise<void> {
    const record = this.records.get(id);
    if (record) this.records.set(id, { ...record, answer });
    return Promise.resolve();
  }

  get(id: string): Promise<OperationRecord | undefined> {
    return Promise.resolve(this.records.get(id));
  }

  items(id: string): Promise<OperationItem[]> {
    return Promise.resolve(this.itemsOf.get(id) ?? []);
  }

  getMany(ids: string[]): Promise<OperationRecord[]> {
    this.calls.push(`getMany ${ids.join(' ')}`);
    return Promise.resolve(ids.flatMap((id) => this.records.get(id) ?? []));
  }

  list(filter: OperationFilter): ReturnType<Journal['list']> {
    this.lastFilter = filter;
    const { namespaceIds, withoutNamespace, after, limit } = filter;
    const seen = [...this.records.values()].filter(({ namespaceId }) =>
      namespaceId === undefined ? withoutNamespace : namespaceIds === undefined || namespaceIds.includes(namespaceId),
    );
    const sorted = seen.sort((left, right) => (left.id < right.id ? 1 : -1));
    const rest = after ? sorted.filter(({ id }) => id < after.id) : sorted;
    return Promise.resolve({ items: rest.slice(0, limit), total: seen.length });
  }

  listOpen(): Promise<OperationRecord[]> {
    const open = [...this.records.values()].filter(({ state }) => state === 'pending' || state === 'running');
    return Promise.resolve(open);
  }

  fail(id: string, error: { code: string; message: string }): Promise<void> {
    const record = this.records.get(id);
    if (record) this.records.set(id, { ...record, state: 'failed', error });
    return Promise.resolve();
  }

  prune(): Promise<number> {
    return Promise.resolve(0);
  }
}
