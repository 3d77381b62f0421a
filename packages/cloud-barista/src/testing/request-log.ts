import { replyAs, type Json, type Reply } from './recordings.ts';

type Entry = {
  startTime: string;
  endTime: string;
  status: string;
  requestInfo: Json;
  responseData: unknown;
  errorResponse: string;
};

/** `GET /request/{id}`: what upstream remembers of requests until it is restarted. */
export class RequestLog {
  readonly #entries = new Map<string, Entry>();

  begin(
    id: string,
    info: { method: string; url: string; body: unknown },
  ): { note(title: string): void; end(reply: Reply): void } {
    const entry: Entry = {
      startTime: new Date().toISOString(),
      endTime: '0001-01-01T00:00:00Z',
      status: 'Handling',
      requestInfo: { ...info, header: { 'X-Request-Id': id } },
      responseData: null,
      errorResponse: '',
    };
    this.#entries.set(id, entry);
    return {
      note(title) {
        const steps = Array.isArray(entry.responseData) ? (entry.responseData as unknown[]) : []; // only steps are lists
        entry.responseData = [...steps, { title, info: null, time: new Date().toISOString() }];
      },
      end({ status, body }) {
        const isError = status >= 400;
        entry.endTime = new Date().toISOString();
        entry.status = isError ? 'Error' : 'Success';
        entry.responseData = body;
        entry.errorResponse = isError ? String((body as Json).message) : ''; // refusals are objects
      },
    };
  }

  read(id: string): Reply {
    const entry = this.#entries.get(id);
    return entry === undefined ? replyAs('request-unknown') : { status: 200, body: entry };
  }

  forget(): void {
    this.#entries.clear();
  }
}
