import type { InfraReview } from '@waterstrider/contract';
import { useEffect, useRef, useState } from 'react';
import { api } from '../../shared/api.ts';
import { readReview } from './review-document.ts';
import type { ReviewRequest } from './review-document.ts';

const waitMs = 400;

interface Answer {
  /** The request it answers, as text. */
  of: string;
  review?: InfraReview;
  error?: unknown;
}

export interface ReviewState {
  /** The latest answer; it stays while the next is on its way. */
  review: InfraReview | undefined;
  /** The figures are not of what is on screen (yet). */
  isOld: boolean;
  isChecking: boolean;
  /** Of the latest request. */
  error: unknown;
  retry: () => void;
}

/**
 * The server's dry run of a request, repeated 400 ms after its last change; what is no longer asked is
 * aborted. `circumstances`: whatever else the answer hangs on; when it changes, it is asked again.
 */
export function useReview(ns: string, request: ReviewRequest | undefined, circumstances: string): ReviewState {
  const [answer, setAnswer] = useState<Answer>();
  const [attempt, setAttempt] = useState(0);
  const text = request && JSON.stringify([ns, request, circumstances, attempt]);
  const latest = useRef(request);
  latest.current = request;

  useEffect(() => {
    const asked = latest.current;
    if (text === undefined || !asked) return;
    const controller = new AbortController();
    const ask = async () => {
      try {
        const review = await api('reviewInfra', { params: { ns }, body: asked.body, signal: controller.signal });
        setAnswer({ of: text, review: readReview(review, asked) });
      } catch (error) {
        if (controller.signal.aborted) return;
        setAnswer((before) => ({ of: text, error, ...(before?.review ? { review: before.review } : {}) }));
      }
    };
    const timer = setTimeout(() => void ask(), waitMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [ns, text]);

  const isCurrent = answer !== undefined && answer.of === text;
  return {
    review: answer?.review,
    isOld: !isCurrent || answer.error !== undefined,
    isChecking: text !== undefined && !isCurrent,
    error: isCurrent ? answer.error : undefined,
    retry: () => setAttempt((before) => before + 1),
  };
}
