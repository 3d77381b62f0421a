import type { ServerResponse } from 'node:http';

/** Frames that wait for a slow reader; one more, and it is told to load again. */
const maxQueued = 1_000;
/** A reader that takes nothing for so long is gone. */
const stalledMs = 10 * 60_000;

/** Writes frames to one reader, never faster than it reads. */
export class StreamWriter {
  readonly #response: ServerResponse;
  readonly #resetFrame: () => Buffer;
  #queue: Buffer[] = [];
  #isBlocked = false;
  #needsReset = false;
  #stallTimer: NodeJS.Timeout | undefined;

  constructor(response: ServerResponse, resetFrame: () => Buffer) {
    this.#response = response;
    this.#resetFrame = resetFrame;
  }

  write(frame: Buffer): void {
    if (!this.#isBlocked) this.#send(frame);
    else if (!this.#needsReset) this.#enqueue(frame);
  }

  /** Shows that the stream lives; a blocked reader has enough to read. */
  beat(frame: Buffer): void {
    if (!this.#isBlocked) this.#send(frame);
  }

  /** Ends after what was written so far; a reader that does not take it is cut off. */
  end(lastFrame?: Buffer): void {
    this.#queue = [];
    clearTimeout(this.#stallTimer);
    if (this.#isBlocked) {
      this.#response.destroy();
      return;
    }
    this.#response.end(lastFrame);
  }

  /** The connection is gone. */
  release(): void {
    this.#queue = [];
    clearTimeout(this.#stallTimer);
  }

  #enqueue(frame: Buffer): void {
    this.#queue.push(frame);
    if (this.#queue.length <= maxQueued) return;
    this.#queue = [];
    this.#needsReset = true;
  }

  #send(frame: Buffer): void {
    if (this.#response.destroyed || this.#response.writableEnded) return;
    if (this.#response.write(frame)) return;
    this.#isBlocked = true;
    this.#stallTimer = setTimeout(() => this.#response.destroy(), stalledMs);
    this.#response.once('drain', () => this.#drain());
  }

  #drain(): void {
    clearTimeout(this.#stallTimer);
    this.#isBlocked = false;
    if (this.#needsReset) {
      this.#needsReset = false;
      this.#send(this.#resetFrame());
      return;
    }
    const queue = this.#queue;
    this.#queue = [];
    for (const frame of queue) this.write(frame);
  }
}
