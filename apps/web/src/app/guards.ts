import type { QueryClient } from '@tanstack/react-query';
import { redirect } from '@tanstack/react-router';
import { ApiError } from '../shared/api-error.ts';
import { api } from '../shared/api.ts';
import { namespacesQuery, sessionQuery } from '../shared/session.ts';
import { readStored } from '../ui/stored.ts';

const isSignedOut = (error: unknown): boolean => error instanceof ApiError && error.status === 401;

/** Where to go after signing in: a path of this site only, never another origin. */
export function safeNext(next: unknown): string {
  if (typeof next !== 'string' || !next.startsWith('/') || /^\/[/\\]/.test(next) || /[\p{Cc}\\]/u.test(next))
    return '/';
  return next.startsWith('/login') || next.startsWith('/setup') ? '/' : next;
}

/** Lets only signed-in people through: before the first run to /setup, without a session to /login. */
export async function requireSession(client: QueryClient, href: string): Promise<void> {
  try {
    await client.ensureQueryData(sessionQuery());
  } catch (error) {
    if (!isSignedOut(error)) throw error;
    const { needed } = await api('getSetup');
    if (needed) redirect({ to: '/setup', throw: true });
    const next = safeNext(href);
    redirect({ to: '/login', search: next === '/' ? {} : { next }, throw: true });
  }
}

/** The login page is for signed-out people on a console that has been set up. */
export async function refuseSession(client: QueryClient, next: unknown): Promise<void> {
  try {
    await client.ensureQueryData(sessionQuery());
  } catch (error) {
    if (!isSignedOut(error)) throw error;
    const { needed } = await api('getSetup');
    if (needed) redirect({ to: '/setup', throw: true });
    return;
  }
  redirect({ href: safeNext(next), throw: true });
}

/** Setup runs once. Its second step (where the servers come from) follows the sign-in, so a fresh session may stay. */
export async function requireSetup(client: QueryClient): Promise<void> {
  const { needed } = await api('getSetup');
  if (needed || client.getQueryData(sessionQuery().queryKey)) return;
  redirect({ to: '/', throw: true });
}

/** The start page: the namespace last used, else the first, else where one is made. */
export async function openStartPage(client: QueryClient): Promise<void> {
  const { items } = await client.ensureQueryData(namespacesQuery());
  const last = readStored('ns');
  const namespace = items.find(({ name }) => name === last) ?? items[0];
  if (namespace) redirect({ to: '/ns/$ns', params: { ns: namespace.name }, throw: true });
  // An administrator without anything lands on the doors of the first run again.
  const { admin } = await client.ensureQueryData(sessionQuery());
  redirect({ to: admin ? '/setup' : '/settings/namespaces', throw: true });
}
