import { describe, expect, it } from 'vitest';
import { createEventParser } from './event-stream.ts';
import type { StreamMessage } from './event-stream.ts';
import { stateAfter } from './live.ts';

function parse(...pieces: string[]): StreamMessage[] {
  const messages: StreamMessage[] = [];
  const feed = createEventParser((message) => messages.push(message));
  pieces.forEach(feed);
  return messages;
}

describe('createEventParser', () => {
  it('reads messages that come in pieces, and heartbeats', () => {
    const messages = parse(': beat\n', '\nevent: cha', 'nge\nid: e-7\nda', 'ta: {"a":1}\n', '\n');
    expect(messages).toEqual([
      { event: 'comment', data: 'beat' },
      { event: 'change', data: '{"a":1}', id: 'e-7' },
    ]);
  });

  it('joins lines of data and takes both kinds of line ends', () => {
    expect(parse('data: a\r\ndata: b\r\n\r\n')).toEqual([{ event: 'message', data: 'a\nb' }]);
  });
});

describe('stateAfter', () => {
  it('is reconnecting from 15 s of silence, stale from 30 s', () => {
    expect([0, 14_999, 15_000, 30_000].map(stateAfter)).toEqual(['live', 'live', 'reconnecting', 'stale']);
  });
});
