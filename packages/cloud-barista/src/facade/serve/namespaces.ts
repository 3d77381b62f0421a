import type { Namespace } from '@waterstrider/contract';
import { param, type FacadeHandler } from '../console.ts';
import { FacadeError } from '../facade-error.ts';
import { object, text } from '../read/body.ts';
import { allOf } from '../read/all-pages.ts';
import { orUndefined } from '../read/or-undefined.ts';
import { filterByQuery } from '../read/list-options.ts';
import { orNull } from '../write/texts.ts';

const readNamespace = object({ name: text, description: text });

const toNsInfo = ({ id, name, description }: Pick<Namespace, 'id' | 'name' | 'description'>) => ({
  resourceType: 'ns',
  id: name,
  uid: id,
  name,
  description,
});

export const listNamespaces: FacadeHandler = async ({ console, request }) => {
  const shown = filterByQuery((await allOf(console, 'listNamespaces')).map(toNsInfo), request.query);
  return request.query.option === 'id' ? { output: orNull(shown.map(({ id }) => id)) } : { ns: orNull(shown) };
};

/** Where upstream keeps what everybody shares; it stands for the catalogue here. */
const system = {
  resourceType: 'ns',
  id: 'system',
  uid: '',
  name: 'system',
  description: 'The catalogue that everybody shares',
};

export const getNamespace: FacadeHandler = async ({ console, request }) => {
  const ns = param(request, 'nsId');
  return ns === system.id ? system : toNsInfo(await console.call('getNamespace', { params: { ns } }));
};

/** `true` or `false`, bare. */
export const checkNamespace: FacadeHandler = async ({ console, request }) => {
  const ns = param(request, 'ns');
  return ns === system.id || (await orUndefined(console.call('getNamespace', { params: { ns } }))) !== undefined;
};

export const createNamespace: FacadeHandler = async ({ console, request }) => {
  const { name, description } = readNamespace(request.body, '');
  return toNsInfo(await console.call('createNamespace', { body: { name, description } }));
};

export const updateNamespace: FacadeHandler = async ({ console, request }) => {
  const { description } = readNamespace(request.body, '');
  const params = { ns: param(request, 'nsId') };
  return toNsInfo(await console.call('updateNamespace', { params, body: { description } }));
};

export const deleteNamespace: FacadeHandler = async ({ console, request }) => {
  const ns = param(request, 'nsId');
  await console.call('deleteNamespace', { params: { ns } });
  return { message: `The ns ${ns} has been deleted` };
};

/** One after the other; the first that is not empty ends it. */
export const deleteNamespaces: FacadeHandler = async ({ console }) => {
  const all = await allOf(console, 'listNamespaces');
  if (!console.actor.admin) throw new FacadeError(403, 'Only administrators delete namespaces.');
  for (const { name } of all) await console.call('deleteNamespace', { params: { ns: name } });
  return { message: 'All namespaces has been deleted' };
};
