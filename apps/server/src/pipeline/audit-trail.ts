import type { ErrorCode, Row } from '@waterstrider/contract';
import type { AuditStore, NewAuditEntry } from '@waterstrider/store';
import type { Actor, AuditNote } from './context.ts';

/** What is known of a call while it passes through; kept on the request. */
export type Call = {
  row: Row;
  actor?: Actor;
  namespaceName?: string;
  note: AuditNote;
  errorCode?: ErrorCode;
};

/** The entry a call leaves: none for reads, and none for calls of nobody in particular. */
export function toAuditEntry(
  call: Call,
  request: { params: unknown; body: unknown; ip: string; id: string },
  status: number,
): NewAuditEntry | undefined {
  const actor = call.note.actor ?? call.actor?.username;
  if (call.row.effect === 'read' || actor === undefined) return undefined;
  const params = request.params as Record<string, string>; // Fastify's own path parameters
  const target = call.note.target ?? findTarget(params, request.body);
  return {
    actor,
    action: call.row.name,
    ...(call.namespaceName === undefined ? {} : { ns: call.namespaceName }),
    ...(target === undefined ? {} : { target: clean(target) }),
    address: request.ip,
    outcome: status === 202 ? 'accepted' : status < 400 ? 'done' : status < 500 ? 'refused' : 'failed',
    ...(call.errorCode === undefined ? {} : { code: call.errorCode }),
    requestId: request.id,
    ...(call.note.operation === undefined ? {} : { operation: call.note.operation }),
  };
}

/** Never keeps a call from being answered: what it recorded is done already. */
export async function recordCall(
  audit: AuditStore,
  entry: NewAuditEntry,
  log: { error(details: object, message: string): void },
): Promise<void> {
  try {
    await audit.append(entry);
  } catch (error) {
    log.error({ err: error, entry }, 'an audit entry could not be written');
  }
}

/** The objects of the path, else the name in the body, with the action where the body names one. */
function findTarget(params: Record<string, string>, body: unknown): string | undefined {
  const { ns, ...objects } = params;
  const text = (key: string): string | undefined => {
    const value =
      typeof body === 'object' && body !== null && Object.hasOwn(body, key) ? Reflect.get(body, key) : undefined;
    if (typeof value === 'string') return value;
    return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string').join(', ') : undefined;
  };
  const named = Object.values(objects).join('/') || text('name') || text('infras') || text('nodes') || ns;
  const action = text('action');
  return action === undefined ? named : `${named ?? ''}: ${action}`;
}

/** A refused call may hold anything: it is kept as one short line. */
const clean = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, ' ').slice(0, 200);
