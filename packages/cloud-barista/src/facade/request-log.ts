import type { Operation } from '@waterstrider/contract';

export type LoggedRequest = {
  readonly id: string;
  /** Whose call it is: others do not see it. */
  readonly username: string;
  readonly startedAt: Date;
  readonly info: { method: string; url: string; header: Record<string, string>; body?: unknown };
  endedAt?: Date;
  status: 'Handling' | 'Success' | 'Error';
  /** The task that the call waits for. */
  operation?: string;
  /** The answer's JSON text. */
  answer?: string;
  error: string;
};

const keptMs = 60 * 60_000;
const mostEntries = 1_000;
const mostBytes = 32 * 1024 * 1024;
const mostBodyBytes = 16 * 1024;
const mostAnswerBytes = 1024 * 1024;

/** The calls of the last hour and how they ended, in memory: at most 1,000 and 32 MB, an answer of more than 1 MB not at all; the oldest go first. */
export class RequestLog {
  readonly #entries = new Map<string, LoggedRequest>();
  readonly #now: () => Date;
  #bytes = 0;

  constructor(now: () => Date = () => new Date()) {
    this.#now = now;
  }

  /** Undefined: a call of this id is still known. */
  begin(request: Pick<LoggedRequest, 'id' | 'username' | 'info'>): LoggedRequest | undefined {
    this.#prune();
    if (this.#entries.has(request.id)) return undefined;
    const { body, ...info } = request.info;
    const isSmall = body !== undefined && JSON.stringify(body).length <= mostBodyBytes;
    const entry: LoggedRequest = {
      ...request,
      info: { ...info, ...(isSmall ? { body } : {}) },
      startedAt: this.#now(),
      status: 'Handling',
      error: '',
    };
    this.#entries.set(entry.id, entry);
    return entry;
  }

  end(entry: LoggedRequest, outcome: { answer: string } | { error: string }): void {
    entry.endedAt = this.#now();
    entry.status = 'answer' in outcome ? 'Success' : 'Error';
    if ('error' in outcome) entry.error = outcome.error;
    else if (this.#entries.has(entry.id)) {
      entry.answer = outcome.answer.length <= mostAnswerBytes ? outcome.answer : 'null';
      this.#bytes += entry.answer.length;
    }
    this.#prune();
  }

  get(id: string): LoggedRequest | undefined {
    this.#prune();
    return this.#entries.get(id);
  }

  /** Oldest first. */
  list(): LoggedRequest[] {
    this.#prune();
    return [...this.#entries.values()];
  }

  delete(id: string): void {
    this.#bytes -= this.#entries.get(id)?.answer?.length ?? 0;
    this.#entries.delete(id);
  }

  #prune(): void {
    const oldest = this.#now().getTime() - keptMs;
    for (const { id, startedAt, endedAt, status } of this.#entries.values()) {
      const isOld = status !== 'Handling' && (endedAt ?? startedAt).getTime() < oldest;
      const isTooMuch = this.#entries.size > mostEntries || this.#bytes > mostBytes;
      if (isOld || (isTooMuch && status !== 'Handling')) this.delete(id);
    }
  }
}

const titles: Record<string, string> = {
  vNet: 'Setting vNet:',
  subnet: 'Setting vNet:',
  securityGroup: 'Setting securityGroup:',
  sshKey: 'Setting SSHKey:',
};

/** A task's items as Tumblebug's progress entries, in the order in which they began. */
export function toProgress(operation: Operation): { title: string; info: unknown; time: string }[] {
  return operation.items
    .filter(({ state }) => state !== 'pending')
    .map(({ target, state, step, error, startedAt, finishedAt }) => ({
      title: `${titles[target.kind] ?? (target.kind === 'node' ? 'Preparing node:' : `${target.kind}:`)}${target.name}`,
      info: {
        state,
        ...(step === undefined ? {} : { step }),
        ...(error === undefined ? {} : { error: error.message }),
      },
      time: finishedAt ?? startedAt ?? operation.startedAt,
    }))
    .sort((left, right) => (left.time < right.time ? -1 : left.time > right.time ? 1 : 0));
}

/** Go's zero time: a call that has not ended. */
const zeroTime = '0001-01-01T00:00:00Z';

/** An entry as Tumblebug shows it; `progress` stands for the answer while the call is being handled. */
export function toRequestDetails(entry: LoggedRequest, progress?: unknown): Record<string, unknown> {
  return {
    startTime: entry.startedAt.toISOString(),
    endTime: entry.endedAt?.toISOString() ?? zeroTime,
    status: entry.status,
    requestInfo: entry.info,
    responseData: entry.answer === undefined ? (progress ?? null) : (JSON.parse(entry.answer) as unknown),
    errorResponse: entry.error,
  };
}
