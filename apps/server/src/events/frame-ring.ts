/** One event as it goes over the wire. `namespaceId` absent: only for those who see all. */
export type Frame = { n: number; namespaceId: string | undefined; bytes: Buffer };

/** The newest frames, for those who come back. */
export class FrameRing {
  readonly #maxFrames: number;
  readonly #maxBytes: number;
  #frames: Frame[] = [];
  #bytes = 0;
  #start: number;

  constructor(start: number, maxFrames = 1_000, maxBytes = 16 * 1024 * 1024) {
    this.#start = start;
    this.#maxFrames = maxFrames;
    this.#maxBytes = maxBytes;
  }

  /** Every frame with a higher number is still here. */
  get start(): number {
    return this.#start;
  }

  push(frame: Frame): void {
    this.#frames.push(frame);
    this.#bytes += frame.bytes.length;
    let gone = 0;
    while (this.#frames.length - gone > this.#maxFrames || this.#bytes > this.#maxBytes) {
      const oldest = this.#frames[gone];
      if (oldest === undefined) break;
      this.#start = oldest.n;
      this.#bytes -= oldest.bytes.length;
      gone++;
    }
    if (gone > 0) this.#frames.splice(0, gone);
  }

  /** Forgets all: what happened up to this number can not be told frame by frame. */
  restart(n: number): void {
    this.#frames = [];
    this.#bytes = 0;
    this.#start = n;
  }

  after(n: number): Frame[] {
    return this.#frames.filter((frame) => frame.n > n);
  }
}
