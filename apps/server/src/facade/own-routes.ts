import type { FacadeRoute } from '@waterstrider/cloud-barista/facade';
import type { Actor } from '../pipeline/context.ts';

const always = new Set(['/livez', '/httpVersion', '/api/doc.json', '/checkNs/:ns']);
/** Tumblebug answers them from all connections; the rows from those that the caller may see. */
const aboutConnections = new Set(['/connConfig/:connConfigName', '/credentialHolder', '/credentialHolder/:holderId']);

/** What the console answers through its rows although a Cloud-Barista keeps the rest. */
export function isOwn({ method, path }: FacadeRoute, actor: Pick<Actor, 'admin'>): boolean {
  // Through the rows a change of namespaces is known here at once, not only when Tumblebug is looked at again.
  if (path === '/ns' || path === '/ns/:nsId') return method !== 'GET';
  return always.has(path) || (!actor.admin && aboutConnections.has(path));
}
