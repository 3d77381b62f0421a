import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { familyOf, survivorsOf } from './processes.ts';

const root = resolve(import.meta.dirname, '../../../..');
// Another build can be tested without touching the one in dist/.
const entry = resolve(root, process.env.WATERSTRIDER_E2E_SERVER ?? 'dist/server/main.js');

export const adminPassword = 'Correct-Horse-9-Battery';
const startWithinMs = 90_000;
/** Promised is 5 s; the rest is for a machine that does other things too. */
const stopWithinMs = 10_000;

export type ServerOptions = {
  /** More settings, as environment variables. */
  settings?: Record<string, string>;
  /** False: nobody has chosen a password yet. */
  hasAdmin?: boolean;
};

/** The real, built server in a process of its own, with data of its own. */
export class Server {
  url = '';
  private readonly folder: string;
  private readonly settings: Record<string, string>;
  private child: ChildProcess | undefined;
  private output = '';

  constructor({ settings = {}, hasAdmin = true }: ServerOptions) {
    this.folder = mkdtempSync(join(tmpdir(), 'waterstrider-e2e-'));
    // PostgreSQL runs under another user when the tests run as root.
    chmodSync(this.folder, 0o755);
    this.settings = {
      WATERSTRIDER_SIM_SPEED: '50',
      // With 200 connections a short one keeps a small machine busy.
      WATERSTRIDER_OBSERVE_SECONDS: '15',
      ...(hasAdmin ? { WATERSTRIDER_ADMIN_PASSWORD: adminPassword } : {}),
      ...settings,
      WATERSTRIDER_DATA_DIR: join(this.folder, 'data'),
    };
  }

  /** Starts it, a second time on the port of the first. */
  async start(): Promise<void> {
    const port = this.url === '' ? '0' : new URL(this.url).port;
    const child = spawn(process.execPath, [entry], {
      cwd: this.folder,
      env: { ...ownEnvironment(), ...this.settings, PORT: port },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    // It stops its PostgreSQL by itself; SIGKILL would leave that behind.
    process.once('exit', () => child.kill('SIGTERM'));
    const seen = this.output.length;
    const hear = (chunk: Buffer) => void (this.output += chunk.toString());
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    await until(
      () => /ready at \S+:(\d+)/.test(this.output.slice(seen)),
      startWithinMs,
      () => `The server did not start.\n${this.output}`,
      child,
    );
    const [, started] = /ready at \S+:(\d+)/.exec(this.output.slice(seen)) ?? [];
    this.url = `http://127.0.0.1:${started ?? port}`;
  }

  /** As a power cut would: the server is gone at once, its PostgreSQL is left behind. */
  async kill(): Promise<void> {
    const child = this.running();
    child.kill('SIGKILL');
    await ended(child);
    this.child = undefined;
  }

  /** SIGTERM; throws when it does not end well, or leaves a process behind. */
  async stop(): Promise<void> {
    const child = this.running();
    const family = familyOf(child.pid ?? -1);
    const startedMs = Date.now();
    child.kill('SIGTERM');
    await until(
      () => survivorsOf(family).length === 0,
      stopWithinMs,
      () => `Left running after SIGTERM: ${JSON.stringify(survivorsOf(family))}\n${this.output}`,
    );
    await ended(child);
    this.child = undefined;
    if (child.exitCode !== 0) throw new Error(`The server ended with ${String(child.exitCode)}.\n${this.output}`);
    if (family.length < 2) throw new Error('The server had no PostgreSQL below it: this test sees nothing.');
    console.log(`server stopped in ${String(Date.now() - startedMs)} ms, ${String(family.length)} processes`);
  }

  /** Stops what still runs and forgets the data; for the end of a test, whatever happened in it. */
  async end(): Promise<void> {
    try {
      if (this.child !== undefined) await this.stop();
    } finally {
      this.child?.kill('SIGKILL');
      rmSync(this.folder, { recursive: true, force: true });
    }
  }

  /** Everything it has written. */
  get log(): string {
    return this.output;
  }

  private running(): ChildProcess {
    if (this.child === undefined) throw new Error('The server is not running.');
    return this.child;
  }
}

/** A server that is ready. */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const server = new Server(options);
  try {
    await server.start();
  } catch (error) {
    await server.end();
    throw error;
  }
  return server;
}

// What the caller's shell holds for a server of its own is not meant for this one.
const ownEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(WATERSTRIDER_|HOST$|DATABASE_URL|PUBLIC_URL|TRUSTED_|API_GW|TUMBLE|SPIDER_)/.test(name),
    ),
  );

const isEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

async function ended(child: ChildProcess): Promise<void> {
  if (!isEnded(child)) await once(child, 'exit');
}

async function until(isTrue: () => boolean, withinMs: number, problem: () => string, child?: ChildProcess) {
  const deadline = Date.now() + withinMs;
  while (!isTrue()) {
    if (Date.now() > deadline || (child !== undefined && isEnded(child))) throw new Error(problem());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
