import { DomainError, type ErrorCode } from '@waterstrider/contract';
import { frameworkTitles } from './framework-titles.ts';
import { UpstreamError } from './upstream-error.ts';

// Reports of several lines, and failures that quote what lies below, speak of other things than the named object.
const longestVerdict = 200;
const quotesOthers = /\bfailed (to(?! find)|for)\b|\bfailed[:;]|\(from \S+\/spider\//i;
const verdicts: [ErrorCode, RegExp][] = [
  ['in_use', /still referenced by|\bis not empty\b|^cannot delete .*\bhas \d+ subnet/i],
  ['wrong_state', /is not allowed for \S+ under|is not a deletable status/i],
  ['not_found', /not exist\b|not found\b|not valid namespace|failed to find|\bcan(not| not|'t) find|\bno \S+ found\b/i],
  ['exists', /\balready exists?\b/i],
];
// Echo's answer for a path it has no route for, which says nothing about an object.
const isUnknownRoute = (error: UpstreamError): boolean => error.status === 404 && /^not found\.?$/i.test(error.message);
// A gateway before the framework, or the framework itself while it starts or is overrun.
const passingStatuses = new Set([502, 503, 504]);

/** What the first line says of the object, where it is short and nothing but a verdict. */
function verdictOf(error: UpstreamError): ErrorCode | undefined {
  const [line = '', ...more] = error.message.split('\n');
  if (line.length > longestVerdict || quotesOthers.test(line) || isUnknownRoute(error)) return undefined;
  const [code] = verdicts.find(([, says]) => says.test(line)) ?? [];
  // CB-Tumblebug lists what is left in a namespace below its verdict; every other list is a report.
  return more.length === 0 || code === 'in_use' ? code : undefined;
}

function refusalToDomainError(error: UpstreamError): DomainError {
  const words = error.message;
  const verdict = verdictOf(error);
  if (verdict !== undefined) return new DomainError(verdict, { reason: words }, { cause: error });
  const code = `${error.framework}_${error.status ?? 'refused'}`;
  const cloud = { code, message: words };
  if (error.status !== undefined && passingStatuses.has(error.status)) {
    const reason = `${frameworkTitles[error.framework]} is not able to answer now: ${words}`;
    return new DomainError('unavailable', { reason, cloud }, { cause: error });
  }
  return new DomainError(
    'cloud_failure',
    { cloud },
    { cause: error, message: `${frameworkTitles[error.framework]}: ${words}` },
  );
}

function upstreamToDomainError(error: UpstreamError): DomainError {
  const title = frameworkTitles[error.framework];
  switch (error.fault) {
    case 'refused':
      return refusalToDomainError(error);
    case 'loginRefused': {
      const reason = `${title} refused the login of this console. An administrator finds its settings on the Platform page.`;
      return new DomainError('unavailable', { reason }, { cause: error });
    }
    case 'throttled': {
      const reason = `${title} asks for fewer requests. Try again in a moment.`;
      const retryAfterSeconds = Math.max(1, Math.ceil((error.retryAfterMs ?? 1000) / 1000));
      return new DomainError('unavailable', { reason, retryAfterSeconds }, { cause: error });
    }
    case 'unreachable':
    case 'tls':
    case 'timeout':
    case 'cut':
    case 'notJson':
    case 'tooLarge':
    case 'redirected':
    case 'aborted':
      return new DomainError('unavailable', { reason: error.message, fault: error.fault }, { cause: error });
  }
}

/** A framework's failure in the product's codes, its own words kept. Every other error comes back as it is. */
export function toDomainError(error: UpstreamError): DomainError;
export function toDomainError(error: unknown): unknown;
export function toDomainError(error: unknown): unknown {
  return error instanceof UpstreamError ? upstreamToDomainError(error) : error;
}
