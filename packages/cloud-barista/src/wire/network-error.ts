import { cleanWords } from './clean-words.ts';

/** Node's or undici's code of an error; of the first one where several addresses were tried. */
export function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

const tlsCodes =
  /^(ERR_TLS_|ERR_SSL_|CERT_|CRL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERROR_IN_C|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_|EPROTO)/;

/** The connection was made, but not made secure. */
export const isTlsError = (error: unknown): boolean =>
  tlsCodes.test(codeOf(error)) ||
  (error instanceof Error && codeOf(error) === 'ECONNRESET' && /secure TLS connection/.test(error.message));

/** What the network said, in one line. */
export function wordsOf(error: unknown): string {
  if (error instanceof AggregateError) return cleanWords(error.errors.map(wordsOf).join('; '), 300);
  if (!(error instanceof Error)) return '';
  const code = codeOf(error);
  // OpenSSL's own line names source files; its reason says the same.
  const text = 'reason' in error && typeof error.reason === 'string' ? error.reason : error.message;
  const message = cleanWords(text.replace(/\s+/g, ' '), 300);
  return code === '' || message.includes(code) ? message : `${message} (${code})`;
}
