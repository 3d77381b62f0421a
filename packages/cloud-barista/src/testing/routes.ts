import {
  abort,
  actOnNodes,
  addNodes,
  createInfra,
  deleteInfra,
  deleteNode,
  reconcile,
  refine,
  type InfraRequest,
} from './carry-out.ts';
import type { CredentialDouble } from './credential-double.ts';
import { describeInfra, describeReview, describeShared } from './describe-infra.ts';
import { entriesOf, replyAs, templateOf, type Json, type Reply } from './recordings.ts';
import type { RequestLog } from './request-log.ts';
import type { GroupRequest, InfraModel, NamespaceModel, World } from './world.ts';

export type Call = {
  params: string[];
  query: URLSearchParams;
  body: Json;
  world: World;
  credentials: CredentialDouble;
  log: RequestLog;
  /** A step that the request log shows. */
  note(title: string): void;
};
type Handler = (call: Call) => Reply | Promise<Reply>;
type Route = { method: string; path: RegExp; handle: Handler };

const ok = (body: unknown): Reply => ({ status: 200, body });
const route = (method: string, path: string, handle: Handler): Route => ({
  method,
  path: new RegExp(`^${path.replaceAll('*', '([^/]+)')}$`),
  handle,
});

/** The namespace comes first in the path; upstream says "Not valid namespace" to every other. */
const inNamespace =
  (handle: (call: Call, namespace: NamespaceModel) => Reply | Promise<Reply>): Handler =>
  (call) => {
    const namespace = call.world.namespaces.get(call.params[0] ?? '');
    return namespace === undefined ? replyAs('infra-list-ns-unknown') : handle(call, namespace);
  };
const inInfra = (
  handle: (call: Call, place: { namespace: NamespaceModel; infra: InfraModel }) => Reply | Promise<Reply>,
): Handler =>
  inNamespace((call, namespace) => {
    const name = call.params[1] ?? '';
    const infra = namespace.infras.get(name);
    return infra === undefined ? replyAs('infra-get-unknown', { nope: name }) : handle(call, { namespace, infra });
  });

const namespaceRoutes: Route[] = [
  route('GET', '/ns', ({ world, query }) => {
    const spaces = [...world.namespaces.values()];
    if (query.get('option') === 'id') return ok({ output: spaces.map(({ id }) => id) });
    if (spaces.length === 0) return replyAs('ns-list-empty');
    const system = entriesOf('ns-list', 'ns').filter(({ id }) => id === 'system');
    const list = spaces.map(({ id, description }) => ({ resourceType: '', id, name: id, description }));
    return ok({ ns: [...list, ...system] });
  }),
  route('POST', '/ns', ({ world, body }) => {
    const name = String(body.name);
    if (world.namespaces.has(name)) return replyAs('ns-post-duplicate', { rec1: name });
    const { description } = world.addNamespace(name, String(body.description ?? ''));
    return ok({ ...templateOf('ns-post'), id: name, name, description });
  }),
  route(
    'PUT',
    '/ns/*',
    inNamespace(({ body }, namespace) => {
      namespace.description = String(body.description ?? '');
      return ok({ ...templateOf('ns-put'), id: namespace.id, name: namespace.id, description: namespace.description });
    }),
  ),
  route(
    'DELETE',
    '/ns/*',
    inNamespace(({ world }, { id, infras, shared }) => {
      if (infras.size + shared.length > 0) return replyAs('ns-delete-not-empty', { rec1: id });
      world.namespaces.delete(id);
      return replyAs('ns-delete', { rec1: id });
    }),
  ),
  route(
    'DELETE',
    '/ns/*/sharedResources',
    inNamespace((_call, namespace) => {
      const total = namespace.infras.size > 0 ? 0 : namespace.shared.length;
      if (total > 0) namespace.shared.length = 0;
      return ok({ total, successCount: total, failedCount: 0, results: null });
    }),
  ),
  ...(['vNet', 'securityGroup', 'sshKey'] as const).map((kind) =>
    route(
      'GET',
      `/ns/*/resources/${kind}`,
      inNamespace((_call, namespace) => ok(describeShared(namespace, kind))),
    ),
  ),
];

