import type { ListQuery } from '@waterstrider/contract';
import { pageInMemory, parseListQuery } from '../http/list-query.ts';
import { isUsableIn } from '../inventory/connection-use.ts';
import { visibleNamespaces } from '../inventory/visibility.ts';
import type { ConsoleHandlers } from '../pipeline/handlers.ts';
import type { Services } from '../services.ts';
import { findPlaces } from './catalogue-places.ts';
import { fitsSpec, imageRules, imagesOf, imageView, isWanted } from './images.ts';
import { findSpec, isWithin, specRules, specsOf, specView } from './specs.ts';

type Rows = 'listClouds' | 'listDrivers' | 'listSpecs' | 'listImages';

export function createCatalogueHandlers({ platform, inventory }: Services): Pick<ConsoleHandlers, Rows> {
  const { model } = inventory;
  return {
    listClouds: () => Promise.resolve({ items: platform.clouds() }),
    listDrivers(_input, { actor }) {
      const visible = visibleNamespaces(model, actor);
      const connections = [...model.connections.values()].filter(
        (connection) => actor.admin || visible.some((namespace) => isUsableIn(connection, namespace)),
      );
      const count = (provider: string) => connections.filter((connection) => connection.provider === provider).length;
      const items = platform.drivers().map((driver) => ({ ...driver, connections: count(driver.provider) }));
      return Promise.resolve({ items });
    },
    async listSpecs({ query }, { actor }) {
      const scope = [platform.kind, ...fieldsBeside(query)];
      const request = parseListQuery(query, { ...specRules, scope });
      const specs = await specsOf(platform, findPlaces(query, { actor, inventory, platform }));
      return pageInMemory(
        specs.filter((spec) => isWithin(spec, query)),
        request,
        specView,
      );
    },
    async listImages({ query }, { actor }) {
      const scope = [platform.kind, ...fieldsBeside(query)];
      const request = parseListQuery(query, { ...imageRules, scope });
      const places = findPlaces(query, { actor, inventory, platform });
      const spec = query.spec === undefined ? undefined : await findSpec(platform, query.spec);
      const fitting = places.filter(
        (place) => spec === undefined || (place.provider === spec.provider && place.region === spec.region),
      );
      const images = (await imagesOf(platform, fitting)).filter(
        (image) => isWanted(image, query) && (spec === undefined || fitsSpec(image, spec)),
      );
      return pageInMemory(images, request, imageView);
    },
  };
}

// Those that a cursor carries itself, or that change with each page.
const listFields = new Set(['search', 'filter', 'sort', 'cursor', 'limit']);

/** The fields of a query that narrow it beside those of every list: a cursor holds for the same ones only. */
const fieldsBeside = (query: ListQuery): unknown[] =>
  Object.entries(query)
    .filter(([key]) => !listFields.has(key))
    .sort(([left], [right]) => (left < right ? -1 : 1));
