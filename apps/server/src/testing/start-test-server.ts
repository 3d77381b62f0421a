import type { FastifyInstance, InjectOptions } from 'fastify';
import { randomBytes } from 'node:crypto';
import { openDatabase } from '@waterstrider/store';
import { buildApp } from '../app.ts';
import { composeServices } from '../composition.ts';
import { readConfig, type Config } from '../config.ts';
import type { Services } from '../services.ts';
import { createLog } from '../system/log.ts';

export const adminPassword = 'Correct-Horse-Battery-9';
export const basic = (username: string, password: string): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
export const asAdmin = basic('admin', adminPassword);

export type Answer = { status: number; headers: Record<string, unknown>; text: string; body: unknown };
export type TestServer = {
  app: FastifyInstance;
  services: Services;
  databaseUrl: string;
  /** Everything that was logged, for tests that look for secrets. */
  logged(): string;
  /** A call as the admin unless `authorization` says otherwise (`''`: nobody). */
  call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, options?: CallOptions): Promise<Answer>;
  /** Waits until a task has ended; returns it. */
  ended(operationId: string): Promise<Record<string, unknown>>;
  stop(): Promise<void>;
};
export type CallOptions = {
  body?: unknown;
  authorization?: string;
  headers?: Record<string, string>;
  remoteAddress?: string;
};

/**
 * The real server without a socket: embedded engine, simulated clouds (200 times as fast) and a database of its own in the PostgreSQL of
 * TEST_DATABASE_URL. Answers are checked against their rows.
 */
export async function startTestServer(
  options: { withAdmin?: boolean; config?: Partial<Config> } = {},
): Promise<TestServer> {
  const database = await createDatabase();
  const lines: string[] = [];
  const config: Config = {
    ...readConfig({ DATABASE_URL: database.url, WATERSTRIDER_MASTER_KEY: randomBytes(32).toString('hex') }),
    ...(options.withAdmin === false ? {} : { adminPassword }),
    simulation: { speed: 200, faults: '' },
    logLevel: 'info',
    validateOutput: true,
    ...options.config,
  };
  const log = createLog(config.logLevel, (line) => void lines.push(line));
  const composed = await composeServices({ config, runtime: { url: database.url, kind: 'external' }, log });
  const app = await buildApp(composed.services, { log, setupCode: testSetupCode });
  await app.ready();
  const call = createCall(app);
  return {
    app,
    services: composed.services,
    databaseUrl: database.url,
    logged: () => lines.join(''),
    call,
    ended: (operationId) => waitUntilEnded(call, operationId),
    stop: async () => {
      await app.close();
      await composed.stop();
      await database.drop();
    },
  };
}

export const testSetupCode = 'TEST-SETU-PCDE';

function createCall(app: FastifyInstance): TestServer['call'] {
  return async (method, url, { body, authorization = asAdmin, headers = {}, remoteAddress } = {}) => {
    const request: InjectOptions = {
      method,
      url,
      headers: { host: 'localhost:1234', ...(authorization === '' ? {} : { authorization }), ...headers },
      ...(body === undefined ? {} : { payload: body as object }), // whatever a test sends
      ...(remoteAddress === undefined ? {} : { remoteAddress }),
    };
    const response = await app.inject(request);
    const isJson = String(response.headers['content-type']).startsWith('application/json');
    const parsed: unknown = isJson && response.payload !== '' ? JSON.parse(response.payload) : undefined;
    return { status: response.statusCode, headers: response.headers, text: response.payload, body: parsed };
  };
}

const longestWaitMs = 30_000;

async function waitUntilEnded(call: TestServer['call'], id: string): Promise<Record<string, unknown>> {
  const until = Date.now() + longestWaitMs;
  for (;;) {
    const { body } = await call('GET', `/api/operations/${id}`);
    const operation = body as Record<string, unknown>; // checked against its row
    if (operation.state !== 'pending' && operation.state !== 'running') return operation;
    if (Date.now() > until) throw new Error(`the task ${id} has not ended: ${JSON.stringify(operation)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** A database of its own, dropped by `drop`. */
async function createDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const server = process.env.TEST_DATABASE_URL;
  if (server === undefined) throw new Error('TEST_DATABASE_URL is not set: these tests need a PostgreSQL.');
  const name = `server_${randomBytes(6).toString('hex')}`;
  const administer = async (statement: string): Promise<void> => {
    const sql = openDatabase(server, { max: 1 });
    try {
      await sql.unsafe(statement);
    } finally {
      await sql.end({ timeout: 1 });
    }
  };
  await administer(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administer(`drop database if exists ${name} with (force)`) };
}