const infraRoutes: Route[] = [
  route(
    'GET',
    '/ns/*/infra',
    inNamespace(({ world, query }, namespace) => {
      const infras = [...namespace.infras.values()];
      if (query.get('option') === 'id') return ok({ output: infras.map(({ id }) => id) });
      return ok({ infra: infras.map((infra) => describeInfra(world, namespace, infra)) });
    }),
  ),
  route(
    'GET',
    '/ns/*/infra/*',
    inInfra(({ world }, { namespace, infra }) => ok(describeInfra(world, namespace, infra))),
  ),
  route(
    'DELETE',
    '/ns/*/infra/*',
    inInfra(({ world, query }, place) => deleteInfra(world, place, query.get('option'))),
  ),
  route(
    'POST',
    '/ns/*/infraDynamic',
    inNamespace(({ world, body, query, note }, namespace) => {
      const request = body as InfraRequest; // what the console sends; upstream would refuse more than this does
      return createInfra(world, namespace, { ...request, isHeld: query.get('option') === 'hold', note });
    }),
  ),
  route(
    'POST',
    '/ns/*/infraDynamicReview',
    inNamespace(({ world, body }, namespace) => {
      const { name, nodeGroups } = body as InfraRequest; // the same
      if (namespace.infras.has(name)) return replyAs('infraDynamicReview-existing-name', { i4: name });
      return ok(
        describeReview(
          nodeGroups.map((group) => ({ ...group, connection: world.connectionOf(group) })),
          name,
        ),
      );
    }),
  ),
  route(
    'POST',
    '/ns/*/infra/*/nodeGroupDynamic',
    inInfra(({ world, body }, place) => {
      const group = body as GroupRequest; // the same
      const isTaken = place.infra.nodes.some((node) => node.group === group.name);
      if (isTaken) return replyAs('nodeGroupDynamic-existing-name', { g3: group.name });
      return addNodes(world, place, group);
    }),
  ),
  route(
    'POST',
    '/ns/*/infra/*/nodegroup/*',
    inInfra(({ world, body, params }, place) => {
      const name = params[2] ?? '';
      const [like] = place.infra.nodes.filter(({ group }) => group === name);
      if (like === undefined) return replyAs('nodegroup-scaleout-unknown-group', { nope: name, i1: place.infra.id });
      const { spec, image, connection } = like;
      const nodeGroupSize = Number(body.numNodesToAdd);
      const group = { name, nodeGroupSize, specId: spec, imageId: image, connectionName: connection };
      return addNodes(world, place, group);
    }),
  ),
  route(
    'DELETE',
    '/ns/*/infra/*/node/*',
    inInfra(({ world, params }, { infra }) => {
      const node = infra.nodes.find(({ id }) => id === params[2]);
      if (node === undefined) return replyAs('control-node-unknown', { nope: params[2] ?? '' });
      return deleteNode(world, infra, node);
    }),
  ),
];

const nodeActions = ['suspend', 'resume', 'reboot', 'terminate'];
const controlRoutes: Route[] = [
  route(
    'GET',
    '/ns/*/control/infra/*',
    inInfra((call, place) => steer(call, place)),
  ),
  route(
    'GET',
    '/ns/*/control/infra/*/node/*',
    inInfra(async ({ world, params, query }, { infra }) => {
      const action = query.get('action') ?? '';
      const node = infra.nodes.find(({ id }) => id === params[2]);
      if (node === undefined) return replyAs('control-node-unknown', { nope: params[2] ?? '' });
      if (!nodeActions.includes(action)) return replyAs('control-unknown-action');
      await actOnNodes(world, [node], action);
      return replyAs(`control-node-${action}`);
    }),
  ),
];

