import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import { DomainError, rows, type PlatformRowName, type RowName } from '@waterstrider/contract';
import Fastify, { LogController, type FastifyInstance } from 'fastify';
import { randomUUID } from 'node:crypto';
import { createAuditHandlers } from './audit/audit-handlers.ts';
import { createCatalogueHandlers } from './catalogue/catalogue-handlers.ts';
import { createCloudSystemHandlers } from './catalogue/cloud-system-handlers.ts';
import type { Config } from './config.ts';
import { registerEventStream } from './events/stream.ts';
import { registerFacade } from './facade/register-facade.ts';
import { compressJson } from './http/compress-json.ts';
import { bodyLimit, registerBodyParser } from './http/body.ts';
import { answerClientError, errorBody, registerErrorHandler, sendError } from './http/errors.ts';
import { writeOpenApi } from './http/openapi.ts';
import { isApiPath, isNavigation, registerStaticFiles } from './http/static-files.ts';
import { createAuthenticator } from './identity/authenticator.ts';
import { createIdentityHandlers } from './identity/identity-handlers.ts';
import { newSetupCode } from './identity/setup.ts';
import { createInventoryHandlers } from './inventory/handlers.ts';
import { createOperationHandlers } from './operations/operation-handlers.ts';
import type { ConsoleHandlers } from './pipeline/handlers.ts';
import { createPlatformHandler } from './pipeline/platform-rows.ts';
import { registerRows, type AnyHandler, type FindHandler } from './pipeline/register-rows.ts';
import type { Services } from './services.ts';
import { createSimulationHandlers } from './simulation/simulation-handlers.ts';
import { createLog, type Log } from './system/log.ts';
import { createPlatformSettingsHandlers } from './system/platform-settings-handlers.ts';
import { createSystemHandlers } from './system/system-handlers.ts';
import { registerSystemRoutes } from './system/system-routes.ts';

export type AppOptions = {
  /** For the first visit from another machine; printed at start. */
  setupCode?: string;
  /** The built web app; without it only the API is served. */
  webDir?: string;
  /** Silent without it. */
  log?: Log;
};

/** The HTTP server over ready services. `close()` ends it; the services belong to the caller. */
export async function buildApp(services: Services, options: AppOptions = {}): Promise<FastifyInstance> {
  const app = createServer(services.config, options);
  const authenticator = createAuthenticator(services);
  app.addHook('onReady', () => authenticator.start());
  app.addHook('onClose', () => authenticator.stop());

  registerErrorHandler(app);
  registerBodyParser(app);
  await registerPlugins(app, services.config);
  registerSystemRoutes(app, services, authenticator);
  registerDocument(app);

  const tools = { authenticator, setupCode: options.setupCode ?? newSetupCode() };
  const handlers: ConsoleHandlers = {
    ...createIdentityHandlers(services, tools),
    ...createAuditHandlers(services),
    ...createCatalogueHandlers(services),
    ...createCloudSystemHandlers(services),
    ...createSystemHandlers(services),
    ...createPlatformSettingsHandlers(services),
    ...createSimulationHandlers(services),
    ...createInventoryHandlers(services),
    ...createOperationHandlers(services),
  };
  const findHandler = toFindHandler(services, handlers);
  registerRows(app, { services, authenticator, findHandler });
  registerEventStream(app, services, authenticator);
  await registerFacade(app, { services, authenticator, findHandler });

  const sendPage = options.webDir === undefined ? undefined : await registerStaticFiles(app, options.webDir);
  app.setNotFoundHandler((request, reply) => {
    if (sendPage !== undefined && !isApiPath(request.url) && isNavigation(request)) return sendPage(reply);
    return sendError(new DomainError('not_found', { reason: 'There is nothing at this address.' }), request, reply);
  });
  return app;
}

function createServer(config: Config, { log }: AppOptions): FastifyInstance {
  return Fastify({
    loggerInstance: log ?? createLog('silent', () => undefined),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    trustProxy: config.trustedProxies.length === 0 ? false : config.trustedProxies,
    bodyLimit,
    // Whoever idles on keep-alive must not hold up the end.
    forceCloseConnections: 'idle',
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => {
      request.log.debug({ err: error }, 'an address was refused');
      const refused = new DomainError('invalid', { reason: 'The address is not well formed.' });
      reply.raw.writeHead(refused.status, { 'content-type': 'application/json; charset=utf-8' });
      reply.raw.end(errorBody(refused, request.id));
    },
  });
}

async function registerPlugins(app: FastifyInstance, config: Config): Promise<void> {
  const isHttps = config.publicUrl?.protocol === 'https:';
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        connectSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: isHttps ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
  await app.register(cookie);
  compressJson(app);
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    if (isApiPath(request.url)) reply.header('cache-control', 'no-store');
    done();
  });
}

function registerDocument(app: FastifyInstance): void {
  let text: string | undefined;
  app.get('/api/openapi.json', (_request, reply) =>
    reply.type('application/json; charset=utf-8').send((text ??= writeOpenApi())),
  );
}

function toFindHandler(services: Services, handlers: ConsoleHandlers): FindHandler {
  const isPlatformRow = (name: RowName): name is PlatformRowName => rows[name].keeper === 'platform';
  // The table gives each row a handler of its exact types; the pipeline parses by the same row.
  const table = handlers as unknown as Partial<Record<RowName, AnyHandler>>;
  return (name) => (isPlatformRow(name) ? createPlatformHandler(name, services, handlers) : table[name]);
}
