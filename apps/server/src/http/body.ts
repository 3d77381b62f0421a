import { DomainError, type Issue } from '@waterstrider/contract';
import type { FastifyInstance } from 'fastify';

export const bodyLimit = 1024 * 1024;
// What is read and thrown away to give a clean answer; beyond it the connection is cut.
const drainLimit = 64 * 1024 * 1024;

/** Reads JSON bodies of at most 1 MB. A larger one is read to its end before the 413, so that the client gets to see it. */
export function registerBodyParser(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (request, payload, done) => {
    const chunks: Buffer[] = [];
    let length = 0;
    payload.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= bodyLimit) chunks.push(chunk);
      else chunks.length = 0;
      if (length > drainLimit) request.raw.destroy();
    });
    payload.on('error', () => done(new DomainError('invalid', { reason: 'The body ended too early.' })));
    payload.on('end', () => {
      if (length > bodyLimit) {
        const reason = 'The request body is too large: at most 1 MB.';
        done(new DomainError('too_large', { reason }));
        return;
      }
      if (length === 0) {
        done(null, undefined);
        return;
      }
      if (!isJson(request.headers['content-type'])) {
        done(invalidBody('The body must be JSON, sent with Content-Type: application/json.'));
        return;
      }
      const text = Buffer.concat(chunks).toString('utf8');
      void parseJson(request, text, (error, body) => {
        if (error !== null) done(invalidBody('The body is not valid JSON, or holds a forbidden key.'));
        else finish(text, body, done);
      });
    });
  });
}

function finish(text: string, body: unknown, done: (error: Error | null, body?: unknown) => void): void {
  // Only escapes can hide these; most bodies have none.
  const issue = /\\u(?:0000|d[89a-f])/i.test(text) ? findBrokenText(body, 'body') : undefined;
  if (issue === undefined) done(null, body);
  else done(new DomainError('invalid', { reason: `${issue.field}: ${issue.reason}`, issues: [issue] }));
}

const isJson = (contentType: string | undefined): boolean => /^application\/json\s*(?:;|$)/i.test(contentType ?? '');

const invalidBody = (reason: string): DomainError =>
  new DomainError('invalid', { reason, issues: [{ field: 'body', reason }] });

const brokenText = 'NUL characters and broken Unicode are not allowed.';

/** The first text that PostgreSQL could not keep: one with NUL or half a surrogate pair. */
export function findBrokenText(value: unknown, field: string): Issue | undefined {
  const pending: { value: unknown; field: string }[] = [{ value, field }];
  for (let entry = pending.pop(); entry !== undefined; entry = pending.pop()) {
    if (typeof entry.value === 'string' && isBroken(entry.value)) {
      return { field: entry.field.slice(0, 300), reason: brokenText };
    }
    if (typeof entry.value !== 'object' || entry.value === null) continue;
    for (const [key, inner] of Object.entries(entry.value)) {
      if (isBroken(key)) return { field: entry.field.slice(0, 300), reason: brokenText };
      pending.push({ value: inner, field: `${entry.field}.${key}` });
    }
  }
  return undefined;
}

const isBroken = (text: string): boolean => text.includes('\0') || /\p{Cs}/u.test(text);
