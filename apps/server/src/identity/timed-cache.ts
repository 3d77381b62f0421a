type Entry<Value> = { value: Value; until: number };

/** A bounded map whose entries end after a time; the oldest go first. Loads of one key at once are one load. */
export class TimedCache<Value> {
  readonly #entries = new Map<string, Entry<Value>>();
  readonly #loading = new Map<string, Promise<Value | undefined>>();
  readonly #size: number;
  readonly #milliseconds: number;
  /** Grows with each deletion, so that a load that began before it is not kept. */
  #generation = 0;

  constructor(size: number, milliseconds: number) {
    this.#size = size;
    this.#milliseconds = milliseconds;
  }

  peek(key: string): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (entry.until > Date.now()) return entry.value;
    this.#entries.delete(key);
    return undefined;
  }

  /** The kept value, else a loaded one; an absent one is not kept. */
  async get(key: string, load: () => Promise<Value | undefined>): Promise<Value | undefined> {
    const kept = this.peek(key);
    if (kept !== undefined) return kept;
    const running = this.#loading.get(key);
    if (running !== undefined) return running;
    const generation = this.#generation;
    const started = load();
    this.#loading.set(key, started);
    try {
      const value = await started;
      if (value !== undefined && generation === this.#generation) this.set(key, value);
      return value;
    } finally {
      if (this.#loading.get(key) === started) this.#loading.delete(key);
    }
  }

  set(key: string, value: Value): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, until: Date.now() + this.#milliseconds });
    if (this.#entries.size <= this.#size) return;
    const oldest = this.#entries.keys().next();
    if (oldest.done !== true) this.#entries.delete(oldest.value);
  }

  delete(key: string): void {
    this.#invalidate();
    this.#entries.delete(key);
  }

  deleteWhere(isStale: (value: Value) => boolean): void {
    this.#invalidate();
    for (const [key, { value }] of this.#entries) if (isStale(value)) this.#entries.delete(key);
  }

  clear(): void {
    this.#invalidate();
    this.#entries.clear();
  }

  #invalidate(): void {
    this.#generation += 1;
    this.#loading.clear();
  }
}
