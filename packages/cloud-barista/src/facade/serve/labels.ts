import type { Infra, Node } from '@waterstrider/contract';
import { param, type FacadeConsole, type FacadeHandler } from '../console.ts';
import { FacadeError } from '../facade-error.ts';
import { allOf } from '../read/all-pages.ts';
import { object, textMap } from '../read/body.ts';
import { surroundingsOf } from '../read/surroundings.ts';
import { toNodeInfo } from '../write/infra.ts';
import { showInfra } from './read-infra.ts';

const labelTypes = [
  'vNet',
  'subnet',
  'dataDisk',
  'nlb',
  'node',
  'infra',
  'nodeGroup',
  'k8s',
  'kubernetes',
  'container',
  'ns',
];
const systemLabels = {
  'sys.manager': 'cb-tumblebug',
  'sys.namespace': 'default',
  'sys.labelType': 'infra',
  'sys.id': 'infra01',
  'sys.name': 'infra01',
  'sys.uid': '4b0e1c5a-0000-4000-8000-000000000000',
  'sys.infraId': 'infra01',
  'sys.nodeGroupId': 'g1',
  'sys.connectionName': 'aws-ap-northeast-2',
  'sys.createdTime': '2026-01-01 00:00:00',
};

export const labelInfo: FacadeHandler = async () => ({ labelTypes, systemLabels });

/** Every infra that one may see. */
async function* infras(console: FacadeConsole): AsyncGenerator<Infra> {
  for (const { name } of await allOf(console, 'listNamespaces'))
    yield* await allOf(console, 'listInfra', { params: { ns: name } });
}

async function* nodes(console: FacadeConsole): AsyncGenerator<Node> {
  for (const { name } of await allOf(console, 'listNamespaces'))
    yield* await allOf(console, 'listNodes', { params: { ns: name } });
}

const infraLabels = ({ id, name, ns, description, labels }: Infra): Record<string, string> => ({
  ...labels,
  'sys.manager': 'cb-tumblebug',
  'sys.labelType': 'infra',
  'sys.namespace': ns,
  'sys.id': name,
  'sys.name': name,
  'sys.uid': id,
  'sys.description': description,
});
const groupLabels = (infra: Infra, group: Infra['nodeGroups'][number]): Record<string, string> => ({
  ...group.labels,
  'sys.manager': 'cb-tumblebug',
  'sys.labelType': 'nodeGroup',
  'sys.namespace': infra.ns,
  'sys.id': group.name,
  'sys.name': group.name,
  'sys.uid': group.id,
  'sys.infraId': infra.name,
});
const nodeLabels = ({ id, name, ns, infra, nodeGroup, connection, labels }: Node): Record<string, string> => ({
  ...labels,
  'sys.manager': 'cb-tumblebug',
  'sys.labelType': 'node',
  'sys.namespace': ns,
  'sys.id': name,
  'sys.name': name,
  'sys.uid': id,
  'sys.infraId': infra,
  'sys.nodeGroupId': nodeGroup,
  'sys.connectionName': connection,
});

async function findInfra(console: FacadeConsole, uid: string): Promise<Infra | undefined> {
  for await (const infra of infras(console)) if (infra.id === uid) return infra;
  return undefined;
}

/** Labels of an infra, a node group or a node, by its uid; an unknown uid has none, as upstream. */
export const getLabels: FacadeHandler = async ({ console, request }) => {
  const type = param(request, 'labelType');
  const uid = param(request, 'uid');
  const answer = (resourceKey: string, labels: Record<string, string>) => ({ resourceKey, labels });
  if (type === 'node') {
    for await (const node of nodes(console)) {
      if (node.id === uid) return answer(`/ns/${node.ns}/infra/${node.infra}/node/${node.name}`, nodeLabels(node));
    }
  }
  for await (const infra of infras(console)) {
    const key = `/ns/${infra.ns}/infra/${infra.name}`;
    if (type === 'infra' && infra.id === uid) return answer(key, infraLabels(infra));
    const group = type === 'nodeGroup' ? infra.nodeGroups.find(({ id }) => id === uid) : undefined;
    if (group !== undefined) return answer(`${key}/nodegroup/${group.name}`, groupLabels(infra, group));
  }
  return { resourceKey: '', labels: null };
};

