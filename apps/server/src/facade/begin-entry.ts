import { FacadeError, type FacadeRoute, type LoggedRequest, type RequestLog } from '@waterstrider/cloud-barista/facade';
import type { FastifyRequest } from 'fastify';
import { stateOf } from './facade-state.ts';

const isPolled = ({ method, path, permission }: FacadeRoute, { option }: { option?: unknown }): boolean =>
  permission === 'public' ||
  /^\/requests?(?:\/|$)/.test(path) ||
  (method === 'GET' &&
    (/\/(?:k8sCluster|resources\/(?:vNet|securityGroup|sshKey|customImage|dataDisk|nlb))$/.test(path) ||
      (/\/infra(?:\/:infraId)?$/.test(path) && option !== undefined)));

/** Undefined for what is asked again and again. Throws 500, as upstream does, for an id that is still known. */
export function beginEntry(route: FacadeRoute, request: FastifyRequest, log: RequestLog): LoggedRequest | undefined {
  if (isPolled(route, request.query as { option?: unknown })) return undefined; // Fastify's own query
  const state = stateOf(request);
  const { method, url, headers, body } = request;
  const names = ['content-type', 'user-agent', 'x-credential-holder', 'x-request-source', 'x-request-id'];
  const header = Object.fromEntries(
    names.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]]] : [])),
  );
  const isSecret = route.path === '/credential';
  const info = { method, url, header, ...(body === undefined || isSecret ? {} : { body }) };
  const entry = log.begin({ id: state.id, username: state.actor?.username ?? '', info });
  if (entry === undefined) throw new FacadeError(500, 'the X-Request-Id is already in use');
  return entry;
}
