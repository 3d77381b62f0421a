import type { FrameworkProblem } from '@waterstrider/contract';
import {
  failedFindings,
  problemOf,
  strangerFindings,
  type Findings,
  type Probe,
  type Reply,
} from './framework-probe.ts';
import { known, textOf, toFields, toList } from './tumblebug-fields.ts';

const archived: FrameworkProblem = { key: 'archived' };
const withArchived = (findings: Findings): Findings => ({ ...findings, problems: [...findings.problems, archived] });
const problemsOf = (replies: Reply[]): FrameworkProblem[] =>
  replies.flatMap((reply) => (reply.ok ? [] : [problemOf(reply.error)]));

/** CB-Dragonfly v0.8: how many agents and alert tasks it has, and how it collects. */
export async function checkDragonfly(probe: Probe): Promise<Findings> {
  const health = await probe.ask('/healthcheck');
  if (!health.ok) return withArchived(failedFindings(health.error));
  const [config, agents, tasks] = await Promise.all([
    probe.ask('/config'),
    probe.ask('/agents/metadata'),
    probe.ask('/alert/tasks'),
  ]);
  const policy = toFields(config.ok ? config.answer : undefined);
  if (config.ok && !('monitoring_policy' in policy) && !('default_policy' in policy))
    return withArchived(strangerFindings('dragonfly'));
  return withArchived({
    reachable: true,
    ...(config.ok ? { loginWorks: true } : {}),
    facts: known({
      agents: agents.ok ? Object.keys(toFields(agents.answer)).length : undefined,
      alertTasks: tasks.ok ? toList(tasks.answer).length : undefined,
      policy: textOf(policy, 'default_policy'),
      agentPolicy: textOf(policy, 'monitoring_policy'),
    }),
    problems: problemsOf([config, agents, tasks]).slice(0, 1),
  });
}

/** CB-Ladybug v0.7: how many clusters its namespace `default` has. */
export async function checkLadybug(probe: Probe): Promise<Findings> {
  // Its health is plain text: only the list of clusters tells that it is CB-Ladybug.
  const health = await probe.ask('/healthy');
  const isHealthText = !health.ok && health.error.fault === 'notJson' && health.error.status === 200;
  if (!health.ok && !isHealthText) return withArchived(failedFindings(health.error));
  const clusters = await probe.ask('/ns/default/clusters');
  const said = isHealthText && /ladybug|mcks/i.test(health.error.message);
  if (!clusters.ok) {
    if (!said) return withArchived(strangerFindings('ladybug'));
    return withArchived(failedFindings(clusters.error));
  }
  const list = toFields(clusters.answer);
  if (list.kind !== 'ClusterList') return withArchived(strangerFindings('ladybug'));
  const facts = { clusters: toList(list.items).length };
  return withArchived({ reachable: true, loginWorks: true, facts, problems: [] });
}
