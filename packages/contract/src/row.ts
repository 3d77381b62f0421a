import { z } from 'zod';
import type { ErrorCode } from './errors.ts';
import { routes, type RouteName } from './routes.ts';

/**
 * Who may call a row. `public`: anybody; `user`: whoever is signed in (the row filters what they see); `viewer` and `operator`:
 * that role (or more) in the namespace of the path; `admin`: administrators.
 */
export type Permission = 'public' | 'user' | 'viewer' | 'operator' | 'admin';

/** `read` leaves no audit entry; `write` changes the console's own things; `operate` changes things in clouds. */
export type Effect = 'read' | 'write' | 'operate';

export type Row<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Input extends z.ZodType | undefined = z.ZodType | undefined,
  Output extends z.ZodType | undefined = z.ZodType | undefined,
  Keeper extends 'platform' | 'console' = 'platform' | 'console',
> = {
  name: RouteName;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  summary: string;
  params: Params;
  query: Query;
  /** The JSON body; undefined: none is taken. */
  input: Input;
  /** Undefined: 204, or a stream. */
  output: Output;
  status: 200 | 201 | 202 | 204;
  permission: Permission;
  effect: Effect;
  /** Who keeps the promise: the active platform, or the console itself. */
  keeper: Keeper;
  errors: readonly ErrorCode[];
};

const nothing = z.strictObject({});
type Nothing = typeof nothing;

type Spec<P, Q, I, O, K> = {
  summary: string;
  params?: P;
  query?: Q;
  input?: I;
  output?: O;
  status?: 200 | 201 | 202 | 204;
  permission: Permission;
  effect?: Effect;
  keeper?: K;
  errors?: readonly ErrorCode[];
};

/** Fills what a row does not say: no parameters, `read` by the console, 204 without an output. */
export function row<
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
  I extends z.ZodType | undefined = undefined,
  O extends z.ZodType | undefined = undefined,
  const K extends 'platform' | 'console' = 'console',
>(name: RouteName, spec: Spec<P, Q, I, O, K>): Row<P, Q, I, O, K> {
  const [method, path] = routes[name];
  return {
    name,
    method,
    path,
    summary: spec.summary,
    // The defaults of the type parameters say that an absent schema is "nothing".
    params: (spec.params ?? nothing) as P,
    query: (spec.query ?? nothing) as Q,
    input: spec.input as I, // undefined only where I is undefined
    output: spec.output as O, // undefined only where O is undefined
    status: spec.status ?? (spec.output ? 200 : 204),
    permission: spec.permission,
    effect: spec.effect ?? 'read',
    keeper: spec.keeper ?? ('console' as K), // the default of K
    errors: spec.errors ?? [],
  };
}

type Value<Schema, Kind extends 'in' | 'out'> = Schema extends z.ZodType
  ? Kind extends 'in'
    ? z.input<Schema>
    : z.output<Schema>
  : undefined;

/** What a client sends. */
export type RowRequest<R extends Row> = {
  params: Value<R['params'], 'in'>;
  query: Value<R['query'], 'in'>;
  body: Value<R['input'], 'in'>;
};
/** What an implementation gets: parsed, defaults filled. */
export type RowInput<R extends Row> = {
  params: Value<R['params'], 'out'>;
  query: Value<R['query'], 'out'>;
  body: Value<R['input'], 'out'>;
};
export type RowOutput<R extends Row> = Value<R['output'], 'out'>;
