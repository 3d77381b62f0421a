import type { Quota } from '@waterstrider/contract';
import { askSpider } from './ask-spider.ts';
import { known, listOf, textOf, textsOf, toFields, type Fields } from './tumblebug-fields.ts';
import type { Upstream } from './upstream.ts';

// A cloud names up to hundreds of services, each a call of its own: those that servers need are asked.
const askedServices = 8;
const serverServices =
  /^(ec2|vpc|ebs|elasticloadbalancing|eks|ecs|slb|compute|network|storage|container)\b|^compute-core$|block-storage/i;
const cloudTimeoutMs = 60_000;

/** What the cloud does not tell comes as `NA`. */
function toldOf(fields: Fields, key: string): string | undefined {
  const text = textOf(fields, key, key.charAt(0).toLowerCase() + key.slice(1));
  return text === undefined || /^n\/?a$/i.test(text) ? undefined : text;
}

function chosenServices(services: string[]): string[] {
  if (services.length <= askedServices) return services;
  const forServers = services.filter((service) => serverServices.test(service.replace(/^microsoft\./i, '')));
  return (forServers.length > 0 ? forServers : services).slice(0, askedServices);
}

/**
 * The quotas of one connection's account in its region that matter to servers; of several services, each name starts with
 * its service. What has no limit is left out.
 * @throws DomainError `unsupported` where that cloud tells none
 */
export async function quota(spider: Upstream, connectionName: string): Promise<Quota[]> {
  const query = { ConnectionName: connectionName };
  const answer = await askSpider(spider, 'quotas', { path: '/quotaservicetype', query, timeoutMs: cloudTimeoutMs });
  const fields = toFields(answer);
  const services = chosenServices(textsOf(fields.ServiceTypes ?? fields.serviceTypes));
  const quotas: Quota[] = [];
  // One after the other: clouds limit these calls tightly.
  for (const service of services) {
    const path = '/quotainfo';
    const info = await askSpider(spider, 'quotas', {
      path,
      query: { ...query, ServiceType: service },
      timeoutMs: cloudTimeoutMs,
    });
    const list = toFields(info);
    for (const entry of listOf(list.Quotas ?? list.quotas, 'Quotas')) {
      const name = textOf(entry, 'QuotaName', 'quotaName');
      const limit = toldOf(entry, 'Limit');
      if (name === undefined || limit === undefined) continue;
      quotas.push({
        name: services.length > 1 ? `${service}: ${name}` : name,
        limit,
        ...known({ used: toldOf(entry, 'Used'), available: toldOf(entry, 'Available'), unit: toldOf(entry, 'Unit') }),
      });
    }
  }
  return quotas;
}
