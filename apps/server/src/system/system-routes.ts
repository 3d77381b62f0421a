import { DomainError } from '@waterstrider/contract';
import type { FastifyInstance } from 'fastify';
import type { Authenticator } from '../identity/authenticator.ts';
import { isLocal } from '../identity/setup.ts';
import type { Services } from '../services.ts';
import { runChecks } from './checks.ts';
import { metricsType, startMeasuring, writeMetrics } from './metrics.ts';

/** `/healthz`, `/readyz` and `/metrics`: for machines that look after this one. */
export function registerSystemRoutes(app: FastifyInstance, services: Services, authenticator: Authenticator): void {
  startMeasuring();
  const requests = new Map<string, number>();
  app.addHook('onResponse', (_request, reply, done) => {
    const status = String(reply.statusCode);
    requests.set(status, (requests.get(status) ?? 0) + 1);
    done();
  });

  app.get('/healthz', () => ({ ok: true }));
  app.get('/readyz', async (_request, reply) => {
    const { ready, checks } = await runChecks(services);
    return reply.code(ready ? 200 : 503).send({ ready, checks });
  });
  app.get('/metrics', async (request, reply) => {
    if (!isLocal(request, services.config)) {
      const actor = await authenticator.authenticate(request);
      if (!actor.admin) throw new DomainError('forbidden');
    }
    return reply.type(metricsType).send(writeMetrics(services, requests));
  });
}
