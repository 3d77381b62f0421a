import type { NamespaceRecord, Role } from '@waterstrider/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Whoever is signed in, as of this request. */
export type Actor = {
  userId: string;
  username: string;
  admin: boolean;
  /** Role per namespace id. */
  roles: ReadonlyMap<string, Role>;
  via: 'cookie' | 'basic' | 'token';
  /** Of a cookie. */
  sessionId?: string;
  /** When the session ends for good, ISO 8601; of a cookie. */
  expiresAt?: string;
};

/** What a handler knows of its call. Public rows have no actor to speak of: they never look at it. */
export type RequestContext = {
  actor: Actor;
  requestId: string;
  /** Of the client, behind trusted proxies too. */
  address: string;
  /** Set when the path has `:ns`; the actor is a member of it. */
  namespace?: NamespaceRecord;
  /** What a handler knows better than the request, for the audit trail. */
  note: AuditNote;
  request: FastifyRequest;
  reply: FastifyReply;
};

/** Never holds a secret. `actor`: whoever tried to sign in. */
export type AuditNote = { actor?: string; target?: string; operation?: string };

/** What the actor may do in a namespace; undefined: it does not exist for them. */
export function roleIn(actor: Actor, namespaceId: string): 'admin' | Role | undefined {
  return actor.admin ? 'admin' : actor.roles.get(namespaceId);
}
