import type { FrameworkProblem, FrameworkState } from '@waterstrider/contract';

/** Readiness is public: one word of ours per problem, never an address or words of the framework. */
const details: Record<FrameworkProblem['key'], string> = {
  unreachable: 'not reachable',
  tls: 'TLS failed',
  timeout: 'no answer in time',
  cut: 'connection cut',
  notJson: 'answer is not JSON',
  tooLarge: 'answer is too large',
  redirected: 'redirects elsewhere',
  loginRefused: 'login refused',
  notTheFramework: 'another program answers',
  tooOld: 'version too old',
  notReady: 'not ready',
  notInitialised: 'not initialised',
  noConnections: 'no connections',
  noTemplates: 'no templates',
  throttled: 'throttled',
  failing: 'failing',
  archived: 'archived',
};
/** Work goes on with these. */
const harmless = new Set<FrameworkProblem['key']>([
  'notInitialised',
  'noConnections',
  'noTemplates',
  'throttled',
  'archived',
]);

/** How a framework is, in a few words; only CB-Tumblebug is needed. */
export function toFrameworkCheck(state: FrameworkState): {
  name: string;
  ok: boolean;
  optional: boolean;
  detail?: string;
} {
  const bad = state.problems.filter(({ key }) => !harmless.has(key));
  const shown = (bad.length > 0 ? bad : state.problems).map(({ key }) => details[key]);
  return {
    name: state.name,
    ok: bad.length === 0 && state.reachable && state.loginWorks !== false,
    optional: state.name !== 'tumblebug',
    ...(shown.length === 0 ? {} : { detail: [...new Set(shown)].join(', ') }),
  };
}
