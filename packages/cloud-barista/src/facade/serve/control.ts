import { DomainError, infraActions, nodeActions, type InfraAction } from '@waterstrider/contract';
import { param, type FacadeHandler } from '../console.ts';
import { FacadeError, missing } from '../facade-error.ts';
import { orUndefined } from '../read/or-undefined.ts';
import { readNode } from './read-infra.ts';

const messages: Record<InfraAction, string> = {
  suspend: 'Suspending the Infra',
  resume: 'Resuming the Infra',
  reboot: 'Rebooting the Infra',
  terminate: 'Terminated the Infra',
  refine: 'Refined the Infra',
  continue: 'Continue the holding Infra',
  withdraw: 'Withdraw the holding Infra',
  reconcile: 'Reconciled the Infra',
  abort: 'Aborted the Infra',
};

function readAction<Action extends string>(text: string | undefined, known: readonly Action[]): Action {
  const action = known.find((candidate) => candidate === text);
  if (action === undefined) throw new FacadeError(400, `'action' should be one of these: ${known.join(', ')}`);
  return action;
}

/** The state that is asked for holds already: upstream answers as if it had been done. */
const alreadySo: Partial<Record<InfraAction, readonly string[]>> = {
  refine: ['nothingToRefine'],
  terminate: ['alreadyTerminated', 'alreadyTerminating', 'noLivingServer'],
};

const isAlreadySo = (action: InfraAction, error: unknown): boolean =>
  error instanceof DomainError && alreadySo[action]?.includes(String(error.details.rule)) === true;

/** A GET that changes, as upstream's is. It answers when the action has begun; `refine` when it is done. */
export const controlInfra: FacadeHandler = async ({ console, request }) => {
  const action = readAction(request.query.action, infraActions);
  const ns = param(request, 'nsId');
  const infra = param(request, 'infraId');
  try {
    const answer = await orUndefined(console.call('actOnInfra', { params: { ns, infra }, body: { action } }));
    if (answer === undefined) throw missing('infra', infra);
    if (action === 'refine') await console.waitForOperation(answer.operation.id);
  } catch (error) {
    if (!isAlreadySo(action, error)) throw error;
  }
  return { message: messages[action] };
};

export const controlNode: FacadeHandler = async ({ console, request }) => {
  const action = readAction(request.query.action, nodeActions);
  const ns = param(request, 'nsId');
  const infra = param(request, 'infraId');
  const { name, status } = await readNode(console, ns, infra, param(request, 'nodeId'));
  if (action === 'terminate' && status === 'Terminated') return { message: 'Already terminated' };
  await console.call('actOnInfra', { params: { ns, infra }, body: { action, nodes: [name] } });
  return { message: `Working on ${action}` };
};
