import { QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import type { OutputOf, RowName } from '@waterstrider/contract';
import { api } from './api.ts';
import type { ApiArguments, ApiOptions, LooseOptions } from './api.ts';
import { ApiError } from './api-error.ts';

/** Key of a query: the row's name, then what was asked. Live changes find their lists by it. */
export type RowKey = readonly [
  name: RowName,
  params: Record<string, unknown>,
  query: Record<string, unknown>,
  paged?: 'pages',
];

const isTransient = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 0 || error.code === 'unavailable' || error.code === 'unreadable');

/** One cache for the whole app; live events keep it fresh, so nothing is polled or refetched on focus. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        gcTime: 5 * 60_000,
        refetchOnWindowFocus: false,
        retry: (count, error) => isTransient(error) && count < 2,
      },
      mutations: { retry: false },
    },
  });
}

/** The key of a row and its arguments; give fewer arguments to `invalidateQueries` to reach more. */
export const keyOf = (
  name: RowName,
  params: Record<string, unknown> = {},
  query: Record<string, unknown> = {},
): RowKey => [name, params, query];

/** Key and function of a row, for `useQuery`, `ensureQueryData` and `prefetchQuery`. */
export function rowQuery<Name extends RowName>(name: Name, ...[given]: ApiArguments<Name>) {
  const options = (given ?? {}) as LooseOptions; // typed per row at the call
  return {
    queryKey: keyOf(name, options.params, options.query),
    queryFn: ({ signal }: { signal: AbortSignal }): Promise<OutputOf<Name>> =>
      api(name, ...([{ ...options, signal }] as unknown as ApiArguments<Name>)), // the same arguments plus the signal
  };
}

interface RowOptions {
  enabled?: boolean;
  refetchInterval?: number | false;
  /** Milliseconds for which a cached answer is good enough. */
  staleTime?: number;
}

/**
 * Reads one row: `const { data } = useRow('getNode', { params: { ns, node } })`. Live events patch it in place.
 */
export function useRow<Name extends RowName>(
  name: Name,
  options: ApiOptions<Name>,
  settings: RowOptions = {},
): UseQueryResult<OutputOf<Name>, unknown> {
  return useQuery<OutputOf<Name>, unknown>({
    ...rowQuery(name, ...([options] as unknown as ApiArguments<Name>)), // options are exactly the row's
    ...settings,
  });
}

interface ActionSettings<Name extends RowName> {
  /** Rows whose cached answers are out of date afterwards (namespaces, users, tokens: things without live events). */
  invalidates?: RowName[];
  onSuccess?: (output: OutputOf<Name>, options: ApiOptions<Name>) => void;
}

/** Changes something: `const save = useAction('createUser', { invalidates: ['listUsers'] }); await save.mutateAsync({ body })`. */
export function useAction<Name extends RowName>(
  name: Name,
  settings: ActionSettings<Name> = {},
): UseMutationResult<OutputOf<Name>, unknown, ApiOptions<Name>> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (options: ApiOptions<Name>) => api(name, ...([options] as unknown as ApiArguments<Name>)), // options are exactly the row's
    onSuccess: async (output, options) => {
      settings.onSuccess?.(output, options);
      const rows = settings.invalidates ?? [];
      await Promise.all(rows.map((row) => client.invalidateQueries({ queryKey: [row] })));
    },
  });
}

/** A fresh key for one intention of a person; keep it over retries of the same intention. */
export const newIdempotencyKey = (): string => crypto.randomUUID();
