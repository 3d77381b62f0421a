import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  isUnsupported,
  type InputOf,
  type Node,
  type NodeGroupInput,
  type OperationKind,
  type Platform,
  type PlatformRowName,
  type Target,
} from '@waterstrider/contract';
import { isEnded, type Journal } from '@waterstrider/store';
import type { Clouds } from './clouds.ts';

const kinds: Partial<Record<PlatformRowName, OperationKind>> = {
  createCredential: 'createCredential',
  createInfra: 'createInfra',
  addNodeGroup: 'addNodeGroup',
  scaleNodeGroup: 'scaleNodeGroup',
  deleteInfra: 'deleteInfra',
};
/** A platform with the console's journal behind it. */
export type TaskHost = { engine: Pick<Platform, 'verbs'>; journal: Journal };
const nowhere: Target = { kind: 'test', id: '', name: '' };

/** Calls a verb as the console does: the record first, and gone again when the verb refuses. Returns the task's id. */
export async function startTask<Name extends PlatformRowName>(
  clouds: TaskHost,
  name: Name,
  input: InputOf<Name>,
): Promise<string> {
  const id = randomUUID();
  const kind = kinds[name] ?? actionOf(input);
  await clouds.journal.begin({ id, kind, target: nowhere, actor: 'tester' });
  const verb = clouds.engine.verbs[name];
  if (isUnsupported(verb)) throw new Error(`${name} is not supported`);
  try {
    await verb(input, { actor: 'tester', operationId: id });
  } catch (error) {
    await clouds.journal.refuse(id);
    throw error;
  }
  return id;
}

function actionOf(input: unknown): OperationKind {
  const body = (input as { body?: { action?: OperationKind } }).body; // the inputs of the action rows
  return body?.action ?? 'verifyConnection';
}

export async function untilEnded(clouds: Pick<TaskHost, 'journal'>, operationId: string, timeoutMs = 60_000) {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const record = await clouds.journal.get(operationId);
    if (record && isEnded(record.state)) return { ...record, items: await clouds.journal.items(operationId) };
    if (Date.now() > end) {
      throw new Error(
        `The task did not end in ${timeoutMs} ms: ${JSON.stringify({ record, items: await clouds.journal.items(operationId) }).slice(0, 3000)}`,
      );
    }
    await sleep(50);
  }
}

export async function untilTrue(check: () => Promise<boolean>, what: string, timeoutMs = 60_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await check())) {
    if (Date.now() > end) throw new Error(`It did not happen in ${timeoutMs} ms: ${what}`);
    await sleep(50);
  }
}

export async function nodesOf(clouds: Clouds, infra: string): Promise<Node[]> {
  return (await clouds.store.snapshot()).nodes.filter((node) => node.infra === infra);
}

/** A namespace with verified connections of some providers, one region each. */
export async function prepare(
  clouds: Clouds,
  options: { ns: string; providers: string[]; account?: string },
): Promise<{
  ns: string;
  group(name: string, provider: string, size: number, more?: Partial<NodeGroupInput>): Promise<NodeGroupInput>;
}> {
  const { createNamespace } = clouds.engine.verbs;
  if (isUnsupported(createNamespace)) throw new Error('no namespaces');
  await createNamespace({ params: {}, query: {}, body: { name: options.ns, description: '' } }, { actor: 'tester' });
  const regions = new Map<string, string>();
  for (const provider of options.providers) {
    const region = clouds.engine.clouds().find((cloud) => cloud.provider === provider)?.regions[0]?.region ?? '';
    regions.set(provider, region);
    const name = `${options.ns}-${provider}`;
    const task = await startTask(clouds, 'createCredential', {
      params: {},
      query: {},
      body: { name, provider, values: { account: options.account ?? 'demo' }, regions: [region] },
    });
    await untilEnded(clouds, task);
  }
  return {
    ns: options.ns,
    group: async (name, provider, size, more = {}) => {
      const region = regions.get(provider) ?? '';
      const spec = (await clouds.engine.specs(provider, region)).find(
        ({ architecture, gpu }) => architecture === 'x86_64' && !gpu,
      );
      const image = (await clouds.engine.images(provider, region)).find(
        ({ architecture }) => architecture === 'x86_64',
      );
      return {
        name,
        connection: `${options.ns}-${provider}-${region}`,
        spec: spec?.id ?? '',
        image: image?.id ?? '',
        size,
        ...more,
      };
    },
  };
}

export const createBody = (
  name: string,
  nodeGroups: NodeGroupInput[],
  more: Partial<InputOf<'createInfra'>['body']> = {},
): InputOf<'createInfra'>['body'] => ({
  name,
  description: '',
  policyOnPartialFailure: 'continue',
  hold: false,
  nodeGroups,
  ...more,
});
