import { createContext, use } from 'react';

/** A failure in words. */
export interface Failure {
  /** What happened. */
  title: string;
  /** What to do next. */
  text: string;
  requestId?: string;
  /** The cloud's own code and words, never translated. */
  cloud?: { code: string; message: string };
  issues?: { field: string; reason: string }[];
  /** What stands in the way of a deletion. */
  contains?: { kind: string; name: string }[];
  /** The running task of a `busy` answer. */
  operation?: string;
}

/** Turns what was thrown into words; the app gives its `describeError`. */
export const FailureContext = createContext<(error: unknown) => Failure>((error) => ({
  title: error instanceof Error ? error.message : String(error),
  text: '',
}));

/** `describeError` of the app, with the language on screen. */
export const useDescribeError = (): ((error: unknown) => Failure) => use(FailureContext);
