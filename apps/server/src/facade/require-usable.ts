import {
  defaultHolder,
  FacadeError,
  noNamespace,
  type FacadeRequest,
  type FacadeRoute,
} from '@waterstrider/cloud-barista/facade';
import type { ConnectionRecord, NamespaceRecord } from '@waterstrider/contract';
import { isUsableIn } from '../inventory/connection-use.ts';
import type { InventoryModel } from '../inventory/inventory-model.ts';
import type { Services } from '../services.ts';
import type { RouteCall } from './admit.ts';
import { fieldsOf, namedIn, type Named } from './named-in.ts';

type Where = { model: InventoryModel; namespace: NamespaceRecord; holder: string };

/**
 * Nobody but an administrator makes Tumblebug, which knows no such limits, use a connection that the namespace may not use. Throws 404
 * for an unknown connection, 403 for one that is disabled or not for this namespace, 400 for what leaves open which one is meant.
 */
export function requireUsable(
  { inventory }: Pick<Services, 'inventory'>,
  { route, actor }: Pick<RouteCall, 'route' | 'actor'>,
  request: FacadeRequest,
): void {
  if (actor.admin || !usesConnections(route)) return;
  const namespace = inventory.namespace(request.params.nsId ?? '');
  if (namespace === undefined) throw noNamespace();
  if (isForAll(route, request)) {
    throw new FacadeError(403, 'Only an administrator may do this on all connections.');
  }
  const where = { model: inventory.model, namespace, holder: request.credentialHolder };
  for (const named of [...namedIn(request.query), ...namedIn(request.body)]) requireNamed(where, named);
}

/** Changes, and the reviews that ask the clouds. What is without a namespace and changes something is for administrators. */
const usesConnections = ({ method, path, effect, isShared }: FacadeRoute): boolean =>
  path.startsWith('/ns/:nsId') && (effect !== 'read' || (method === 'POST' && !isShared));

/** Acts on all connections unless one is named. The query's keys are exact, the body's are not. */
function isForAll({ method, path }: FacadeRoute, { query, body }: FacadeRequest): boolean {
  if (method !== 'POST') return false;
  if (path === '/ns/:nsId/sharedResource') return (query.connectionName ?? '') === '';
  if (path === '/ns/:nsId/sharedResources/recoverDependencies') {
    const name = typeof body === 'object' && body !== null ? fieldsOf(body).get('connectionname') : undefined;
    return typeof name !== 'string' || name === '';
  }
  return choosesItself.has(path);
}

const choosesItself = new Set([
  '/ns/:nsId/infraAutopilot',
  '/ns/:nsId/infraAutopilotReview',
  '/ns/:nsId/updateExistingSpecListByAvailableRegionZones',
]);

function requireNamed(where: Where, { connections, specs }: Named): void {
  for (const name of connections) requireEach(where, name, byName(where, name));
  for (const spec of specs) requireSpec(where, spec, connections.length > 0);
}

/** Only the name: Tumblebug does not know our ids. */
function byName({ model }: Where, name: string): ConnectionRecord[] {
  const known = model.connection(name);
  return known?.name === name ? [known] : [];
}

/** Tumblebug takes `provider+region+name` in any case, or the name alone, which is then of whichever region it finds first. */
function requireSpec(where: Where, spec: string, isConnectionNamed: boolean): void {
  const [provider = '', region = '', ...name] = spec.toLowerCase().split('+');
  if (provider === '' || region === '' || name.join('+') === '') {
    if (isConnectionNamed) return;
    throw new FacadeError(400, 'Give the whole id of the spec: provider+region+name.');
  }
  const there = [...where.model.connections.values()].filter(
    (known) => known.provider.toLowerCase() === provider && known.region.toLowerCase() === region,
  );
  const shown = `${where.holder === defaultHolder ? '' : `${where.holder}-`}${provider}-${region}`;
  // The named connection, which was checked, may be another holder's.
  if (isConnectionNamed && there.some((known) => isUsable(where, known))) return;
  requireEach(
    where,
    shown,
    there.filter((known) => isOfHolder(known, where.holder)),
  );
}

/** Without a connection's name Tumblebug takes the one of the caller's holder. */
const isOfHolder = ({ credential, provider }: ConnectionRecord, holder: string): boolean =>
  credential.toLowerCase() === (holder === defaultHolder ? provider : `${holder}-${provider}`).toLowerCase();

const isUsable = ({ namespace }: Where, known: ConnectionRecord): boolean =>
  isUsableIn(known, namespace) && known.state !== 'Disabled';

function requireEach({ namespace }: Where, name: string, found: readonly ConnectionRecord[]): void {
  if (found.length === 0) throw new FacadeError(404, `The connection ${name} does not exist.`);
  for (const known of found) {
    if (!isUsableIn(known, namespace)) {
      throw new FacadeError(403, `The connection ${name} may not be used in this namespace.`);
    }
    if (known.state === 'Disabled') throw new FacadeError(403, `The connection ${name} is disabled.`);
  }
}
