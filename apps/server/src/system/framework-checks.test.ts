import type { FrameworkProblem, FrameworkState } from '@waterstrider/contract';
import { expect, test } from 'vitest';
import { toFrameworkCheck } from './framework-checks.ts';

const state = (change: Partial<FrameworkState>): FrameworkState => ({
  name: 'tumblebug',
  url: 'http://secret-host:1323/tumblebug',
  authMode: 'basic',
  reachable: true,
  loginWorks: true,
  archived: false,
  problems: [],
  checkedAt: '2026-08-22T00:00:00Z',
  ...change,
});
const problems = (...keys: FrameworkProblem['key'][]) => keys.map((key) => ({ key, text: 'words of secret-host' }));

test.each<[Partial<FrameworkState>, object]>([
  [{}, { name: 'tumblebug', ok: true, optional: false }],
  [
    { reachable: false, problems: problems('unreachable') },
    { ok: false, optional: false, detail: 'not reachable' },
  ],
  [
    { loginWorks: false, problems: problems('loginRefused') },
    { ok: false, detail: 'login refused' },
  ],
  [{ problems: problems('noConnections', 'throttled') }, { ok: true, detail: 'no connections, throttled' }],
  [
    { name: 'spider', problems: problems('failing') },
    { name: 'spider', ok: false, optional: true },
  ],
  [
    { name: 'ladybug', archived: true, problems: problems('archived') },
    { ok: true, optional: true, detail: 'archived' },
  ],
  [
    { name: 'dragonfly', reachable: false, problems: problems('archived', 'timeout') },
    { ok: false, detail: 'no answer in time' },
  ],
])('%o is %o', (change, expected) => {
  const check = toFrameworkCheck(state(change));
  expect(check).toMatchObject(expected);
  expect(JSON.stringify(check)).not.toContain('secret-host');
});
