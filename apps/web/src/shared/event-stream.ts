/** One message of a server-sent event stream. Comment lines (heartbeats) come as `{ event: 'comment' }`. */
export interface StreamMessage {
  event: string;
  data: string;
  id?: string;
}

/**
 * Cuts text into messages as the HTML standard describes; give it pieces as they come.
 * A browser's own EventSource hides comments and can not resume from a given id after the tab was hidden; hence this.
 */
export function createEventParser(onMessage: (message: StreamMessage) => void): (piece: string) => void {
  let rest = '';
  let message: StreamMessage = { event: 'message', data: '' };
  const line = (text: string): void => {
    if (text === '') {
      if (message.data !== '') onMessage({ ...message, data: message.data.slice(0, -1) });
      message = { event: 'message', data: '' };
      return;
    }
    const colon = text.indexOf(':');
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? '' : text.slice(colon + 1).replace(/^ /, '');
    if (field === '') onMessage({ event: 'comment', data: value });
    if (field === 'event') message.event = value;
    if (field === 'data') message.data += `${value}\n`;
    if (field === 'id') message.id = value;
  };
  return (piece) => {
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    lines.forEach(line);
  };
}

interface StreamOptions {
  lastEventId?: string | undefined;
  signal: AbortSignal;
  onOpen: () => void;
  onMessage: (message: StreamMessage) => void;
}

/** Reads a stream until it ends; resolves with the HTTP status (200 when the server closed it). Throws on network failure. */
export async function readEventStream(url: string, options: StreamOptions): Promise<number> {
  const headers: Record<string, string> = { Accept: 'text/event-stream', 'X-Requested-With': 'waterstrider' };
  if (options.lastEventId) headers['Last-Event-ID'] = options.lastEventId;
  const response = await fetch(url, { headers, signal: options.signal, cache: 'no-store', credentials: 'same-origin' });
  if (!response.ok || !response.body) return response.status;
  options.onOpen();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const parse = createEventParser(options.onMessage);
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return response.status;
    parse(value);
  }
}
