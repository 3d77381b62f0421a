import type { Image } from '@waterstrider/contract';
import type { QueryClient } from '@tanstack/react-query';
import { rowQuery } from '../../shared/query.ts';
import { toImageFact, toSpecFact } from './catalogue-facts.ts';
import type { ImageFact, SpecFact } from './catalogue-facts.ts';

/** What a group should be like; each is met as far as the place allows. */
export interface SpecWish {
  /** Taken when the place offers it under the same name. */
  name?: string;
  vcpu: number;
  memoryGiB: number;
  architecture: string;
}
export type ImageWish = Pick<Image, 'osDistribution' | 'osVersion'>;

/** A newcomer's first group. x86_64, because that runs what people have. */
export const firstWish: SpecWish = { vcpu: 2, memoryGiB: 0, architecture: 'x86_64' };

type SpecQuery = Record<string, unknown>;

/** Questions to the catalogue in the order of preference; the cheapest answer of the first that has one is taken. */
export function specQueries(connection: string, wish: SpecWish): SpecQuery[] {
  const architecture =
    wish.architecture === 'x86_64' || wish.architecture === 'arm64' ? { architecture: wish.architecture } : {};
  const size = { minVcpu: wish.vcpu, minMemoryGiB: wish.memoryGiB };
  return [
    ...(wish.name ? [{ connection, filter: `name:${wish.name}`, limit: 1 }] : []),
    { connection, ...size, maxVcpu: wish.vcpu, gpu: 'false', ...architecture, limit: 1 },
    { connection, ...size, gpu: 'false', ...architecture, limit: 1 },
    { connection, ...size, limit: 1 },
    { connection, limit: 1 },
  ];
}

/** `24.04` after `22.04`, `10` after `9`. */
const newestFirst = (left: ImageWish, right: ImageWish): number =>
  right.osVersion.localeCompare(left.osVersion, 'en', { numeric: true });

type ImageChoice = ImageWish & { gpuReady: boolean; kubernetesReady: boolean };

/** The wished system, or a newer or older one of the same distribution, else the newest Ubuntu, else whatever there is. */
export function pickImage<Item extends ImageChoice>(images: readonly Item[], wish?: ImageWish): Item | undefined {
  const plain = images.filter(({ gpuReady, kubernetesReady }) => !gpuReady && !kubernetesReady).sort(newestFirst);
  const ofDistribution = (name: string) =>
    plain.filter(({ osDistribution }) => osDistribution.toLowerCase() === name.toLowerCase());
  const wished = wish ? ofDistribution(wish.osDistribution) : [];
  return (
    wished.find(({ osVersion }) => osVersion === wish?.osVersion) ??
    wished[0] ??
    ofDistribution('Ubuntu')[0] ??
    plain[0] ??
    images[0]
  );
}

/** Asks the server's catalogue. Undefined when the place offers nothing. */
export async function chooseSpec(
  client: QueryClient,
  connection: string,
  wish: SpecWish,
): Promise<SpecFact | undefined> {
  for (const query of specQueries(connection, wish)) {
    const { items } = await client.fetchQuery(rowQuery('listSpecs', { query }));
    if (items[0]) return toSpecFact(items[0]);
  }
  return undefined;
}

/** An image that the spec can start. Undefined when there is none. */
export async function chooseImage(
  client: QueryClient,
  connection: string,
  spec: string,
  wish?: ImageWish,
): Promise<ImageFact | undefined> {
  const { items } = await client.fetchQuery(rowQuery('listImages', { query: { connection, spec, limit: 500 } }));
  const image = pickImage(items, wish);
  return image && toImageFact(image);
}
