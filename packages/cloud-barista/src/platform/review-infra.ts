import type { InfraInput, InfraReview } from '@waterstrider/contract';
import { pathPart, requireNamespace, type Adapter } from './adapter.ts';
import { readSharedResources } from './shared-resources.ts';
import { connectionProblem, toGroupRequest } from './verbs/plan-groups.ts';
import { toDomainError } from '../wire/to-domain-error.ts';
import { readReview, type WireVerdict } from '../wire/tumblebug-review.ts';

type Message = InfraReview['messages'][number];
const hoursPerMonth = 730;

/** Upstream's own review for each group, with prices of its catalogue added up here. */
export async function reviewInfra(adapter: Adapter, ns: string, input: InfraInput): Promise<InfraReview> {
  const { namespace, connections, isTaken } = await adapter.mirror.transaction(async (tx) => {
    const found = await requireNamespace(tx, ns);
    return {
      namespace: found,
      connections: await tx.connections(input.nodeGroups.map(({ connection }) => connection)),
      isTaken: (await tx.infras(found.id)).some(({ name }) => name.toLowerCase() === input.name.toLowerCase()),
    };
  });
  const upstream = isTaken ? [] : await askReview(adapter, namespace.name, input);
  const verdicts = new Map(upstream.map((verdict) => [verdict.nodeGroup, verdict]));
  const nodeGroups = await Promise.all(
    input.nodeGroups.map(async (group): Promise<InfraReview['nodeGroups'][number]> => {
      const connection = connections.find(({ name, id }) => name === group.connection || id === group.connection);
      const problem = connectionProblem(connection, namespace.id, group.connection);
      const spec =
        connection === undefined
          ? undefined
          : (await adapter.catalogue.specs(connection.provider, connection.region)).find(({ id }) => id === group.spec);
      const messages: Message[] = [
        ...(problem === undefined ? [] : [error('connection', 'connectionNotUsable', problem)]),
        ...messagesOf(verdicts.get(group.name)),
      ];
      const cost = spec?.costPerHourUsd;
      return {
        nodeGroup: group.name,
        verdict: worst(messages),
        messages,
        size: group.size,
        ...(connection === undefined ? {} : { provider: connection.provider, region: connection.region }),
        ...(cost === undefined ? {} : { costPerHourUsd: cost * group.size }),
      };
    }),
  );
  const messages = isTaken
    ? [error('name', 'nameTaken', `An MCIS "${input.name}" exists already in "${namespace.name}".`)]
    : [];
  const costPerHourUsd = nodeGroups.reduce((sum, group) => sum + (group.costPerHourUsd ?? 0), 0);
  return {
    verdict: worst([...messages, ...nodeGroups.flatMap((group) => group.messages)]),
    messages,
    nodeGroups,
    resources: await resourcesToMake(adapter, namespace.name, input),
    nodes: input.nodeGroups.reduce((sum, group) => sum + group.size, 0),
    costPerHourUsd,
    costPerMonthUsd: costPerHourUsd * hoursPerMonth,
    unpriced: nodeGroups
      .filter((group) => group.costPerHourUsd === undefined)
      .reduce((sum, group) => sum + group.size, 0),
    approximate: false,
  };
}

/** Upstream's verdict on each group. */
export async function askReview(
  adapter: Adapter,
  ns: string,
  input: Pick<InfraInput, 'name' | 'policyOnPartialFailure' | 'nodeGroups'>,
): Promise<WireVerdict[]> {
  const body = {
    name: input.name,
    policyOnPartialFailure: input.policyOnPartialFailure,
    nodeGroups: input.nodeGroups.map((group) => toGroupRequest(group, group.connection)),
  };
  try {
    const path = `/ns/${pathPart(ns)}/infraDynamicReview`;
    return readReview(await adapter.tumblebug.call({ method: 'POST', path, body, timeoutMs: 60_000 })).groups;
  } catch (caught) {
    throw toDomainError(caught);
  }
}

/** Names as upstream gives them to what it makes by itself; what is there already is used again. */
async function resourcesToMake(adapter: Adapter, ns: string, input: InfraInput): Promise<InfraReview['resources']> {
  const present = new Set((await readSharedResources(adapter, ns)).map(({ kind, name }) => `${kind} ${name}`));
  const connections = [...new Set(input.nodeGroups.map((group) => group.connection))];
  const wanted: Omit<InfraReview['resources'][number], 'action'>[] = [
    ...connections.flatMap((connection) => [
      { kind: 'vNet' as const, name: `${ns}-shared-${connection}`, connection },
      { kind: 'sshKey' as const, name: `${input.name}-${connection}`, connection },
    ]),
    ...input.nodeGroups.map((group) => ({
      kind: 'securityGroup' as const,
      name: `${input.name}-${group.name}`,
      connection: group.connection,
    })),
  ];
  return wanted.map((resource) => ({
    ...resource,
    action: present.has(`${resource.kind} ${resource.name}`) ? 'reuse' : 'create',
  }));
}

const error = (field: string, key: string, text: string): Message => ({ severity: 'error', field, key, text });

/** What went wrong before makes upstream say "error", and yet it would try, and often succeed. */
const isOpinion = (text: string): boolean => /provisioning failure risk/i.test(text);

function messagesOf(verdict: WireVerdict | undefined): Message[] {
  if (verdict === undefined) return [];
  const { specFault, imageFault, warnings, info } = verdict;
  const errors = verdict.errors.filter((text) => !isOpinion(text));
  const opinions = verdict.errors.filter(isOpinion);
  const named: Message[] = [
    ...(specFault === undefined ? [] : [error('spec', 'upstream', specFault)]),
    ...(imageFault === undefined ? [] : [error('image', 'upstream', imageFault)]),
  ];
  const said = new Set(named.map(({ text }) => text));
  return [
    ...named,
    ...errors
      .filter((text) => ![...said].some((known) => text.includes(known)))
      .map((text): Message => ({ severity: 'error', key: 'upstream', text })),
    ...[...opinions, ...warnings].map((text): Message => ({ severity: 'warning', key: 'upstream', text })),
    ...info.map((text): Message => ({ severity: 'info', key: 'upstream', text })),
  ];
}

function worst(messages: Message[]): InfraReview['verdict'] {
  if (messages.some(({ severity }) => severity === 'error')) return 'error';
  return messages.some(({ severity }) => severity === 'warning') ? 'warning' : 'ok';
}