async function changeLabels(
  console: FacadeConsole,
  { type, uid }: { type: string; uid: string },
  change: (labels: Record<string, string>) => Record<string, string>,
): Promise<void> {
  if (type !== 'infra')
    throw new FacadeError(501, `Labels of ${type} can not be changed by this platform; those of an infra can.`);
  const infra = await findInfra(console, uid);
  if (infra === undefined) throw new FacadeError(400, `There is no infra with the uid ${uid}.`);
  const labels = change(infra.labels);
  await console.call('updateInfra', { params: { ns: infra.ns, infra: infra.name }, body: { labels } });
}

const readLabels = object({ labels: textMap });

/** Under `labels`, or as the body itself: Tumblebug's own MCP server sends them so. */
function readGiven(body: unknown): Record<string, string> {
  const isBare = typeof body === 'object' && body !== null && !Object.keys(body).some((key) => /^labels$/i.test(key));
  const labels = isBare ? textMap(body, '') : readLabels(body, '').labels;
  if (Object.keys(labels).length === 0)
    throw new FacadeError(400, 'labels is needed, such as {"labels":{"env":"test"}}.');
  return labels;
}

const isSystem = (key: string): boolean => key.startsWith('sys.');

/** Adds to what is there; `sys.*` belongs to the system. */
export const putLabels: FacadeHandler = async ({ console, request }) => {
  const labels = readGiven(request.body);
  if (Object.keys(labels).some(isSystem))
    throw new FacadeError(400, 'Labels that begin with sys. are set by the system.');
  const target = { type: param(request, 'labelType'), uid: param(request, 'uid') };
  await changeLabels(console, target, (known) => ({ ...known, ...labels }));
  return { message: 'Label created or updated successfully' };
};

export const deleteLabel: FacadeHandler = async ({ console, request }) => {
  const key = param(request, 'key');
  if (isSystem(key)) throw new FacadeError(400, 'Labels that begin with sys. are set by the system.');
  const target = { type: param(request, 'labelType'), uid: param(request, 'uid') };
  await changeLabels(console, target, (known) =>
    Object.fromEntries(Object.entries(known).filter(([name]) => name !== key)),
  );
  return { message: 'Label removed successfully' };
};

/** `a=b,c=d`: all of them must hold; without a value the key must be there. */
function toSelector(text: string): (labels: Record<string, string>) => boolean {
  const terms = text.split(',').filter((term) => term.trim() !== '');
  if (terms.length === 0) throw new FacadeError(400, 'labelSelector is needed, such as env=test,role=web.');
  return (labels) =>
    terms.every((term) => {
      const [key = '', ...value] = term.split(/==?/).map((part) => part.trim());
      return Object.hasOwn(labels, key) && (value.length === 0 || labels[key] === value.join('='));
    });
}

/** Infras and nodes with these labels, over all namespaces that one may see. */
export const listByLabel: FacadeHandler = async ({ console, request }) => {
  const type = param(request, 'labelType');
  const isSelected = toSelector(request.query.labelSelector ?? '');
  const results: unknown[] = [];
  for (const { name: ns } of await allOf(console, 'listNamespaces')) {
    if (type === 'infra') {
      const found = (await allOf(console, 'listInfra', { params: { ns } })).filter((infra) =>
        isSelected(infraLabels(infra)),
      );
      for (const { name } of found) results.push(await showInfra(console, ns, name));
    } else if (type === 'node') {
      const found = (await allOf(console, 'listNodes', { params: { ns } })).filter((node) =>
        isSelected(nodeLabels(node)),
      );
      const aroundOf = await surroundingsOf(console, ns, found);
      results.push(...found.map((node) => toNodeInfo(node, aroundOf(node))));
    }
  }
  return { results };
};
