import type { FastifyBaseLogger } from 'fastify';
import type { Config } from '../config.ts';

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
type Level = (typeof levels)[number];
type Write = (line: string) => void;

/** Whole lines of JSON on standard error: time, level, message, details. */
export type Log = FastifyBaseLogger;

/** Of a thrown error only type, message, code and stack are kept: its other fields may hold queries with secrets. */
export function createLog(level: Config['logLevel'], write: Write, bindings: object = {}): Log {
  const least = level === 'silent' ? levels.length : levels.indexOf(level);
  const at =
    (name: Level) =>
    (details: unknown, message?: unknown): void => {
      if (levels.indexOf(name) >= least) write(`${format(name, { ...bindings, ...toDetails(details, message) })}\n`);
    };
  return {
    level,
    trace: at('trace'),
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    fatal: at('fatal'),
    silent: () => undefined,
    child: (more: object) => createLog(level, write, { ...bindings, ...shown(more) }),
  };
}

function toDetails(details: unknown, message: unknown): object {
  if (typeof details === 'string') return { message: details };
  const text = typeof message === 'string' ? { message } : {};
  if (details instanceof Error) return { err: toPlainError(details), ...text };
  return { ...shown(details), ...text };
}

// Requests and replies of Fastify: their headers and bodies stay out.
const hiddenKeys = new Set(['req', 'res', 'request', 'reply', 'serializers', 'options']);

function shown(details: unknown): object {
  if (typeof details !== 'object' || details === null) return {};
  const entries = Object.entries(details).filter(([key]) => !hiddenKeys.has(key));
  return Object.fromEntries(entries.map(([key, value]) => [key, value instanceof Error ? toPlainError(value) : value]));
}

function toPlainError(error: Error, depth = 0): object {
  const code: unknown = Reflect.get(error, 'code');
  return {
    type: error.name,
    message: error.message,
    ...(typeof code === 'string' ? { code } : {}),
    stack: error.stack,
    ...(error.cause instanceof Error && depth < 3 ? { cause: toPlainError(error.cause, depth + 1) } : {}),
  };
}

function format(level: Level, fields: object): string {
  const head = { time: new Date().toISOString(), level };
  try {
    return JSON.stringify({ ...head, ...fields });
  } catch {
    // A circular or otherwise unwritable detail must not lose the line.
    const message: unknown = Reflect.get(fields, 'message');
    return JSON.stringify({ ...head, message });
  }
}
