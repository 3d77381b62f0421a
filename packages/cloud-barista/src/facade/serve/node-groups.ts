import { param, type FacadeHandler } from '../console.ts';
import { FacadeError, missing } from '../facade-error.ts';
import { object, whole } from '../read/body.ts';
import { errorsOf, readGroup, refuseUnbuilt, resolveGroup, toGroupInput } from '../read/infra-request.ts';
import { toCreationErrors } from '../write/infra.ts';
import { distinct, orNull } from '../write/texts.ts';
import { asBadRequest } from './create-infra.ts';
import { readInfra, showInfra } from './read-infra.ts';

export const listNodeGroups: FacadeHandler = async ({ console, request }) => {
  const { infra } = await readInfra(console, param(request, 'nsId'), param(request, 'infraId'));
  return { output: orNull(infra.nodeGroups.map(({ name }) => name)) };
};

export const getNodeGroup: FacadeHandler = async ({ console, request }) => {
  const name = param(request, 'nodegroupId');
  const { infra, nodes } = await readInfra(console, param(request, 'nsId'), param(request, 'infraId'));
  if (!infra.nodeGroups.some((group) => group.name === name)) throw missing('nodegroup', name);
  return { output: orNull(nodes.filter(({ nodeGroup }) => nodeGroup === name).map((node) => node.name)) };
};

const readScaleOut = object({ numNodesToAdd: whole });

/** Answers when the new servers are there. */
export const scaleOut: FacadeHandler = async ({ console, request }) => {
  const ns = param(request, 'nsId');
  const id = param(request, 'infraId');
  const name = param(request, 'nodegroupId');
  const { numNodesToAdd = 0 } = readScaleOut(request.body, '');
  if (numNodesToAdd < 1) throw new FacadeError(400, 'numNodesToAdd must be at least 1.');
  const { infra, nodes } = await readInfra(console, ns, id);
  if (!infra.nodeGroups.some((group) => group.name === name)) throw missing('nodegroup', name);
  const living = nodes.filter(({ nodeGroup, status }) => nodeGroup === name && status !== 'Terminated').length;
  const params = { ns, infra: infra.name, nodeGroup: name };
  const { operation } = await console.call('scaleNodeGroup', { params, body: { size: living + numNodesToAdd } });
  const ended = await console.waitForOperation(operation.id);
  const newNodes = ended.items.filter(({ target }) => target.kind === 'node').map(({ target }) => target.name);
  const creationErrors = toCreationErrors(ended, infra.policyOnPartialFailure);
  return showInfra(console, ns, infra.name, { newNodes: distinct(newNodes), creationErrors });
};

/** Adds a group; answers when its servers are there. */
export const addNodeGroup: FacadeHandler = async ({ console, request }) => {
  const ns = param(request, 'nsId');
  const { infra } = await readInfra(console, ns, param(request, 'infraId'));
  const asked = readGroup(request.body, '');
  refuseUnbuilt(asked);
  const named = { ...asked, name: asked.name || `g${String(infra.nodeGroups.length + 1)}` };
  const group = await resolveGroup(console, named, { ns, holder: request.credentialHolder });
  const errors = errorsOf(group);
  if (errors.length > 0) throw new FacadeError(400, errors.join('\n'));
  const params = { ns, infra: infra.name };
  const adding = console.call('addNodeGroup', { params, body: toGroupInput(group) });
  const { operation } = await asBadRequest(
    adding,
    `The name for NodeGroup (prefix of VM Id) ${named.name} already exists.`,
  );
  const ended = await console.waitForOperation(operation.id);
  const newNodes = ended.items.filter(({ target }) => target.kind === 'node').map(({ target }) => target.name);
  const creationErrors = toCreationErrors(ended, infra.policyOnPartialFailure);
  return showInfra(console, ns, infra.name, { newNodes, creationErrors });
};
