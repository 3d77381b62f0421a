import { createHmac } from 'node:crypto';
import { onTestFinished, describe, expect, it } from 'vitest';
import type { FrameworkAuth } from '../config.ts';
import { createUpstream, type UpstreamOptions } from './create-upstream.ts';
import { serve, serveJson } from './test-server.ts';
import type { Upstream } from './upstream.ts';

function upstreamOf(url: string, auth: FrameworkAuth = { mode: 'none' }, options: UpstreamOptions = {}): Upstream {
  const upstream = createUpstream('tumblebug', { url, auth }, options);
  onTestFinished(() => upstream.close());
  return upstream;
}

describe('a call', () => {
  it('goes below the prefix, with its query, headers and body, and gives the JSON', async () => {
    const { url, requests } = await serveJson({ 'DELETE /spider/vm/a%2Bb': { body: { Result: 'true', odd: [null] } } });
    const answer = await upstreamOf(`${url}/spider/`).call({
      method: 'DELETE',
      path: '/vm/a%2Bb',
      query: { force: true, limit: 3, absent: undefined },
      body: { ConnectionName: 'c' },
      requestId: 'op-1',
      credentialHolder: 'team',
    });
    expect(answer).toEqual({ Result: 'true', odd: [null] });
    expect(requests[0]?.url).toBe('/spider/vm/a%2Bb?force=true&limit=3');
    expect(requests[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'x-request-id': 'op-1',
      'x-credential-holder': 'team',
      'accept-encoding': 'identity',
    });
    expect(requests[0]?.headers.authorization).toBeUndefined();
  });

  it('sends its body', async () => {
    let body = '';
    const url = await serve((request, response) => {
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
    });
    await upstreamOf(url).call({ method: 'DELETE', path: '/vm', body: { name: '서버' } });
    expect(JSON.parse(body)).toEqual({ name: '서버' });
  });

  it('gives undefined for an empty answer, and takes JSON without a content type', async () => {
    const { url } = await serveJson({ 'GET /empty': { status: 204 } });
    expect(await upstreamOf(url).call({ method: 'GET', path: '/empty' })).toBeUndefined();
    const bare = await serve((_, response) => response.end('[1]'));
    expect(await upstreamOf(bare).call({ method: 'GET', path: '/' })).toEqual([1]);
  });

  it('shows its address without user and password', () => {
    expect(upstreamOf('https://user:secret@host:8000/tumblebug/').url).toBe('https://host:8000/tumblebug');
  });

  it('never sends a path that dots would turn to another object', async () => {
    const { url, requests } = await serveJson({});
    const call = upstreamOf(url).call({ method: 'DELETE', path: '/ns/../ns' });
    await expect(call).rejects.toMatchObject({ fault: 'refused', status: 404, maySent: false });
    expect(requests).toHaveLength(0);
  });
});

describe('the login', () => {
  const authorizationOf = async (auth: FrameworkAuth, now?: () => number): Promise<string | undefined> => {
    const { url, requests } = await serveJson({ 'GET /x': { body: {} } });
    await upstreamOf(url, auth, now === undefined ? {} : { now }).call({ method: 'GET', path: '/x' });
    return requests[0]?.headers.authorization;
  };

  it('is basic, also beyond ASCII', async () => {
    const header = await authorizationOf({ mode: 'basic', username: 'admin', password: 'pä:ß' });
    expect(header).toBe(`Basic ${Buffer.from('admin:pä:ß').toString('base64')}`);
  });

  it('is bearer', async () => {
    expect(await authorizationOf({ mode: 'bearer', token: 'abc.def' })).toBe('Bearer abc.def');
  });

  it('is signed anew for each call', async () => {
    const { url, requests } = await serveJson({ 'GET /x': { body: {} } });
    let at = Date.UTC(2026, 8, 1, 7, 8, 9);
    const upstream = upstreamOf(url, { mode: 'hmac', accessId: 'console', secret: 'sauce' }, { now: () => at });
    await upstream.call({ method: 'GET', path: '/x' });
    at += 60_000;
    await upstream.call({ method: 'GET', path: '/x' });
    const tokens = requests.map(({ headers }) => Buffer.from(headers.authorization?.slice(7) ?? '', 'hex'));
    const told = tokens.map((token) => token.subarray(34).toString());
    expect(told).toEqual(['Tue Sep  1 07:08:09 UTC 2026|10m0s|console', 'Tue Sep  1 07:09:09 UTC 2026|10m0s|console']);
    const expected = createHmac('sha256', 'sauce').update('10m0s^Tue Sep  1 07:09:09 UTC 2026^console').digest();
    expect(tokens[1]?.subarray(0, 32)).toEqual(expected);
  });
});

describe('a connection that the other side gave up', () => {
  /** Answers the first request, then closes the connection on the next one, before any answer. */
  const serveStale = async (): Promise<{ url: string; methods: string[] }> => {
    const methods: string[] = [];
    const url = await serve((request, response) => {
      methods.push(request.method ?? '');
      if (methods.length === 2) request.socket.destroy();
      else response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
    return { url, methods };
  };

  it('is tried once more for a GET', async () => {
    const { url, methods } = await serveStale();
    const upstream = upstreamOf(url);
    await upstream.call({ method: 'GET', path: '/' });
    expect(await upstream.call({ method: 'GET', path: '/' })).toEqual({});
    expect(methods).toEqual(['GET', 'GET', 'GET']);
  });

  it('is never tried again for a change', async () => {
    const { url, methods } = await serveStale();
    const upstream = upstreamOf(url);
    await upstream.call({ method: 'GET', path: '/' });
    const call = upstream.call({ method: 'POST', path: '/', body: {} });
    await expect(call).rejects.toMatchObject({ fault: 'cut', maySent: true });
    expect(methods).toEqual(['GET', 'POST']);
  });

  it('is tried no more than once', async () => {
    let requests = 0;
    const url = await serve((request) => {
      requests += 1;
      request.socket.destroy();
    });
    await expect(upstreamOf(url).call({ method: 'GET', path: '/' })).rejects.toMatchObject({ fault: 'cut' });
    expect(requests).toBe(2);
  });
});
