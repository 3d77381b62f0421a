import { createServer as createSecureServer } from 'node:https';
import { createServer as createNetServer } from 'node:net';
import { onTestFinished, describe, expect, it } from 'vitest';
import type { FrameworkAuth } from '../config.ts';
import { createUpstream, type UpstreamOptions } from './create-upstream.ts';
import { testCertificate, testKey } from './test-certificate.ts';
import { listen, serve, serveJson } from './test-server.ts';
import { UpstreamError } from './upstream-error.ts';
import type { UpstreamRequest } from './upstream.ts';

const secret = 'correct-horse-battery';
const auth: FrameworkAuth = { mode: 'basic', username: 'admin', password: secret };

async function failureOf(
  url: string,
  request: Partial<UpstreamRequest> = {},
  options: UpstreamOptions = {},
): Promise<UpstreamError> {
  const upstream = createUpstream('tumblebug', { url, auth }, options);
  onTestFinished(() => upstream.close());
  const call = upstream.call({ method: 'POST', path: '/x', ...request });
  const error: unknown = await call.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  if (!(error instanceof UpstreamError)) throw new Error(`No UpstreamError but ${String(error)}`);
  const shown = JSON.stringify([error.message, String(error.cause), error.stack]);
  expect(shown).not.toContain(secret);
  expect(shown).not.toContain(Buffer.from(`admin:${secret}`).toString('base64'));
  return error;
}

const portOf = (url: string): number => Number(new URL(url).port);

describe('an answer that is no answer', () => {
  it('is HTML', async () => {
    const page = '<!DOCTYPE html><html><script>alert(1)</script><h1>Welcome \u202e to nginx</h1></html>';
    const { url } = await serveJson({
      'POST /x': { text: page, headers: { 'content-type': 'text/html' } },
      'POST /bad': { status: 502, text: page },
    });
    const error = await failureOf(url);
    expect(error).toMatchObject({ fault: 'notJson', status: 200, maySent: true });
    expect(error.message).toContain('Welcome to nginx');
    expect(error.message).not.toMatch(/[<>\u202e]|alert/);
    expect(await failureOf(url, { path: '/bad' })).toMatchObject({ fault: 'notJson', status: 502 });
  });

  it('is JSON that ends too early', async () => {
    const { url } = await serveJson({
      'POST /x': { text: '{"a":', headers: { 'content-type': 'application/json' } },
    });
    expect(await failureOf(url)).toMatchObject({ fault: 'notJson', status: 200 });
  });

  it('never ends: the connection is given up, nothing is kept', async () => {
    let sent = 0;
    let isClosed = false;
    const url = await serve((request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const chunk = Buffer.alloc(64 * 1024, 0x20);
      const more = (): void => {
        while (!isClosed) {
          sent += chunk.length;
          if (!response.write(chunk)) return;
        }
      };
      response.on('drain', more);
      request.socket.on('close', () => (isClosed = true));
      more();
    });
    const before = process.memoryUsage().arrayBuffers;
    expect(await failureOf(url, {}, { maxBytes: 1024 * 1024 })).toMatchObject({ fault: 'tooLarge', maySent: true });
    await expect.poll(() => isClosed).toBe(true);
    expect(sent).toBeLessThan(64 * 1024 * 1024);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
  });

  it('says beforehand that it is too large', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(2 * 1024 ** 3) });
      response.flushHeaders();
    });
    expect(await failureOf(url, { timeoutMs: 5000 })).toMatchObject({ fault: 'tooLarge' });
  });

  it('comes too late, or stops in between', async () => {
    const late = await serve(() => undefined);
    expect(await failureOf(late, { timeoutMs: 300 })).toMatchObject({ fault: 'timeout', maySent: true });
    const stuck = await serve((_, response) => void response.writeHead(200).write('{"a":'));
    expect(await failureOf(stuck, { timeoutMs: 300 })).toMatchObject({ fault: 'timeout', maySent: true });
  });

  it('is cut off in between, whatever the framing', async () => {
    const framed = await serve((request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' }).write('{"a":');
      setTimeout(() => request.socket.destroy(), 20);
    });
    expect(await failureOf(framed)).toMatchObject({ fault: 'cut', maySent: true });
    const chunked = await serve((request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"a":');
      setTimeout(() => request.socket.end(), 20);
    });
    expect(await failureOf(chunked, { method: 'GET' })).toMatchObject({ fault: 'cut', maySent: true });
  });

  it('is another protocol', async () => {
    const banner = createNetServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', () => socket.end('SSH-2.0-test\r\n'));
    });
    const error = await failureOf(`http://127.0.0.1:${await listen(banner)}`);
    expect(error).toMatchObject({ fault: 'notJson', maySent: true });
    expect(error.message).toContain('does not speak HTTP');
  });

  it('is a redirect: the other host hears nothing, and only its name is told', async () => {
    const other = await serveJson({});
    const { url } = await serveJson({
      'POST /x': { status: 307, headers: { location: `${other.url}/steal?token=abc` }, body: {} },
      'POST /y': { status: 302, body: {} },
    });
    const error = await failureOf(url);
    expect(error).toMatchObject({ fault: 'redirected', status: 307 });
    expect(error.message).toContain(`127.0.0.1:${portOf(other.url)}`);
    expect(error.message).not.toContain('steal');
    expect(other.requests).toHaveLength(0);
    expect(await failureOf(url, { path: '/y' })).toMatchObject({ fault: 'redirected', status: 302 });
  });
});

