import { isTransitional, type CloudMessage, type ItemState, type Target } from '@waterstrider/contract';
import { unclearCode } from './plan-namespace.ts';
import type { Call, CallGoal, MirroredInfra, MirroredNode } from '../ports/index.ts';

/** What the list showed, and what is known of the calls on it. */
export type Sight = {
  infras: ReadonlyMap<string, MirroredInfra>;
  nodes: ReadonlyMap<string, MirroredNode>;
  /** Milliseconds since the call was answered, when that was before the list was asked for; undefined: not answered by then. */
  answeredForMs(call: Call): number | undefined;
};
export type ItemMove = { targetId: string; state: ItemState; step?: string; error?: CloudMessage };

const patienceMs = 90_000;
/** A real cloud may take so long while upstream shows that it is on its way. */
const movingPatienceMs = 60 * 60_000;
export const unclearPatienceMs = 30_000;

/** How one item of a call stands now; undefined: as before. */
export function settleItem(call: Call, target: Pick<Target, 'id' | 'name'>, sight: Sight): ItemMove | undefined {
  const answeredMs = sight.answeredForMs(call);
  const state = goals[call.goal](target.id, { call, sight, answeredMs, name: target.name });
  if (state === undefined) return undefined;
  return { targetId: target.id, ...state };
}

type Place = { call: Call; sight: Sight; answeredMs: number | undefined; name: string };
type Outcome = Omit<ItemMove, 'targetId'> | undefined;
type Rule = (targetId: string, place: Place) => Outcome;

const done: Outcome = { state: 'succeeded' };
const failed = (error: CloudMessage): Outcome => ({ state: 'failed', error });
const tumblebug = (message: string): CloudMessage => ({ code: 'tumblebug', message });

/** After the answer: a refusal fails the item, a lost answer makes it unclear, and what never comes fails in the end. */
function afterAnswer({ call, answeredMs }: Place, otherwise: string, node?: MirroredNode): Outcome {
  if (answeredMs === undefined) return undefined;
  if (call.error?.code === unclearCode) {
    return answeredMs < unclearPatienceMs ? undefined : { state: 'unknown', error: call.error };
  }
  if (call.error !== undefined) return failed(call.error);
  const isMoving = node !== undefined && (isTransitional(node.status) || node.targetAction !== undefined);
  return answeredMs < (isMoving ? movingPatienceMs : patienceMs) ? undefined : failed(tumblebug(otherwise));
}

const create: Rule = (id, place) => {
  const node = place.sight.nodes.get(id);
  if (node?.status === 'Running' || node?.status === 'Suspended') return done;
  if (node?.status === 'Failed')
    return failed(creationError(place.call, node.name) ?? node.error ?? tumblebug('It failed.'));
  if (node !== undefined) {
    if (place.answeredMs === undefined) return { state: 'running', step: 'creating' };
    if (node.error?.code === unclearCode) return { state: 'unknown', error: node.error };
    if (node.status === 'Terminated') return failed(tumblebug('It was terminated meanwhile.'));
    return afterAnswer(place, `It is still "${node.status}" after the platform has answered.`, node);
  }
  if (place.answeredMs === undefined) return undefined;
  if (place.call.error?.code === unclearCode) return afterAnswer(place, '');
  return failed(missingError(place));
};

const creationError = (call: Call, name: string): CloudMessage | undefined => {
  const found = call.creationErrors?.find((error) => error.name === name);
  return found && tumblebug(found.message);
};

/** Why upstream shows no such server: its own reason, its group's, or that others were the reason. */
function missingError({ call, name }: Place): CloudMessage {
  const { error } = call;
  if (error === undefined) return creationError(call, name) ?? tumblebug('The platform did not make it.');
  const group = name.replace(/-\d+$/, '');
  const failures = error.message.split('\n').filter((line) => /^\s*•\s*NodeGroup\[/.test(line));
  if (failures.length === 0) return error;
  const own = failures.find((line) => line.includes(`'${group}'`));
  if (own === undefined)
    return { code: error.code, message: 'Not made, as another server group of the request was refused.' };
  return { code: error.code, message: own.replace(/^\s*•\s*/, '') };
}

const hold: Rule = (id, place) => {
  const infra = place.sight.infras.get(id);
  if (infra?.phase === 'Prepared') return done;
  if (place.answeredMs === undefined) return { state: 'running', step: 'preparing' };
  return place.call.error === undefined ? done : failed(place.call.error);
};

const reach =
  (goal: MirroredNode['status'], step: string): Rule =>
  (id, place) => {
    const node = place.sight.nodes.get(id);
    if (node === undefined) {
      return goal === 'Terminated'
        ? done
        : place.answeredMs === undefined
          ? undefined
          : failed(tumblebug('It is gone.'));
    }
    if (place.answeredMs === undefined) return place.call.state === 'waiting' ? undefined : { state: 'running', step };
    if (node.status === goal && (node.targetAction === undefined || goal !== 'Running')) return done;
    if (node.status === 'Failed' && goal !== 'Terminated') return failed(node.error ?? tumblebug('It failed.'));
    if (node.status === 'Terminated') return failed(tumblebug('It was terminated meanwhile.'));
    return afterAnswer(place, `It is still "${node.status}" after the platform has answered.`, node);
  };

const remove: Rule = (id, place) => {
  const isThere = place.sight.nodes.has(id) || place.sight.infras.has(id);
  if (!isThere) return place.call.state === 'waiting' ? undefined : done;
  if (place.answeredMs === undefined)
    return place.call.state === 'waiting' ? undefined : { state: 'running', step: 'deleting' };
  return afterAnswer(place, 'It is still there after the platform has answered.');
};

const resolve: Rule = (id, place) => {
  const node = place.sight.nodes.get(id);
  if (place.answeredMs === undefined) return undefined;
  if (node === undefined || (node.status !== 'Undefined' && node.status !== 'Reconciling')) {
    return place.call.error === undefined ? done : failed(place.call.error);
  }
  return afterAnswer(place, `It is still "${node.status}" after the platform has answered.`, node);
};

const answer: Rule = (_id, { call, answeredMs }) => {
  if (answeredMs === undefined) return undefined;
  return call.error === undefined ? done : failed(call.error);
};

const goals: Record<CallGoal, Rule> = {
  create,
  hold,
  suspend: reach('Suspended', 'suspending'),
  resume: reach('Running', 'resuming'),
  reboot: reach('Running', 'rebooting'),
  terminate: reach('Terminated', 'terminating'),
  remove,
  resolve,
  // Settled with the connections.
  credential: answer,
  answer,
};
