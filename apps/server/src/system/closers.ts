type Closer = { name: string; close: () => Promise<unknown> };

/** What is to be closed at the end, last opened first, within a deadline. */
export class Closers {
  readonly #closers: Closer[] = [];
  readonly #deadlineMs: number;
  readonly #onError: (error: unknown) => void;
  #closing: Promise<void> | undefined;

  constructor(options: { deadlineMs: number; onError: (error: unknown) => void }) {
    this.#deadlineMs = options.deadlineMs;
    this.#onError = options.onError;
  }

  /** Closes at once, and throws, when the end has begun meanwhile: the start must not go on. */
  async add(name: string, close: () => Promise<unknown>): Promise<void> {
    if (this.#closing === undefined) {
      this.#closers.push({ name, close });
      return;
    }
    await close();
    throw new Error(`stopped before ${name} was ready`);
  }

  /** Idempotent; resolves at the latest when the deadline is over. */
  close(): Promise<void> {
    return (this.#closing ??= this.#closeAll());
  }

  async #closeAll(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.#deadlineMs);
    });
    await Promise.race([this.#closeInTurn(), deadline]);
    clearTimeout(timer);
  }

  async #closeInTurn(): Promise<void> {
    for (let closer = this.#closers.pop(); closer !== undefined; closer = this.#closers.pop()) {
      try {
        await closer.close();
      } catch (error) {
        // The others must be closed all the same.
        this.#onError(error);
      }
    }
  }
}
