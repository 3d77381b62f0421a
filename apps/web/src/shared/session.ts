import { useQuery } from '@tanstack/react-query';
import type { Session } from '@waterstrider/contract';
import { rowQuery, useRow } from './query.ts';

export const sessionQuery = () => ({ ...rowQuery('getSession'), staleTime: Infinity, retry: false });

const nobody: Session = { username: '', admin: false, roles: [] };

/** Who is signed in. Inside the frame there always is somebody. */
export function useSession(): Session {
  return useQuery(sessionQuery()).data ?? nobody;
}

/** Namespaces one is a member of, by name, with one's role in each. */
export const namespacesQuery = () => rowQuery('listNamespaces', { query: { limit: 500, sort: 'name' } });

export function useNamespaces() {
  return useQuery(namespacesQuery());
}

export type NamespaceRole = 'admin' | 'operator' | 'viewer';

/** One's role in a namespace; `undefined` while it is not known. */
export function useRole(ns: string): NamespaceRole | undefined {
  const { admin } = useSession();
  const { data } = useRow('getNamespace', { params: { ns } }, { enabled: !admin && ns !== '' });
  return admin ? 'admin' : data?.role;
}
