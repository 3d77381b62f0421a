import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useNamespaces } from '../../shared/session.ts';
import { readStored, writeStored } from '../../ui/stored.ts';

/** The namespace of the address, or on pages without one the namespace last used (if it still exists, else the first). */
export function useCurrentNamespace(): string | undefined {
  const params: { ns?: string } = useParams({ strict: false });
  const { data } = useNamespaces();
  useEffect(() => {
    if (params.ns && data?.items.some(({ name }) => name === params.ns)) writeStored('ns', params.ns);
  }, [params.ns, data]);
  if (params.ns) return params.ns;
  const last = readStored('ns');
  return data?.items.find(({ name }) => name === last)?.name ?? data?.items[0]?.name;
}