describe('a refusal', () => {
  it('names a wrong password and a limit', async () => {
    const { url } = await serveJson({
      'POST /x': { status: 401, body: { message: 'Unauthorized' } },
      'POST /busy': { status: 429, body: { message: 'rate limit exceeded' }, headers: { 'retry-after': '7' } },
      'POST /until': { status: 429, headers: { 'retry-after': 'Sun, 22 Nov 2026 10:00:05 GMT' } },
      'POST /soon': { status: 429, body: {} },
    });
    expect(await failureOf(url)).toMatchObject({ fault: 'loginRefused', status: 401, maySent: true });
    expect(await failureOf(url, { path: '/busy' })).toMatchObject({ fault: 'throttled', retryAfterMs: 7000 });
    const now = (): number => Date.UTC(2026, 10, 22, 10, 0, 0);
    expect(await failureOf(url, { path: '/until' }, { now })).toMatchObject({ retryAfterMs: 5000 });
    expect((await failureOf(url, { path: '/soon' })).retryAfterMs).toBeUndefined();
  });

  it('keeps the words of each framework, cleaned and without our secret', async () => {
    const { url } = await serveJson({
      'POST /x': { status: 500, body: { message: `a\u0000b\nline \u001b[31m2 ${secret}` } },
      'POST /status': { status: 400, body: { kind: 'Status', code: 2, message: 'bad cluster' } },
      'POST /output': { status: 400, body: { output: 'no agent' } },
      'POST /text': { status: 500, text: 'plain words' },
      'POST /object': { status: 500, body: { message: { reason: 'x' } } },
      'POST /none': { status: 503 },
      'POST /long': { status: 400, body: { message: 'w'.repeat(5000) } },
    });
    const wordsAt = async (path: string): Promise<string> => (await failureOf(url, { path })).message;
    expect(await failureOf(url)).toMatchObject({ fault: 'refused', status: 500, message: 'a b\nline  [31m2 ***' });
    expect(await wordsAt('/status')).toBe('bad cluster');
    expect(await wordsAt('/output')).toBe('no agent');
    expect(await wordsAt('/text')).toBe('plain words');
    expect(await wordsAt('/object')).toBe('{"reason":"x"}');
    expect(await wordsAt('/none')).toBe('HTTP 503 without a reason.');
    expect(await wordsAt('/long')).toHaveLength(2000);
  });
});

describe('no connection', () => {
  it('is refused', async () => {
    const refused = await failureOf('http://127.0.0.1:1');
    expect(refused).toMatchObject({ fault: 'unreachable', maySent: false });
    expect(refused.message).toContain('ECONNREFUSED');
  });

  it('is not secure', async () => {
    const server = createSecureServer({ key: testKey, cert: testCertificate }, (_, response) => response.end('{}'));
    const port = await listen(server);
    const selfSigned = await failureOf(`https://127.0.0.1:${port}`);
    expect(selfSigned).toMatchObject({ fault: 'tls', maySent: false });
    expect(selfSigned.message).toMatch(/self.signed/);
    const { url } = await serveJson({});
    expect(await failureOf(`https://127.0.0.1:${portOf(url)}`)).toMatchObject({ fault: 'tls', maySent: false });
  });

  it('is not even tried with what HTTP can not carry', async () => {
    const { url, requests } = await serveJson({});
    for (const request of [{ credentialHolder: 'a\r\nx-other: b' }, { requestId: 'a\u0000' }, { path: '/a b' }])
      expect(await failureOf(url, request)).toMatchObject({ fault: 'unreachable', maySent: false });
    expect(requests).toHaveLength(0);
  });

  it('is given up by the caller before and after the request went out', async () => {
    const url = await serve(() => undefined);
    const before = await failureOf(url, { signal: AbortSignal.abort() });
    expect(before).toMatchObject({ fault: 'aborted', maySent: false });
    const after = await failureOf(url, { signal: AbortSignal.timeout(300) });
    expect(after).toMatchObject({ fault: 'aborted', maySent: true });
  });

  it('is free of waiting calls: those are never sent late', async () => {
    const paths: (string | undefined)[] = [];
    const held: (() => void)[] = [];
    const url = await serve((request, response) => {
      paths.push(request.url);
      held.push(() => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
    });
    const upstream = createUpstream('tumblebug', { url, auth });
    onTestFinished(() => upstream.close());
    const holders = Array.from({ length: 8 }, (_, index) => upstream.call({ method: 'GET', path: `/hold${index}` }));
    await expect.poll(() => held.length).toBe(8);
    const queued = upstream.call({ method: 'POST', path: '/queued', timeoutMs: 50 });
    await expect(queued).rejects.toMatchObject({ fault: 'timeout', maySent: false });
    for (const release of held) release();
    await Promise.all(holders);
    const last = upstream.call({ method: 'GET', path: '/last' });
    await expect.poll(() => paths).toContain('/last');
    held.at(-1)?.();
    await last;
    expect(paths).not.toContain('/queued');
  });
});
