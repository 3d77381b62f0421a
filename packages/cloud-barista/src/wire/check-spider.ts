import { failedFindings, strangerFindings, type Findings, type Probe } from './framework-probe.ts';
import { textOf, textsOf, toFields } from './tumblebug-fields.ts';

/** Reachable, ready, the version it tells, and the login. */
export async function checkSpider(probe: Probe): Promise<Findings> {
  const [health, versionReply] = await Promise.all([probe.ask('/readyz'), probe.ask('/version')]);
  if (!health.ok) {
    const { error } = health;
    if (error.fault === 'refused' && error.status === 503 && /spider/i.test(error.message))
      return { reachable: true, problems: [{ key: 'notReady', text: error.message }] };
    // Older ones have no /readyz: the list of clouds tells them.
    if (error.fault !== 'refused' || error.status !== 404) return failedFindings(error);
  }
  const told = versionReply.ok ? textOf(toFields(versionReply.answer), 'Version', 'version') : undefined;
  const version = told === undefined ? {} : { version: told.replace(/^CB-Spider\s*v?/i, '') };

  const clouds = await probe.ask('/cloudos');
  if (!clouds.ok) return { ...failedFindings(clouds.error), ...version };
  const names = textsOf(toFields(clouds.answer).cloudos);
  if (names.length === 0) return strangerFindings('spider');
  return { reachable: true, loginWorks: true, ...version, facts: { clouds: names.length }, problems: [] };
}
