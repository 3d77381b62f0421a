import type { Image, Spec } from '@waterstrider/contract';
import { toDomainError } from '../wire/to-domain-error.ts';
import { readImages, readSpecs } from '../wire/tumblebug-catalogue.ts';
import { toList, toFields } from '../wire/tumblebug-fields.ts';
import type { Upstream } from '../wire/upstream.ts';

/** Sizes and images of one region, as upstream's own catalogue has them. Throws `unavailable`, `cloud_failure`. */
export type Catalogue = {
  specs(provider: string, region: string): Promise<Spec[]>;
  images(provider: string, region: string): Promise<Image[]>;
};

const keptMs = 10 * 60_000;
const maxPlaces = 300;
/** Upstream lists the well-known images first; a provider may have a hundred thousand. */
const maxImages = 500;

/** Keeps what it read for ten minutes; a failure is not kept. */
export function createCatalogue(tumblebug: Upstream, now: () => number = Date.now): Catalogue {
  const kept = new Map<string, { at: number; value: Promise<unknown> }>();
  function remember<Value>(key: string, read: () => Promise<Value>): Promise<Value> {
    const known = kept.get(key);
    if (known !== undefined && now() - known.at < keptMs) return known.value as Promise<Value>; // one key, one kind
    const value = read().catch((error: unknown) => {
      kept.delete(key);
      throw toDomainError(error);
    });
    kept.delete(key);
    kept.set(key, { at: now(), value });
    const [oldest] = kept.keys();
    if (kept.size > maxPlaces && oldest !== undefined) kept.delete(oldest);
    return value;
  }
  return {
    specs: (provider, region) =>
      remember(`specs ${provider}+${region}`, async () => {
        const body = {
          filter: { policy: [equals('providerName', provider), equals('regionName', region)] },
          limit: 0,
        };
        const specs = readSpecs(
          await tumblebug.call({ method: 'POST', path: '/recommendSpec', body, timeoutMs: 60_000 }),
        );
        return specs.filter((spec) => spec.provider === provider && spec.region === region);
      }),
    images: (provider, region) =>
      remember(`images ${provider}+${region}`, async () => {
        const search = async (basicOnly: boolean): Promise<unknown> =>
          tumblebug.call({
            method: 'POST',
            path: '/ns/system/resources/searchImage',
            body: {
              providerName: provider,
              regionName: region,
              includeBasicImageOnly: basicOnly,
              maxResults: maxImages,
            },
            timeoutMs: 60_000,
          });
        const all = await search(false);
        // A full page may hide well-known images of another kind behind the first few hundred.
        const isCut = toList(toFields(all).imageList).length >= maxImages;
        const basic = isCut ? readImages(await search(true), { provider, region }) : [];
        return distinct([...basic, ...readImages(all, { provider, region })]);
      }),
  };
}

const equals = (metric: string, operand: string) => ({ metric, condition: [{ operator: '==', operand }] });
const distinct = (images: Image[]): Image[] => [...new Map(images.map((image) => [image.id, image])).values()];