async function steer(
  { world, query }: Call,
  { infra }: { namespace: NamespaceModel; infra: InfraModel },
): Promise<Reply> {
  const action = query.get('action') ?? '';
  if (action === 'continue' || action === 'withdraw') {
    if (infra.gate === undefined) return replyAs(`control-${action}-not-held`, { 'Infra i1': `Infra ${infra.id}` });
    infra.gate(action);
    return replyAs(
      action === 'continue' ? 'infraDynamic-hold-continue-continue' : 'infraDynamic-hold-withdraw-withdraw',
    );
  }
  if (action === 'reconcile') return reconcile(infra);
  if (action === 'abort') return abort(world, infra);
  if (infra.isCreating) return replyAs('control-terminate-while-creating', { c2: infra.id });
  if (action === 'refine') {
    refine(infra);
    return replyAs('control-refine-partial');
  }
  if (!nodeActions.includes(action)) return replyAs('control-unknown-action');
  await actOnNodes(world, infra.nodes, action);
  return replyAs(`control-${action}`);
}

const catalogueRoutes: Route[] = [
  route('GET', '/readyz', () => replyAs('readyz')),
  // Far too large to keep: the two paths by which a version of 0.13 is known.
  route('GET', '/api/doc\\.json', () =>
    ok({ paths: { '/ns/{nsId}/infra': { get: {} }, '/cloudInfo/{providerName}': { post: {} } } }),
  ),
  route('GET', '/ns/system/template/vNet', () => replyAs('template-vNet-list')),
  route('GET', '/ns/system/template/securityGroup', () => ok({ templates: [templateOf('template-sg-get')] })),
  route('GET', '/cloudInfo', () => replyAs('cloudInfo-mock-part')),
  route('GET', '/connConfig', ({ world, query }) => {
    const all = [...world.connections.values()];
    const isAll = query.get('filterVerified') === 'false';
    return ok({ connectionconfig: isAll ? all : all.filter(({ verified }) => verified === true) });
  }),
  route('POST', '/recommendSpec', ({ world, body }) => {
    const wanted = (body.filter as Json).policy as { metric: string; condition: { operand: string }[] }[]; // what the console sends
    return ok(
      world.specs().filter((spec) => wanted.every(({ metric, condition }) => spec[metric] === condition[0]?.operand)),
    );
  }),
  route('POST', '/ns/system/resources/searchImage', ({ world, body }) => {
    const images = body.includeBasicImageOnly === true ? [] : world.images(String(body.providerName));
    return ok({ imageCount: images.length, imageList: images });
  }),
  route('GET', '/credential/publicKey', ({ credentials }) => credentials.publicKey()),
  route('POST', '/credential', ({ credentials, body }) => credentials.register(body)),
  route('POST', '/inspectResources', ({ world, body }) => {
    const name = String(body.connectionName);
    const isKnown = world.connections.get(name)?.verified === true;
    return isKnown
      ? replyAs('inspectResources-sshKey', { 'mock-mercury': name })
      : replyAs('inspectResources-unknown', { nope: name });
  }),
  route('GET', '/request/*', ({ log, params }) => log.read(params[0] ?? '')),
];

const labelRoutes: Route[] = [
  route('GET', '/label/infra/*', ({ world, params }) => {
    const infra = world.infraOf(params[0] ?? '');
    return infra === undefined ? replyAs('label-get-unknown') : ok({ ...templateOf('label-get'), labels: infra.label });
  }),
  route('PUT', '/label/infra/*', ({ world, params, body }) => {
    Object.assign(world.infraOf(params[0] ?? '')?.label ?? {}, body.labels);
    return replyAs('label-put');
  }),
  route('DELETE', '/label/infra/*/*', ({ world, params }) => {
    const infra = world.infraOf(params[0] ?? '');
    if (infra !== undefined) delete infra.label[params[1] ?? ''];
    return replyAs('label-delete');
  }),
];

// Those of `system` before those of any namespace.
const routes = [...catalogueRoutes, ...namespaceRoutes, ...infraRoutes, ...controlRoutes, ...labelRoutes];

export async function answer(method: string, path: string, call: Omit<Call, 'params'>): Promise<Reply> {
  for (const { method: known, path: pattern, handle } of routes) {
    const match = known === method ? pattern.exec(path) : null;
    if (match !== null) return handle({ ...call, params: match.slice(1).map(decodeURIComponent) });
  }
  return replyAs('route-unknown');
}
