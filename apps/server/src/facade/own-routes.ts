import type { FacadeRoute } from '@waterstrider/cloud-barista/facade';
import type { Inventory } from '../inventory/inventory.ts';
import type { Actor } from '../pipeline/context.ts';

const always = new Set(['/livez', '/httpVersion', '/api/doc.json', '/checkNs/:ns']);
/** Tumblebug answers them from all connections; the rows from those that the caller may see. */
const aboutConnections = new Set(['/connConfig/:connConfigName', '/credentialHolder', '/credentialHolder/:holderId']);

type Call = { route: FacadeRoute; actor: Pick<Actor, 'admin'>; nsId: string | undefined };

/** What the console answers through its rows although a Cloud-Barista keeps the rest. */
export function isOwn({ route, actor, nsId }: Call, inventory: Pick<Inventory, 'namespace'>): boolean {
  const { method, path } = route;
  // Through the rows a change of namespaces is known here at once, not only when Tumblebug is looked at again.
  if (path === '/ns') return method === 'POST';
  if (path === '/ns/:nsId') return method !== 'GET' && nsId !== undefined && inventory.namespace(nsId) !== undefined;
  return always.has(path) || (!actor.admin && aboutConnections.has(path));
}
