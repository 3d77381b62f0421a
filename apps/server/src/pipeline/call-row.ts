import { rows, type Row, type RowName } from '@waterstrider/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toDomainError } from '../http/errors.ts';
import type { Services } from '../services.ts';
import { recordCall, toAuditEntry, type Call } from './audit-trail.ts';
import { authorise } from './authorise.ts';
import type { Actor } from './context.ts';
import { Raw } from './handlers.ts';
import type { FindHandler } from './register-rows.ts';
import { validate } from './validate.ts';

export type RowCall = {
  name: RowName;
  /** As a client sends them. */
  input: { params: Record<string, unknown>; query: unknown; body: unknown };
  actor: Actor;
  /** For the audit trail. */
  requestId: string;
  request: FastifyRequest;
  reply: FastifyReply;
};
/** Throws what the row throws. */
export type CallRow = (call: RowCall) => Promise<unknown>;

/** Runs a row for somebody who is signed in, without its own address: authorise, validate, handle, audit. */
export function createRowCaller(services: Services, findHandler: FindHandler): CallRow {
  return async ({ name, input, actor, requestId, request, reply }) => {
    const row: Row = rows[name];
    const handler = findHandler(name);
    if (handler === undefined) throw new Error(`The row ${name} has no handler.`);
    const call: Call = { row, actor, note: {} };
    let status: number = row.status;
    try {
      const tried = typeof input.params.ns === 'string' ? services.inventory.namespace(input.params.ns) : undefined;
      if (tried !== undefined) call.namespaceName = tried.name;
      const namespace = authorise({ row, actor, params: input.params }, services.inventory);
      const place = namespace === undefined ? {} : { namespace };
      const context = { actor, requestId, address: request.ip, ...place, note: call.note, request, reply };
      const value = await handler(validate(row, input), context);
      return value instanceof Raw ? (JSON.parse(value.text) as unknown) : value;
    } catch (error) {
      const refusal = toDomainError(error);
      call.errorCode = refusal.code;
      status = refusal.status;
      throw error;
    } finally {
      const { params, body } = input;
      const entry = toAuditEntry(call, { params, body, ip: request.ip, id: requestId }, status);
      if (entry !== undefined) await recordCall(services.audit, entry, request.log);
    }
  };
}
