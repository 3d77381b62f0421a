import { DomainError, type Infra, type Node } from '@waterstrider/contract';
import { param, type FacadeConsole, type FacadeHandler } from '../console.ts';
import { FacadeError } from '../facade-error.ts';
import { allOf } from '../read/all-pages.ts';
import { requireSuccess } from './nodes.ts';
import { readInfra } from './read-infra.ts';

type Found = { infra: Infra; nodes: Node[] };

/**
 * Without an option the servers must have ended. `terminate` ends them first. `force` does the same: upstream would forget servers that
 * still run, which the console never does.
 */
export const deleteInfra: FacadeHandler = async ({ console, request }) => {
  const found = await find(console, param(request, 'nsId'), param(request, 'infraId'));
  return { output: await remove(console, found, request.query.option) };
};

/** One after the other; the first that is refused ends it. */
export const deleteInfras: FacadeHandler = async ({ console, request }) => {
  const ns = param(request, 'nsId');
  const infras = await allOf(console, 'listInfra', { params: { ns } });
  if (infras.length === 0) return { message: 'No Infra to delete' };
  for (const { name } of infras) await remove(console, await find(console, ns, name), request.query.option);
  return { message: 'All Infras have been deleted' };
};

/** Upstream answers 500 for one that is not there. */
async function find(console: FacadeConsole, ns: string, id: string): Promise<Found> {
  try {
    return await readInfra(console, ns, id);
  } catch (error) {
    if (error instanceof FacadeError && error.status === 404) throw new FacadeError(500, error.message);
    throw error;
  }
}

async function remove(console: FacadeConsole, { infra, nodes }: Found, option = ''): Promise<string[]> {
  const ends = option === 'terminate' || option === 'force';
  const { ns, name } = infra;
  // Held back, nothing was made yet: it is taken back instead.
  const operation =
    infra.status === 'Prepared' ? await withdraw(console, ns, name) : await begin(console, { ns, name, ends });
  await requireSuccess(console, operation, `The infra ${name} could not be deleted`);
  return [
    ...nodes.map((node) => `[Done] Node: ${node.name}`),
    ...infra.nodeGroups.map((group) => `[Done] NodeGroup: ${group.name}`),
    `[Done] Infra: ${name}`,
  ];
}

async function withdraw(console: FacadeConsole, ns: string, name: string): Promise<string> {
  const { operation } = await console.call('actOnInfra', { params: { ns, infra: name }, body: { action: 'withdraw' } });
  return operation.id;
}

async function begin(
  console: FacadeConsole,
  { ns, name, ends }: { ns: string; name: string; ends: boolean },
): Promise<string> {
  try {
    const query = ends ? { option: 'terminate' as const } : {};
    const { operation } = await console.call('deleteInfra', { params: { ns, infra: name }, query });
    return operation.id;
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'wrong_state') throw error;
    throw new FacadeError(500, error.message);
  }
}
