import { DomainError, type Operation } from '@waterstrider/contract';
import { param, type FacadeCall, type FacadeConsole, type FacadeHandler } from '../console.ts';
import { FacadeError } from '../facade-error.ts';
import {
  errorsOf,
  readInfraRequest,
  refuseUnbuilt,
  resolveGroup,
  toInfraBody,
  type ResolvedGroup,
} from '../read/infra-request.ts';
import { orUndefined } from '../read/or-undefined.ts';
import { toCreationErrors } from '../write/infra.ts';
import { showInfra } from './read-infra.ts';

/** Answers when every server is there, or the task has ended; `option=hold` waits for `continue` or `withdraw` before servers are made. */
export const createInfraDynamic: FacadeHandler = async (call) => {
  const { console, request } = call;
  const ns = param(request, 'nsId');
  const asked = readInfraRequest(request.body);
  refuseUnbuilt(asked);
  const place = { ns, holder: request.credentialHolder };
  const groups = await Promise.all(asked.nodeGroups.map((group) => resolveGroup(console, group, place)));
  requireFound(asked.name, groups);
  const hold = request.query.option === 'hold';
  const body = toInfraBody(asked, groups, hold);
  const created = await asBadRequest(
    console.call('createInfra', { params: { ns }, body }),
    `The infra ${asked.name} already exists.`,
  );
  const id = created.infra.name;
  let operation = await console.waitForOperation(created.operation.id);
  if (hold) operation = (await waitUntilReleased(console, ns, id)) ?? operation;
  return showResult(call, { ns, id, operation, policy: body.policyOnPartialFailure ?? 'continue' });
};

/** Names every group at fault, in Tumblebug's manner. */
function requireFound(name: string, groups: readonly ResolvedGroup[]): void {
  const failures = groups.flatMap((group) =>
    errorsOf(group).map((error) => ` • NodeGroup '${group.request.name}': ${error}`),
  );
  if (failures.length === 0) return;
  const failed = groups.filter((group) => errorsOf(group).length > 0).length;
  throw new FacadeError(
    400,
    `Infra '${name}' validation failed due to resource availability errors.\n\nResource Validation Failures:\n${failures.join('\n')}` +
      `\n\nSummary: ${String(failed)} out of ${String(groups.length)} NodeGroups failed validation`,
  );
}

/** Every refusal of a creation is 400, in words. */
export async function asBadRequest<Value>(promise: Promise<Value>, exists: string): Promise<Value> {
  try {
    return await promise;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.code === 'exists') throw new FacadeError(400, exists);
    if (error.code !== 'wrong_state' && error.code !== 'invalid') throw error;
    const reasons = error.details.issues?.map(({ field, reason }) => `${field}: ${reason}`) ?? [];
    throw new FacadeError(400, [...new Set([error.message, ...reasons])].join('\n'));
  }
}

/** The task that made the servers after `continue`; undefined after `withdraw`. */
async function waitUntilReleased(console: FacadeConsole, ns: string, id: string): Promise<Operation | undefined> {
  for (;;) {
    const infra = await orUndefined(console.call('getInfra', { params: { ns, infra: id } }));
    if (infra === undefined) return undefined;
    if (infra.runningOperation !== undefined && infra.status !== 'Preparing')
      return console.waitForOperation(infra.runningOperation);
    if (infra.status !== 'Preparing' && infra.status !== 'Prepared') return undefined;
    await console.waitForChange();
  }
}

/** The infra as it is now; 400 when nothing of it is left. */
async function showResult(
  { console }: FacadeCall,
  { ns, id, operation, policy }: { ns: string; id: string; operation: Operation; policy: string },
) {
  try {
    return await showInfra(console, ns, id, { creationErrors: toCreationErrors(operation, policy) });
  } catch (error) {
    if (!(error instanceof FacadeError) || error.status !== 404) throw error;
    const reasons = operation.items.flatMap(({ target, error: reason }) =>
      reason ? [` • ${target.name}: ${reason.message}`] : [],
    );
    const why = reasons.length === 0 ? 'It was withdrawn.' : `Errors:\n${reasons.join('\n')}`;
    throw new FacadeError(400, `Infra '${id}' was not created; nothing of it is left. ${why}`);
  }
}
