import type { FrameworkName, FrameworkProblem, FrameworkState } from '@waterstrider/contract';
import { frameworkTitles } from './framework-titles.ts';
import { UpstreamError } from './upstream-error.ts';
import type { Upstream } from './upstream.ts';

/** What a check of one framework found out; the rest of its state is known before. */
export type Findings = Pick<FrameworkState, 'reachable' | 'problems'> &
  Partial<Pick<FrameworkState, 'loginWorks' | 'initialised' | 'version' | 'facts'>>;

export type Reply = { ok: true; answer: unknown } | { ok: false; error: UpstreamError };

/** Asks one framework within the time that its whole check has. */
export type Probe = {
  upstream: Upstream;
  /** @throws UpstreamError */
  get(path: string, query?: Record<string, string>): Promise<unknown>;
  /** The same, with the failure as a value. */
  ask(path: string, query?: Record<string, string>): Promise<Reply>;
};

export function createProbe(upstream: Upstream, timeoutMs: number): Probe {
  const deadline = performance.now() + timeoutMs;
  const get: Probe['get'] = (path, query) =>
    upstream.call({
      method: 'GET',
      path,
      ...(query === undefined ? {} : { query }),
      timeoutMs: Math.max(1, deadline - performance.now()),
    });
  return {
    upstream,
    get,
    ask: async (path, query) => {
      try {
        return { ok: true, answer: await get(path, query) };
      } catch (error) {
        if (!(error instanceof UpstreamError)) throw error;
        return { ok: false, error };
      }
    },
  };
}

const unheard: ReadonlySet<UpstreamError['fault']> = new Set(['unreachable', 'tls', 'timeout', 'aborted']);
const isOverrunOrDown = (status: number | undefined): boolean => status !== undefined && status >= 500;

const strangerText = (framework: FrameworkName, words?: string): string =>
  `${frameworkTitles[framework]} is not at this address, which ends in /${framework} as a rule.` +
  (words === undefined ? '' : ` The answer was: ${words}`);

/** A failed call as the Platform page names it. A gateway tells of itself by 404 (no such framework) and 5xx (it is down). */
export function problemOf(error: UpstreamError): FrameworkProblem {
  const { fault, status, message: text } = error;
  if (fault === 'aborted') return { key: 'timeout', text };
  if (fault === 'refused' || fault === 'notJson') {
    if (status === 404) return { key: 'notTheFramework', text: strangerText(error.framework, text) };
    if (status === 403 || status === 407) return { key: 'loginRefused', text };
    if (fault === 'refused' || isOverrunOrDown(status)) return { key: 'failing', text };
  }
  return { key: fault, text };
}

/** The findings when nothing more can be asked. */
export function failedFindings(error: UpstreamError): Findings {
  const problem = problemOf(error);
  return {
    reachable: !unheard.has(error.fault),
    ...(problem.key === 'loginRefused' ? { loginWorks: false } : {}),
    problems: [problem],
  };
}

/** Something answers there, but not this framework. */
export const strangerFindings = (framework: FrameworkName): Findings => ({
  reachable: true,
  problems: [{ key: 'notTheFramework', text: strangerText(framework) }],
});
