import type { FacadeHandler } from './console.ts';
import { FacadeError } from './facade-error.ts';
import { route, type FacadeRoute } from './route.ts';
import { unbuiltParts, type UnbuiltPart } from './unbuilt-parts.ts';

type Method = FacadeRoute['method'];
const answers: Record<string, (reason: string) => FacadeHandler> = {
  none: () => async () => {
    throw new FacadeError(404, 'There is no such object here.');
  },
  no: (reason) => async () => {
    throw new FacadeError(501, `Not supported: ${reason}.`);
  },
};

const emptyList =
  (key: string): FacadeHandler =>
  async ({ request }) =>
    request.query.option === 'id' ? { output: null } : { [key]: [] };

function toRoutes({ what, reason, routes }: UnbuiltPart): FacadeRoute[] {
  const lines = routes.split('\n').map((line) => line.trim());
  return lines
    .filter((line) => line !== '')
    .flatMap((line) => {
      const [answer = '', methods = '', short = '', extra] = line.split(' ');
      const path = short.replace(/^infra(?=\/)/, '/ns/:nsId/infra/:infraId').replace(/^ns(?=\/)/, '/ns/:nsId');
      const key = /^\[(\w+)\]$/.exec(answer)?.[1];
      const handler = key === undefined ? answers[answer]?.(reason) : emptyList(key);
      if (handler === undefined) throw new Error(`The line "${line}" has no answer.`);
      return methods.split(',').map((method) => ({
        // The lines above hold these methods only.
        ...route(method as Method, path, [what, handler], { isShared: key !== undefined, ...rights(extra) }),
        isBuilt: false,
      }));
    });
}

/** A fourth word: another right than the method's own, or a GET that changes. */
function rights(word: string | undefined): Partial<FacadeRoute> {
  if (word === 'operate') return { permission: 'operator', effect: 'operate' };
  if (word === 'change') return { permission: 'admin', effect: 'write' };
  if (word === 'user') return { permission: 'user', effect: 'read' };
  return word === 'admin' || word === 'operator' ? { permission: word } : {};
}

export const unbuiltRoutes: readonly FacadeRoute[] = unbuiltParts.flatMap(toRoutes);
