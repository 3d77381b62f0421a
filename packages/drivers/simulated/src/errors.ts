import { CloudError } from '@waterstrider/engine/ports';
import { complaints, type Complaint, type Vocabulary } from './vocabulary/index.ts';

export type ComplaintDetails = { thing?: string; state?: string; retryAfterMs?: number };

/** Code and text of a complaint with its blanks filled in. */
export const wordsOf = (
  vocabulary: Vocabulary,
  complaint: Complaint,
  details: ComplaintDetails = {},
): { code: string; message: string } => {
  const [code, template] = vocabulary[complaint];
  const message = template
    .replace('{thing}', () => details.thing ?? 'the request')
    .replace('{state}', () => details.state ?? 'changing');
  return { code, message };
};

/** The error a client of this cloud would see. */
export const complain = (vocabulary: Vocabulary, complaint: Complaint, details: ComplaintDetails = {}): CloudError => {
  const { code, message } = wordsOf(vocabulary, complaint, details);
  return new CloudError(
    complaints[complaint],
    code,
    message,
    details.retryAfterMs === undefined ? {} : { retryAfterMs: details.retryAfterMs },
  );
};

/** The request never reached the cloud. */
export const unreachable = (reason: string, cause?: unknown): CloudError =>
  new CloudError('unreachable', 'ConnectionFailed', reason, { cause });

/** The request was sent and no answer came. */
export const noAnswer = (reason: string, cause?: unknown): CloudError =>
  new CloudError('unknown_outcome', 'NoAnswer', reason, { cause });

/** What went wrong under the world: its database is this cloud's machinery, so nobody's own error class leaks out. */
export const toCloudError = (error: unknown, isChange: boolean): CloudError => {
  if (error instanceof CloudError) return error;
  const reason = 'The simulated world does not answer.';
  return isChange ? noAnswer(reason, error) : unreachable(reason, error);
};
