import { errorTable } from '@waterstrider/contract';
import { describe, expect, it } from 'vitest';
import englishErrors from '../locales/en/errors.json' with { type: 'json' };
import koreanErrors from '../locales/ko/errors.json' with { type: 'json' };
import { ApiError, toApiError } from './api-error.ts';
import { describeError } from './describe-error.ts';

/** Reads the English file as i18next would. */
function t(key: string, options: Record<string, unknown> = {}): string {
  const [namespace, path = ''] = key.split(':');
  if (namespace !== 'errors') return `${key}`;
  let found: unknown = englishErrors;
  for (const part of path.split('.')) found = (found as Record<string, unknown> | undefined)?.[part];
  return typeof found === 'string' ? found : String(options.defaultValue ?? key);
}

describe('describeError', () => {
  it('has a title and a text for every code, in both languages', () => {
    for (const texts of [englishErrors, koreanErrors] as Record<string, { title: string; text: string }>[]) {
      const codes = [...Object.keys(errorTable), 'network', 'unreadable', 'unexpected'];
      for (const code of codes) expect(texts[code]?.title && texts[code].text, code).toBeTruthy();
    }
  });

  it("keeps the cloud's own words and the request id", () => {
    const cloud = { code: 'OperationTimedOut', message: 'No answer in 120 s.' };
    const error = new ApiError({
      code: 'cloud_failure',
      message: 'x',
      details: { cloud },
      requestId: 'r-1',
      status: 502,
    });
    expect(describeError(error, t)).toMatchObject({ title: 'The cloud refused or failed', cloud, requestId: 'r-1' });
  });

  it('says the state rule of a refused action', () => {
    const error = new ApiError({ code: 'wrong_state', message: 'x', details: { reason: 'notRunning' }, status: 409 });
    expect(describeError(error, t).text).toBe('rules:notRunning');
  });

  it('never shows the inside of what is not ours', () => {
    expect(describeError(new TypeError('secret detail'), t).text).not.toContain('secret');
  });
});

describe('toApiError', () => {
  it('reads our answer', async () => {
    const body = { code: 'exists', message: 'There is one.', details: { reason: 'name' }, requestId: 'r-2' };
    const error = await toApiError(new Response(JSON.stringify(body), { status: 409 }));
    expect(error).toMatchObject({ code: 'exists', status: 409, requestId: 'r-2', details: { reason: 'name' } });
  });

  it("calls a proxy's page unreadable", async () => {
    const error = await toApiError(new Response('<html>Bad gateway</html>', { status: 502 }));
    expect(error).toMatchObject({ code: 'unreadable', status: 502 });
  });
});
