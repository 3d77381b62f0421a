import type { OutputOf, RequestOf } from '@waterstrider/contract';
import type { FacadeConsole } from '../console.ts';

type ListRow =
  | 'listNamespaces'
  | 'listConnections'
  | 'listCredentials'
  | 'listInfra'
  | 'listNodes'
  | 'listResources'
  | 'listSpecs'
  | 'listImages';
type Item<Name extends ListRow> = OutputOf<Name>['items'][number];
type Page<Name extends ListRow> = { items: Item<Name>[]; next?: string };

const pageSize = 500;

/** Goes through every page of a list; stop reading and no further page is asked for. */
export async function* eachOf<Name extends ListRow>(
  console: FacadeConsole,
  name: Name,
  request: Partial<RequestOf<Name>> = {},
): AsyncGenerator<Item<Name>> {
  let cursor: string | undefined;
  do {
    const query = { ...request.query, limit: pageSize, ...(cursor === undefined ? {} : { cursor }) };
    const asked = { ...request, query } as Partial<RequestOf<Name>>; // every list takes a limit and a cursor
    const page = (await console.call(name, asked)) as Page<Name>; // every list answers with a page
    yield* page.items;
    cursor = page.next;
  } while (cursor !== undefined);
}

export async function allOf<Name extends ListRow>(
  console: FacadeConsole,
  name: Name,
  request: Partial<RequestOf<Name>> = {},
): Promise<Item<Name>[]> {
  const items: Item<Name>[] = [];
  for await (const item of eachOf(console, name, request)) items.push(item);
  return items;
}
