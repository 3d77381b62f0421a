import { basic, type TestServer } from './start-test-server.ts';

export const password = 'Purple-Otter-Lantern-7';

/** Adds a user with these roles; returns what signs them in, and their id. */
export async function addUser(
  server: TestServer,
  username: string,
  roles: { ns: string; role: 'operator' | 'viewer' }[] = [],
): Promise<{ authorization: string; id: string }> {
  const { status, body, text } = await server.call('POST', '/api/users', { body: { username, password, roles } });
  if (status !== 201) throw new Error(`the user ${username} could not be added: ${text}`);
  return { authorization: basic(username, password), id: (body as { id: string }).id }; // checked against its row
}

export async function addNamespace(server: TestServer, name: string): Promise<{ id: string; name: string }> {
  const { status, body, text } = await server.call('POST', '/api/ns', { body: { name } });
  if (status !== 201) throw new Error(`the namespace ${name} could not be added: ${text}`);
  return body as { id: string; name: string }; // checked against its row
}
