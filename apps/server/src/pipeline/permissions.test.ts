import { rows, type Permission, type Row } from '@waterstrider/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addNamespace, addUser } from '../testing/people.ts';
import { asAdmin, startTestServer, type TestServer } from '../testing/start-test-server.ts';

const roles = ['anonymous', 'stranger', 'viewer', 'operator', 'admin'] as const;
type Role = (typeof roles)[number];
const places = ['own', 'foreign', 'absent'] as const;
type Place = (typeof places)[number];

const allRows = Object.values<Row>(rows);
let server: TestServer;
const signIn = new Map<Role, string>([
  ['anonymous', ''],
  ['admin', asAdmin],
]);

beforeAll(async () => {
  server = await startTestServer();
  await addNamespace(server, 'own');
  await addNamespace(server, 'foreign');
  signIn.set('stranger', (await addUser(server, 'stranger')).authorization);
  signIn.set('viewer', (await addUser(server, 'viewer', [{ ns: 'own', role: 'viewer' }])).authorization);
  signIn.set('operator', (await addUser(server, 'operator', [{ ns: 'own', role: 'operator' }])).authorization);
});
afterAll(() => server.stop());

/** An unknown query field makes every admitted call a 400 that changes nothing: whoever sees it was let in. */
const urlOf = (row: Row, place: Place): string =>
  `${row.path.replace(':ns', place).replace(/:\w+/g, 'some-id')}?unknown-field=1`;

const isMemberEnough: Record<Permission, readonly Role[]> = {
  public: roles,
  user: ['viewer', 'operator'],
  viewer: ['viewer', 'operator'],
  operator: ['operator'],
  admin: [],
};

function expectedStatus(row: Row, role: Role, place: Place): number {
  if (row.permission === 'public') return 400;
  if (role === 'anonymous') return 401;
  if (!row.path.includes(':ns')) return row.permission === 'admin' && role !== 'admin' ? 403 : 400;
  if (place === 'absent') return 404;
  if (role === 'admin') return 400;
  if (role === 'stranger' || place === 'foreign') return 404;
  return isMemberEnough[row.permission].includes(role) ? 400 : 403;
}

describe('who may call what', () => {
  test('the matrix covers every row, and every kind of permission', () => {
    expect(new Set(allRows.map((row) => row.permission))).toEqual(
      new Set(['public', 'user', 'viewer', 'operator', 'admin']),
    );
    // A right per namespace makes no sense without one in the path.
    for (const row of allRows) {
      if (row.permission === 'viewer' || row.permission === 'operator') expect(row.path).toContain('/:ns');
    }
  });

  for (const row of allRows) {
    test(`${row.name}: ${row.method} ${row.path} is for: ${row.permission}`, async () => {
      for (const place of row.path.includes(':ns') ? places : (['own'] as const)) {
        for (const role of roles) {
          const authorization = signIn.get(role) ?? '';
          const answer = await server.call(row.method, urlOf(row, place), {
            authorization,
            // Of no use to any row: who may not call must not learn even that.
            ...(row.method === 'GET' ? {} : { body: { 'unknown-field': 1 } }),
          });
          expect(`${role} in ${place}: ${String(answer.status)}`).toBe(
            `${role} in ${place}: ${String(expectedStatus(row, role, place))}`,
          );
        }
      }
    });
  }

  test('a foreign namespace answers exactly as one that does not exist', async () => {
    const withoutId = (text: string) => text.replace(/"requestId":"[^"]+"/, '');
    for (const row of allRows.filter(({ path }) => path.includes(':ns'))) {
      const authorization = signIn.get('operator') ?? '';
      const [foreign, absent] = await Promise.all(
        (['foreign', 'absent'] as const).map((place) => server.call(row.method, urlOf(row, place), { authorization })),
      );
      expect(withoutId(foreign?.text ?? '')).toBe(withoutId(absent?.text ?? ' '));
    }
  });

  test('refused changes of signed-in people are in the audit trail', async () => {
    const { body } = await server.call('GET', '/api/audit?filter=actor:viewer&filter=action:createInfra&limit=500');
    const { items } = body as { items: { outcome: string; code: string; ns?: string }[] }; // checked against its row
    expect(items.map(({ outcome, code, ns }) => ({ outcome, code, ns }))).toContainEqual({
      outcome: 'refused',
      code: 'forbidden',
      ns: 'own',
    });
  });

  test('lists hold only what one may see', async () => {
    const names = async (role: Role): Promise<string[]> => {
      const { body } = await server.call('GET', '/api/ns', { authorization: signIn.get(role) ?? '' });
      return (body as { items: { name: string }[] }).items.map(({ name }) => name); // checked against its row
    };
    expect(await names('admin')).toEqual(['foreign', 'own']);
    expect(await names('viewer')).toEqual(['own']);
    expect(await names('stranger')).toEqual([]);
  });
});
