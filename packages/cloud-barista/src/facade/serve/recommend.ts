import type { Spec } from '@waterstrider/contract';
import type { FacadeConsole, FacadeHandler } from '../console.ts';
import { FacadeError } from '../facade-error.ts';
import { allOf, eachOf } from '../read/all-pages.ts';
import { list, number, object, text, whole } from '../read/body.ts';
import { connectionsByPlace } from '../read/catalogue.ts';
import { isTextMetric, passes, requireMetric, toSpecQuery, type SpecFilter } from '../read/spec-filter.ts';
import { toOrder } from '../read/spec-order.ts';
import { toSpecInfo } from '../write/catalogue.ts';
import { defaultHolder, toHolder } from '../write/connection.ts';
import { distinct, orNull } from '../write/texts.ts';

const readRequest = object({
  filter: object({
    policy: list(object({ metric: text, condition: list(object({ operator: text, operand: text })) })),
  }),
  priority: object({
    policy: list(object({ metric: text, weight: number, parameter: list(object({ key: text, val: list(text) })) })),
  }),
  limit: whole,
});
type Condition = { operator: string; operand: string };

function toFilter({ metric, condition }: { metric: string; condition: Condition[] }): SpecFilter {
  requireMetric(metric);
  if (isTextMetric(metric)) return { metric, texts: condition.map(({ operand }) => operand), min: 0, max: 0 };
  const filter: SpecFilter = { metric, texts: [], min: 0, max: 0 };
  for (const { operator, operand } of condition) {
    const value = Number(operand.trim() || Number.NaN);
    if (!Number.isFinite(value))
      throw new FacadeError(400, `The operand "${operand.slice(0, 100)}" of ${metric} is not a number.`);
    if (operator !== '>=' && operator !== '<=' && operator !== '==') {
      throw new FacadeError(400, `The operator "${operator.slice(0, 20)}" of ${metric} is none of >=, <=, ==.`);
    }
    if (operator !== '<=') filter.min = value;
    if (operator !== '>=') filter.max = value;
  }
  return filter;
}

/** Specs that pass every filter, in the list's own order: cheapest first, unknown prices last. Stops at `most`. */
export async function filterSpecs(
  console: FacadeConsole,
  filters: readonly SpecFilter[],
  most = Infinity,
): Promise<Spec[]> {
  const found: Spec[] = [];
  for await (const spec of eachOf(console, 'listSpecs', { query: toSpecQuery(filters) })) {
    if (filters.every((filter) => passes(spec, filter))) found.push(spec);
    if (found.length >= most) break;
  }
  return found;
}

/** Another holder than the default one is shown its own providers. */
async function providersOf(console: FacadeConsole, holder: string): Promise<SpecFilter> {
  const own = (await allOf(console, 'listConnections')).filter((connection) => toHolder(connection) === holder);
  const texts = own.length === 0 ? ['none'] : distinct(own.map(({ provider }) => provider));
  return { metric: 'providerName', texts, min: 0, max: 0 };
}

/** A bare array, at most `limit`; 0 or none: all. */
export const recommendSpec: FacadeHandler = async ({ console, request }) => {
  const asked = readRequest(request.body, '');
  const filters = asked.filter.policy.map(toFilter);
  if (
    request.credentialHolder !== defaultHolder &&
    !filters.some(({ metric }) => metric.toLowerCase() === 'providername')
  ) {
    filters.push(await providersOf(console, request.credentialHolder));
  }
  const limit = asked.limit !== undefined && asked.limit > 0 ? asked.limit : Infinity;
  const places = await connectionsByPlace(console);
  const placeOf = (spec: Spec) => places.get(`${spec.provider}+${spec.region}`);
  const isByCost = asked.priority.policy.every(({ metric }) => metric.toLowerCase() === 'cost');
  const order = toOrder(asked.priority.policy, places);
  const found = await filterSpecs(console, filters, isByCost ? limit : Infinity);
  const ordered = isByCost ? found : found.sort(order);
  return ordered
    .slice(0, limit)
    .map((spec, index) => ({ ...toSpecInfo(spec, placeOf(spec)), orderInFilteredResult: index + 1 }));
};

const metrics = [
  'id', 'providerName', 'regionName', 'cspSpecName', 'architecture', 'acceleratorModel', 'acceleratorType', 'vCPU',
  'memoryGiB', 'acceleratorCount', 'acceleratorMemoryGB', 'costPerHour',
]; // prettier-ignore
const limits = ['5', '10', '20', '50'];

export const recommendSpecOptions: FacadeHandler = async ({ console }) => {
  const places = [...(await connectionsByPlace(console)).values()];
  const providerName = distinct(places.map(({ provider }) => provider)).sort();
  const regionName = distinct(places.map(({ region }) => region)).sort();
  return {
    filter: {
      availableMetrics: metrics,
      examplePolicies: [
        {
          metric: 'vCPU',
          description: 'Specs with 2 to 8 vCPUs',
          condition: [
            { operator: '>=', operand: '2' },
            { operator: '<=', operand: '8' },
          ],
        },
      ],
      availableValues: {
        providerName: orNull(providerName),
        regionName: orNull(regionName),
        architecture: ['arm64', 'x86_64'],
      },
      limitExamples: limits,
    },
    priority: {
      availableMetrics: ['cost', 'performance', 'location', 'latency', 'random'],
      examplePolicies: [
        {
          metric: 'location',
          description: 'Near Seoul',
          weight: '1',
          parameter: [{ key: 'coordinateClose', val: ['37.5/127.0'] }],
        },
      ],
      parameterOptions: {
        locationParameters: [
          {
            key: 'coordinateClose',
            description: 'Nearest to the place',
            format: 'latitude/longitude',
            example: ['37.5/127.0'],
          },
        ],
        latencyParameters: [
          {
            key: 'latencyMinimal',
            description: 'Nearest to the region',
            format: 'provider+region',
            example: ['aws+us-east-1'],
          },
        ],
      },
    },
    limit: limits,
  };
};
