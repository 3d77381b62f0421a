import { param, type FacadeCall, type FacadeHandler } from '../console.ts';
import { FacadeError } from '../facade-error.ts';
import { orUndefined } from '../read/or-undefined.ts';
import { toProgress, toRequestDetails, type LoggedRequest } from '../request-log.ts';

/** Administrators see every call, others their own. */
const maySee = ({ console: { actor } }: FacadeCall, { username }: LoggedRequest): boolean =>
  actor.admin || username === actor.username;

function find(call: FacadeCall): LoggedRequest {
  const entry = call.tools.requests.get(param(call.request, 'reqId'));
  if (entry === undefined || !maySee(call, entry)) throw new FacadeError(404, 'Request ID not found');
  return entry;
}

async function progressOf({ console }: FacadeCall, { status, operation }: LoggedRequest): Promise<unknown> {
  if (status !== 'Handling' || operation === undefined) return undefined;
  const task = await orUndefined(console.call('getOperation', { params: { operation } }));
  return task && toProgress(task);
}

export const getRequest: FacadeHandler = async (call) => {
  const entry = find(call);
  return toRequestDetails(entry, await progressOf(call, entry));
};

/** `status`, `method`, `url` and `time` (minutes) narrow it; `brief` leaves the answers out. */
export const listRequests: FacadeHandler = async (call) => {
  const { status = '', method = '', url = '', time = '', brief = '' } = call.request.query;
  const since = Number(time) > 0 ? Date.now() - Number(time) * 60_000 : 0;
  const shown = call.tools.requests
    .list()
    .filter((entry) => maySee(call, entry))
    .filter((entry) => status === '' || entry.status.toLowerCase() === status.toLowerCase())
    .filter(({ info }) => method === '' || info.method.toLowerCase() === method.toLowerCase())
    .filter(({ info }) => info.url.includes(url))
    .filter(({ startedAt }) => startedAt.getTime() >= since);
  const requests = shown.map((entry) => {
    const details = toRequestDetails(entry);
    return brief === 'true' ? { ...details, responseData: null } : details;
  });
  return { requests };
};

export const deleteRequest: FacadeHandler = async (call) => {
  call.tools.requests.delete(find(call).id);
  return { message: 'Request deleted successfully' };
};

/** Of those that one may see; calls that are being handled stay. */
export const deleteRequests: FacadeHandler = async (call) => {
  const ended = call.tools.requests.list().filter((entry) => entry.status !== 'Handling' && maySee(call, entry));
  for (const { id } of ended) call.tools.requests.delete(id);
  return { message: 'All requests deleted successfully' };
};
