import type { FrameworkProblem } from '@waterstrider/contract';
import {
  failedFindings,
  problemOf,
  strangerFindings,
  type Findings,
  type Probe,
  type Reply,
} from './framework-probe.ts';
import { forgetVersion, recogniseVersion, type TumblebugVersion } from './recognise-version.ts';
import { readConnections } from './tumblebug-clouds.ts';
import { listOf, textOf, toFields } from './tumblebug-fields.ts';
import { UpstreamError } from './upstream-error.ts';

const saysTumblebug = (text: string | undefined): boolean => /tumblebug/i.test(text ?? '');

/** Reachable, ready, the login, the version, and what it needs before servers can be made. */
export async function checkTumblebug(probe: Probe): Promise<Findings> {
  const findings = await findOut(probe);
  if (findings.problems.some(({ key }) => key !== 'noTemplates' && key !== 'noConnections' && key !== 'notInitialised'))
    forgetVersion(probe.upstream);
  return findings;
}

async function findOut(probe: Probe): Promise<Findings> {
  const health = await probe.ask('/readyz');
  const ended = endOfHealth(health);
  if (ended !== undefined) return ended;

  const login = await probe.ask('/ns', { option: 'id' });
  if (!login.ok) return failedFindings(login.error);
  const namespaces = toFields(login.answer);
  if (!('output' in namespaces) && !('ns' in namespaces)) return strangerFindings('tumblebug');

  const known = { reachable: true, loginWorks: true };
  const version = await versionOf(probe);
  if (version instanceof UpstreamError) return { ...known, problems: [problemOf(version)] };
  if (version === undefined) return { ...known, ...strangerFindings('tumblebug') };
  if (version.tooOld !== undefined)
    return { ...known, version: version.version, problems: [{ key: 'tooOld', text: version.tooOld }] };

  const { initialized } = toFields(health.ok ? health.answer : undefined);
  return {
    ...known,
    version: version.version,
    ...(typeof initialized === 'boolean' ? { initialised: initialized } : {}),
    problems: [...(initialized === false ? [{ key: 'notInitialised' as const }] : []), ...(await lacks(probe))],
  };
}

/** What ends the check already; a server of before v0.8.8 has no /readyz, and is recognised by what it has. */
function endOfHealth(health: Reply): Findings | undefined {
  if (health.ok) {
    const fields = toFields(health.answer);
    const message = textOf(fields, 'message');
    if (typeof fields.ready !== 'boolean' && !saysTumblebug(message)) return strangerFindings('tumblebug');
    return fields.ready === false
      ? { reachable: true, problems: [{ key: 'notReady', ...(message === undefined ? {} : { text: message }) }] }
      : undefined;
  }
  const { error } = health;
  if (error.fault === 'refused' && error.status === 404) return undefined;
  if (error.fault === 'refused' && error.status === 503 && saysTumblebug(error.message))
    return { reachable: true, problems: [{ key: 'notReady', text: error.message }] };
  return failedFindings(error);
}

async function versionOf(probe: Probe): Promise<TumblebugVersion | UpstreamError | undefined> {
  try {
    return await recogniseVersion(probe);
  } catch (error) {
    if (error instanceof UpstreamError) return error;
    throw error;
  }
}

/** Verified connections, and the templates that every dynamic creation starts from. */
async function lacks(probe: Probe): Promise<FrameworkProblem[]> {
  const [connections, ...templates] = await Promise.all([
    probe.ask('/connConfig'),
    templateProblem(probe, 'vNet', 'vnet-default'),
    templateProblem(probe, 'securityGroup', 'sg-default'),
  ]);
  const problems: FrameworkProblem[] = [];
  if (!connections.ok) problems.push(problemOf(connections.error));
  else if (readConnections(connections.answer).length === 0) problems.push({ key: 'noConnections' });
  const missing = templates.flatMap((template) => (typeof template === 'string' ? [template] : []));
  if (missing.length > 0) problems.push({ key: 'noTemplates', text: missing.join(', ') });
  return [...problems, ...templates.filter((template) => typeof template === 'object')];
}

/** The template's id where it is missing; a problem where that can not be found out. */
async function templateProblem(probe: Probe, kind: string, id: string): Promise<string | FrameworkProblem | undefined> {
  const reply = await probe.ask(`/ns/system/template/${kind}`);
  if (!reply.ok) {
    // The namespace `system` is made by the first initialisation.
    return reply.error.fault === 'refused' && /not valid namespace|not exist/i.test(reply.error.message)
      ? id
      : problemOf(reply.error);
  }
  return listOf(reply.answer, 'templates').some((template) => textOf(template, 'id', 'name') === id) ? undefined : id;
}
