import type { Effect, Permission } from '@waterstrider/contract';
import type { FacadeHandler } from './console.ts';

/** One operation of the open API. */
export type FacadeRoute = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/tumblebug`; `:x` are parameters, `:nsId` is a namespace. */
  readonly path: string;
  readonly summary: string;
  /** Who may call it; the rows behind it check again. */
  readonly permission: Permission;
  /** Where a Cloud-Barista answers itself and does not know our roles, this holds instead. */
  readonly forwardPermission?: Permission;
  readonly effect: Effect;
  /** May be asked of the namespace `system`, which everybody shares. */
  readonly isShared: boolean;
  /** False: not a part of this platform, it answers 501, 404 or nothing. */
  readonly isBuilt: boolean;
  readonly handler: FacadeHandler;
};

type Options = Partial<Pick<FacadeRoute, 'permission' | 'forwardPermission' | 'effect' | 'isShared'>>;

/** Without options: a GET reads, for viewers of its namespace; anything else operates, for operators; without a namespace for administrators. */
export function route(
  method: FacadeRoute['method'],
  path: string,
  [summary, handler]: readonly [summary: string, handler: FacadeHandler],
  options: Options = {},
): FacadeRoute {
  const isRead = method === 'GET';
  const inNamespace = path.includes('/:nsId');
  return {
    method,
    path,
    summary,
    permission: isRead ? (inNamespace ? 'viewer' : 'user') : inNamespace ? 'operator' : 'admin',
    effect: isRead ? 'read' : 'operate',
    isShared: false,
    isBuilt: true,
    handler,
    ...options,
  };
}
