import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { StreamWriter } from './stream-writer.ts';

/** A response whose reader takes `room` frames before it must be waited for. */
class SlowResponse extends EventEmitter {
  readonly written: string[] = [];
  room: number;
  destroyed = false;
  writableEnded = false;
  constructor(room: number) {
    super();
    this.room = room;
  }
  write(frame: Buffer): boolean {
    this.written.push(frame.toString());
    return --this.room > 0;
  }
  end(): void {
    this.writableEnded = true;
  }
  destroy(): void {
    this.destroyed = true;
  }
}

function makeWriter(room: number) {
  const response = new SlowResponse(room);
  // Only the members above are used.
  const writer = new StreamWriter(response as unknown as ServerResponse, () => Buffer.from('reset'));
  const send = (from: number, to: number) => {
    for (let n = from; n < to; n++) writer.write(Buffer.from(String(n)));
  };
  return { response, writer, send };
}

describe('StreamWriter', () => {
  it('queues for a slow reader and goes on in order', () => {
    const { response, writer, send } = makeWriter(2);
    send(0, 5);
    expect(response.written).toEqual(['0', '1']);
    writer.beat(Buffer.from(':'));
    response.room = 2;
    response.emit('drain');
    expect(response.written).toEqual(['0', '1', '2', '3']);
    send(5, 6);
    response.room = 10;
    response.emit('drain');
    expect(response.written).toEqual(['0', '1', '2', '3', '4', '5']);
    writer.release();
  });

  it('replaces more than 1,000 queued frames by one reset', () => {
    const { response, writer, send } = makeWriter(1);
    send(0, 1_500);
    expect(response.written).toEqual(['0']);
    response.room = 10;
    response.emit('drain');
    send(1_500, 1_502);
    expect(response.written).toEqual(['0', 'reset', '1500', '1501']);
    writer.release();
  });

  it('cuts off a reader that does not take the end', () => {
    const { response, writer, send } = makeWriter(1);
    send(0, 3);
    writer.end(Buffer.from('last'));
    expect(response.destroyed).toBe(true);
  });
});
