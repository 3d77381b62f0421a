import type { FrameworkName } from '@waterstrider/contract';
import { cleanWords, excerptOf, looksLikeHtml } from './clean-words.ts';
import type { Answer } from './exchange.ts';
import { frameworkTitles } from './framework-titles.ts';
import { toFields } from './tumblebug-fields.ts';
import { UpstreamError, type UpstreamFault } from './upstream-error.ts';

export type AnswerSource = {
  framework: FrameworkName;
  url: string;
  redact: (text: string) => string;
  now: () => number;
};

function headerOf(answer: Answer, name: string): string {
  const value = answer.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

/** Seconds or an HTTP date. */
function retryAfterMsOf(answer: Answer, now: number): number | undefined {
  const value = headerOf(answer, 'retry-after').trim();
  const waitMs = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(waitMs) ? Math.max(0, waitMs) : undefined;
}

function redirectTargetOf(answer: Answer, url: string): string {
  const location = headerOf(answer, 'location');
  return URL.canParse(location, url) ? cleanWords(new URL(location, url).host, 200) : 'an unnamed address';
}

function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown }; // nothing is known of it yet
  } catch {
    return undefined;
  }
}

/** `{message}` (all four), `{output}` and plain text (the archived ones), `{error}` (gateways). */
function refusalWords(text: string, status: number): string {
  const json = parsed(text);
  const fields = toFields(json?.value);
  const told = [fields.message, fields.output, fields.error].find((value) => value !== undefined && value !== null);
  const words = typeof told === 'string' ? told : told === undefined ? text : JSON.stringify(told);
  return cleanWords(words) || `HTTP ${status} without a reason.`;
}

/**
 * The JSON of an answer; undefined when it is empty.
 * @throws UpstreamError for every other answer
 */
export function readAnswer(answer: Answer, source: AnswerSource): unknown {
  const { status } = answer;
  const title = frameworkTitles[source.framework];
  const failure = (fault: UpstreamFault, message: string, retryAfterMs?: number): UpstreamError =>
    new UpstreamError({
      framework: source.framework,
      fault,
      message: source.redact(message),
      status,
      maySent: true,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });

  if (status >= 300 && status < 400)
    throw failure(
      'redirected',
      `${title} at ${source.url} answered with a redirect to ${redirectTargetOf(answer, source.url)}, which is not followed.`,
    );
  if (status === 401) throw failure('loginRefused', `${title} at ${source.url} refused the login of this console.`);
  if (status === 429)
    throw failure('throttled', `${title} asks for fewer requests.`, retryAfterMsOf(answer, source.now()));

  const text = answer.body.toString('utf8');
  const contentType = headerOf(answer, 'content-type');
  const notJson = (): UpstreamError =>
    failure(
      'notJson',
      `${title} at ${source.url} answered HTTP ${status} without JSON: ${excerptOf(text) || 'no text'}`,
    );

  if (status >= 400)
    throw looksLikeHtml(contentType, text) ? notJson() : failure('refused', refusalWords(text, status));
  if (answer.body.length === 0) return undefined;
  const json = contentType === '' || /\bjson\b/i.test(contentType) ? parsed(text) : undefined;
  if (json === undefined) throw notJson();
  return json.value;
}
