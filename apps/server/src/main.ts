import { DomainError } from '@waterstrider/contract';
import { DatabaseStartError, startDatabase, type DatabaseRuntime } from '@waterstrider/store/runtime';
import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { buildApp } from './app.ts';
import { checkSimulationSettings, composeServices, openPreparedDatabase } from './composition.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { newSetupCode } from './identity/setup.ts';
import { Closers } from './system/closers.ts';
import { createLog } from './system/log.ts';
import { product, version } from './system/product.ts';
import { rotateKey } from './system/rotate-key.ts';

const usage = `Usage: main.js [rotate-key]
  without a command   starts the server
  rotate-key          encrypts all stored secrets under a new master key`;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

const closers = new Closers({ deadlineMs: 4_700, onError: (error) => complain(describe(error)) });

/** A failure whose message is for the person who starts the server. */
const isForPeople = (error: unknown): error is Error =>
  error instanceof ConfigError || error instanceof DatabaseStartError || error instanceof DomainError;

const describe = (error: unknown): string =>
  isForPeople(error) ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);

async function end(exitCode: number): Promise<never> {
  await closers.close();
  process.exit(exitCode);
}

// V8 is lazy by default: with 10,000 servers it keeps three times what is used. For a Raspberry Pi it collects earlier.
setFlagsFromString('--max-semi-space-size=8');
setFlagsFromString('--heap-growing-percent=40');

let endingSince: number | undefined;
function endOnSignal(signal: NodeJS.Signals): void {
  if (endingSince !== undefined) {
    // One Ctrl-C arrives twice, from the terminal and from npm; a later one means: now.
    if (Date.now() - endingSince > 1_000) process.exit(130);
    return;
  }
  endingSince = Date.now();
  say(`${signal}: stopping`);
  void end(0);
}

async function startRuntime(config: Config): Promise<DatabaseRuntime> {
  const runtime = await startDatabase({
    dataDir: config.dataDir,
    ...(config.databaseUrl === undefined ? {} : { databaseUrl: config.databaseUrl }),
    log: say,
  });
  await closers.add('database', () => runtime.stop());
  runtime.onExit((reason) => {
    complain(`${reason}. The server stops; start it again.`);
    void end(1);
  });
  return runtime;
}

async function serve(config: Config): Promise<void> {
  checkSimulationSettings(config);
  await requireFreePort(config);
  const runtime = await startRuntime(config);
  const log = createLog(config.logLevel, (line) => process.stderr.write(line));
  const composed = await composeServices({ config, runtime, log });
  await closers.add('services', () => composed.stop());
  const setupCode = newSetupCode();
  const app = await buildApp(composed.services, { setupCode, webDir: findWebDir(), log });
  await closers.add('http', async () => {
    // Open calls get a moment to end; event streams end themselves at once.
    const cut = setTimeout(() => app.server.closeAllConnections(), 1_000);
    await app.close();
    clearTimeout(cut);
  });
  await listen(app, config);
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  greet({ config, port, setupCode, needsSetup: !(await composed.services.identity.hasUsers()) });
}

async function listen(app: Awaited<ReturnType<typeof buildApp>>, config: Config): Promise<void> {
  try {
    await app.listen({ host: config.host, port: config.port });
  } catch (error) {
    throw readListenError(error, config);
  }
}

/** Before PostgreSQL is started for nothing. */
function requireFreePort(config: Config): Promise<void> {
  if (config.port === 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => reject(readListenError(error, config)));
    probe.listen({ host: config.host, port: config.port, exclusive: true }, () => probe.close(() => resolve()));
  });
}

function readListenError(error: unknown, config: Config): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const place = `port ${String(config.port)} of ${config.host}`;
  if (code === 'EADDRINUSE') {
    return new ConfigError(`Another program listens on ${place}. Stop it, or set PORT to another number.`);
  }
  if (code === 'EACCES') return new ConfigError(`This user may not listen on ${place}. Set PORT to 1024 or above.`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new ConfigError(`HOST: ${config.host} is no address of this machine.`);
  return error;
}

function greet(options: { config: Config; port: number; setupCode: string; needsSetup: boolean }): void {
  const { config, port, setupCode, needsSetup } = options;
  const address = config.publicUrl?.origin ?? `http://${shownHost(config.host)}:${String(port)}`;
  say(`${product} ${version} is ready at ${address}`);
  if (!needsSetup) return;
  say('Open it and choose a password for the user "admin".');
  say(`From another machine it asks for this one-time code: ${setupCode}`);
}

function shownHost(host: string): string {
  if (['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

/** Beside the bundle, or in the repository when the sources are run. */
function findWebDir(): string {
  const beside = join(import.meta.dirname, '..', 'web');
  return existsSync(join(beside, 'index.html')) ? beside : join(import.meta.dirname, '..', '..', '..', 'dist', 'web');
}

async function rotate(config: Config): Promise<void> {
  const runtime = await startRuntime(config);
  const database = await openPreparedDatabase(runtime.url);
  await closers.add('pool', () => database.sql.end({ timeout: 1 }));
  const sealed = await rotateKey(config, database);
  const where = config.masterKey === undefined ? '' : ' Start the servers with it as WATERSTRIDER_MASTER_KEY.';
  say(`${String(sealed)} secret(s) are encrypted under the new master key.${where}`);
  await end(0);
}

async function main(command: string | undefined): Promise<void> {
  if (command !== undefined && command !== 'rotate-key') {
    complain(usage);
    process.exit(2);
  }
  process.on('SIGTERM', endOnSignal);
  process.on('SIGINT', endOnSignal);
  process.on('uncaughtException', (error) => {
    // postgres.js may throw from a socket that the end has closed under it: nothing is kept from then on anyway.
    if (endingSince !== undefined) return;
    endingSince = Date.now();
    complain(describe(error));
    void end(1);
  });
  try {
    const config = readConfig(process.env);
    if (config.databaseUrl === undefined) mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
    await (command === 'rotate-key' ? rotate(config) : serve(config));
  } catch (error) {
    // A signal during the start makes what was under way fail: that is no failure.
    if (endingSince !== undefined) return;
    endingSince = Date.now();
    complain(describe(error));
    await end(1);
  }
}

await main(process.argv[2]);
