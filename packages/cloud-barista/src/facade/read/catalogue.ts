import type { Connection, Image, Spec } from '@waterstrider/contract';
import type { FacadeConsole } from '../console.ts';
import { defaultHolder, toHolder } from '../write/connection.ts';
import { cspSpecName } from '../write/catalogue.ts';
import { allOf } from './all-pages.ts';
import { orUndefined } from './or-undefined.ts';

export type Place = { provider: string; region: string };
const longestSearch = 200;

/** A spec by `provider+region+name`; a `+` may have come as a space. */
export async function findSpec(console: FacadeConsole, asked: string): Promise<Spec | undefined> {
  const id = asked.replaceAll(' ', '+');
  const [provider = '', region = ''] = id.split('+');
  const name = cspSpecName(id);
  if (provider === '' || region === '' || name === id || name.length > 190) return undefined;
  const found = await orUndefined(allOf(console, 'listSpecs', { query: { provider, region, filter: `name:${name}` } }));
  const lower = id.toLowerCase();
  return found?.find((spec) => spec.id === id) ?? found?.find((spec) => spec.id.toLowerCase() === lower);
}

/** An image by the cloud's name of it, by our id, or by its display name; without a place wherever one may look. */
export async function findImage(
  console: FacadeConsole,
  place: Place | undefined,
  asked: string,
): Promise<Image | undefined> {
  const parts = asked.split('+');
  const search = (parts.length >= 3 && place === undefined ? cspSpecName(asked) : asked).slice(0, longestSearch);
  if (search === '') return undefined;
  const isIt = (image: Image): boolean => image.cspImageId === asked || image.id === asked || image.name === asked;
  const query = place === undefined ? {} : { provider: place.provider, region: place.region };
  const found = (await orUndefined(allOf(console, 'listImages', { query: { ...query, search } })))?.find(isIt);
  if (found !== undefined || parts.length < 3) return found;
  return (
    await orUndefined(
      allOf(console, 'listImages', { query: { ...query, search: cspSpecName(asked).slice(0, longestSearch) } }),
    )
  )?.find(isIt);
}

/** A connection to start servers with: verified ones first, the holder's own first. */
export async function findConnection(
  console: FacadeConsole,
  { provider, region }: Place,
  { ns, holder = defaultHolder }: { ns?: string | undefined; holder?: string } = {},
): Promise<Connection | undefined> {
  const query = { filter: [`provider:${provider}`, `region:${region}`], ...(ns === undefined ? {} : { ns }) };
  const all = (await orUndefined(allOf(console, 'listConnections', { query }))) ?? [];
  const own = all.filter((connection) => toHolder(connection) === holder);
  const candidates = own.length > 0 || holder !== defaultHolder ? own : all;
  return candidates.find(({ state }) => state === 'Verified') ?? candidates[0];
}

/** Connections by `provider+region`, verified ones before others, those of `admin` before others. */
export async function connectionsByPlace(console: FacadeConsole): Promise<Map<string, Connection>> {
  const rank = (connection: Connection): number =>
    (connection.state === 'Verified' ? 0 : 2) + (toHolder(connection) === defaultHolder ? 0 : 1);
  const byPlace = new Map<string, Connection>();
  for (const connection of await allOf(console, 'listConnections')) {
    const key = `${connection.provider}+${connection.region}`;
    const known = byPlace.get(key);
    if (known === undefined || rank(connection) < rank(known)) byPlace.set(key, connection);
  }
  return byPlace;
}
