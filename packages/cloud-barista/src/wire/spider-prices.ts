import type { CloudPrice } from '@waterstrider/contract';
import { askSpider } from './ask-spider.ts';
import { listOf, positiveOf, textOf, toFields, type Fields } from './tumblebug-fields.ts';
import type { Upstream } from './upstream.ts';

// Clouds page through tens of thousands of prices.
const priceTimeoutMs = 300_000;

function specOf(product: Fields): string | undefined {
  const info = toFields(product.VMSpecInfo);
  return textOf(product, 'VMSpecName', 'vmSpecName') ?? textOf(info, 'Name', 'name');
}

function toPrice(entry: Fields): CloudPrice | undefined {
  const spec = specOf(toFields(entry.ProductInfo));
  const onDemand = toFields(toFields(entry.PriceInfo).OnDemand);
  const price = positiveOf(onDemand, 'Price');
  const currency = textOf(onDemand, 'Currency');
  if (spec === undefined || price === undefined || currency === undefined) return undefined;
  return { spec, price, currency, unit: textOf(onDemand, 'Unit') ?? 'Hour' };
}

/**
 * On-demand prices of a region's server sizes, as its cloud tells them. A size without a price is left out; one with several
 * (by zone or by system) comes several times.
 * @throws DomainError `unsupported` where that cloud tells none
 */
export async function prices(spider: Upstream, connectionName: string, region: string): Promise<CloudPrice[]> {
  const answer = await askSpider(spider, 'prices', {
    path: `/priceinfo/vm/${encodeURIComponent(region)}`,
    query: { ConnectionName: connectionName, simple: true },
    timeoutMs: priceTimeoutMs,
  });
  const distinct = new Map<string, CloudPrice>();
  for (const entry of listOf(answer, 'PriceList')) {
    const price = toPrice(entry);
    if (price !== undefined) distinct.set(Object.values(price).join('|'), price);
  }
  return [...distinct.values()];
}
