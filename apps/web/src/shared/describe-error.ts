import type { TFunction } from 'i18next';
import type { Failure } from '../ui/failure.ts';
import { ApiError } from './api-error.ts';

type Translate = TFunction<'errors'> | ((key: string, options?: Record<string, unknown>) => string);

/**
 * What a failure says to a person: a title, what to do next, the cloud's own words, the findings per field, the request id.
 * `t` may be of any namespace; the texts are in `errors`.
 */
export function describeError(error: unknown, t: Translate): Failure {
  const say = t as (key: string, options?: Record<string, unknown>) => string; // one shape for both kinds of t
  if (!(error instanceof ApiError))
    return { title: say('errors:unexpected.title'), text: say('errors:unexpected.text') };
  const { code, details, requestId } = error;
  const title = say(`errors:${code}.title`, { defaultValue: error.message });
  return {
    title,
    text: textOf(error, say),
    ...(requestId ? { requestId } : {}),
    ...(details.cloud ? { cloud: details.cloud } : {}),
    ...(details.issues ? { issues: details.issues } : {}),
    ...(details.contains ? { contains: details.contains } : {}),
    ...(details.operation ? { operation: details.operation } : {}),
  };
}

function textOf(
  { code, details, message, row }: ApiError,
  say: (key: string, options?: Record<string, unknown>) => string,
): string {
  if (code === 'wrong_state' && details.reason) return say(`rules:${details.reason}`, { defaultValue: message });
  if (code === 'throttled' && details.retryAfterSeconds !== undefined)
    return say('errors:throttled.after', { count: Math.ceil(details.retryAfterSeconds) });
  // Only the platform knows what it lacks; its words come in English where they have no translation.
  if (code === 'unsupported' && details.reason)
    return row ? say(`rules:unsupported.${row}`, { defaultValue: details.reason }) : details.reason;
  const own = say(`errors:${code}.text`, { defaultValue: '' });
  return own || message;
}
