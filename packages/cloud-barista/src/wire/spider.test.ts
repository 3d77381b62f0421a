import { onTestFinished, describe, expect, it } from 'vitest';
import { createUpstream } from './create-upstream.ts';
import { cloudMetric, cloudSystems, prices, quota, readDrivers } from './spider.ts';
import { serveJson, type JsonReply } from './test-server.ts';
import type { Upstream } from './upstream.ts';

async function spiderWith(
  replies: Parameters<typeof serveJson>[0],
): Promise<{ spider: Upstream; urls: () => string[] }> {
  const { url, requests } = await serveJson(replies);
  const spider = createUpstream('spider', { url, auth: { mode: 'none' } });
  onTestFinished(() => spider.close());
  return { spider, urls: () => requests.map((request) => request.url ?? '') };
}

const refusal = (message: string): JsonReply => ({ status: 500, body: { message } });

describe('the clouds of CB-Spider', () => {
  const replies: Record<string, JsonReply> = {
    'GET /cloudos': { body: { cloudos: ['AWS', 'KT'] } },
    'GET /cloudos/metainfo/AWS': {
      body: {
        Region: ['Region', 'Zone'],
        Credential: ['ClientId', 'ClientSecret'],
        RootDiskType: ['gp2', 'gp3'],
        DiskType: ['gp3'],
        Later: 1,
      },
    },
    'GET /cloudos/metainfo/KT': { body: { Region: null, Credential: [''], RootDiskType: [''] } },
    'GET /driver': {
      body: { driver: [{ DriverName: 'aws01', ProviderName: 'aws', DriverLibFileName: 'aws-v1.0.so' }, {}] },
    },
    'GET /connectionconfig': { body: { connectionconfig: [{ ProviderName: 'AWS' }, { ProviderName: 'AWS' }] } },
  };
  const aws = {
    name: 'AWS',
    credentialKeys: ['ClientId', 'ClientSecret'],
    regionKeys: ['Region', 'Zone'],
    rootDiskTypes: ['gp2', 'gp3'],
    diskTypes: ['gp3'],
    drivers: [{ name: 'aws01', library: 'aws-v1.0.so' }],
    connections: 2,
  };
  const kt = { name: 'KT', credentialKeys: [], regionKeys: [], rootDiskTypes: [], diskTypes: [], drivers: [] };

  it('come with what their forms need, their drivers and connections', async () => {
    const { spider } = await spiderWith(replies);
    expect(await readDrivers(spider)).toEqual([{ name: 'aws01', provider: 'AWS', library: 'aws-v1.0.so' }]);
    expect(await cloudSystems(spider)).toEqual([aws, { ...kt, connections: 0 }]);
  });

  it('count the connections that they are given', async () => {
    const { spider, urls } = await spiderWith({ ...replies, 'GET /driver': { body: { driver: null } } });
    const systems = await cloudSystems(spider, new Map([['KT', 7]]));
    expect(systems).toEqual([
      { ...aws, drivers: [], connections: 0 },
      { ...kt, connections: 7 },
    ]);
    expect(urls()).not.toContain('/connectionconfig');
  });

  it('fail as a whole when one of the answers fails', async () => {
    const { spider } = await spiderWith({ ...replies, 'GET /cloudos/metainfo/KT': refusal('yaml is broken') });
    await expect(cloudSystems(spider)).rejects.toMatchObject({ code: 'cloud_failure' });
  });
});

describe('quotas', () => {
  const twoQuotas = {
    Quotas: [
      { QuotaName: 'vm', Limit: '500', Used: 12, Available: 'NA', Unit: 'count' },
      { QuotaName: 'unlimited', Limit: 'NA' },
    ],
  };

  it('are told per service, what is unknown left out', async () => {
    const { spider, urls } = await spiderWith({
      'GET /quotaservicetype': { body: { ServiceTypes: ['compute', 'network'] } },
      'GET /quotainfo': (request) => ({
        body: request.url?.includes('=compute') ? twoQuotas : { CSP: 'AZURE', Quotas: null },
      }),
    });
    expect(await quota(spider, 'azure-k')).toEqual([{ name: 'compute: vm', limit: '500', used: '12', unit: 'count' }]);
    expect(urls()).toEqual([
      '/quotaservicetype?ConnectionName=azure-k',
      '/quotainfo?ConnectionName=azure-k&ServiceType=compute',
      '/quotainfo?ConnectionName=azure-k&ServiceType=network',
    ]);
  });

  it('are those of servers where a cloud has hundreds', async () => {
    const names = Array.from({ length: 200 }, (_, index) => `service${index}`);
    const { spider, urls } = await spiderWith({
      'GET /quotaservicetype': { body: { ServiceTypes: [...names, 'ec2', 'ec2-ipam', 'vpc'] } },
      'GET /quotainfo': { body: { Quotas: [] } },
    });
    expect(await quota(spider, 'aws-r')).toEqual([]);
    const asked = urls().slice(1);
    expect(asked.map((url) => new URL(url, 'http://local').searchParams.get('ServiceType'))).toEqual([
      'ec2',
      'ec2-ipam',
      'vpc',
    ]);
  });

  it.each([
    'mock-1 does not support QuotaInfoHandler',
    'KT Driver: not implemented',
    'runtime error: invalid memory address',
  ])('are unsupported: %s', async (message) => {
    const { spider } = await spiderWith({ 'GET /quotaservicetype': refusal(message) });
    const call = quota(spider, 'c');
    await expect(call).rejects.toMatchObject({
      code: 'unsupported',
      details: { reason: expect.stringContaining(message) as unknown },
    }); // a matcher
  });

  it('are of no such connection', async () => {
    const { spider } = await spiderWith({ 'GET /quotaservicetype': refusal('c: does not exist!') });
    await expect(quota(spider, 'c')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('prices', () => {
  const entry = (spec: unknown, price: unknown): unknown => ({
    ProductInfo: { VMSpecName: spec },
    PriceInfo: { OnDemand: { Unit: 'Hour', Currency: 'USD', Price: price } },
  });

  it('are those that are prices', async () => {
    const { spider, urls } = await spiderWith({
      'GET /priceinfo/vm/ap-1': {
        body: {
          PriceList: [
            entry('small', '0.02'),
            entry('small', '0.02'),
            entry('small', '0.05'),
            entry('number', 1.5),
            entry('free', '0'),
            entry('unknown', '-1'),
            entry('words', 'NA'),
            entry('empty', ''),
            entry(undefined, '1'),
            {
              ProductInfo: { VMSpecInfo: { Name: 'detailed' } },
              PriceInfo: { OnDemand: { Currency: 'KRW', Price: '9' } },
            },
            null,
          ],
        },
      },
    });
    expect(await prices(spider, 'aws-ap-1', 'ap-1')).toEqual([
      { spec: 'small', price: 0.02, currency: 'USD', unit: 'Hour' },
      { spec: 'small', price: 0.05, currency: 'USD', unit: 'Hour' },
      { spec: 'number', price: 1.5, currency: 'USD', unit: 'Hour' },
      { spec: 'detailed', price: 9, currency: 'KRW', unit: 'Hour' },
    ]);
    expect(urls()).toEqual(['/priceinfo/vm/ap-1?ConnectionName=aws-ap-1&simple=true']);
  });

  it('are none', async () => {
    const { spider } = await spiderWith({ 'GET /priceinfo/vm/r': { body: { PriceList: null } } });
    expect(await prices(spider, 'c', 'r')).toEqual([]);
  });
});

describe('a series of the cloud', () => {
  const request = { connection: 'aws-r', vmName: 'web 1', metric: 'cpu_usage' as const, hours: 24 };
  const path = 'GET /monitoring/vm/web%201/cpu_usage';

  it('is read oldest first', async () => {
    const { spider, urls } = await spiderWith({
      [path]: {
        body: {
          metricName: 'cpu_usage',
          metricUnit: 'Percent',
          timestampValues: [
            { timestamp: '2026-11-22T10:05:00Z', value: '2.5' },
            { timestamp: '2026-11-22T19:00:00+09:00', value: 0 },
            { timestamp: 'never', value: '1' },
            { timestamp: '2026-11-22T10:10:00Z', value: 'NaN' },
          ],
        },
      },
    });
    expect(await cloudMetric(spider, request)).toEqual({
      name: 'cpu_usage',
      unit: 'Percent',
      points: [
        { at: '2026-11-22T10:00:00.000Z', value: 0 },
        { at: '2026-11-22T10:05:00.000Z', value: 2.5 },
      ],
    });
    expect(urls()[0]).toContain('?ConnectionName=aws-r&IntervalMinute=5&TimeBeforeHour=24');
  });

  it('has no points yet', async () => {
    const { spider } = await spiderWith({
      [path]: refusal('no cpu_usage data for running instance "i-1" in the window'),
    });
    expect(await cloudMetric(spider, request)).toEqual({ name: 'cpu_usage', unit: 'Percent', points: [] });
  });

  it('is not measured, or fails', async () => {
    const { spider } = await spiderWith({ [path]: refusal('cpu_usage is not supported for AWS VMs') });
    await expect(cloudMetric(spider, request)).rejects.toMatchObject({ code: 'unsupported' });
    const failing = await spiderWith({ [path]: refusal('ThrottlingException') });
    await expect(cloudMetric(failing.spider, request)).rejects.toMatchObject({
      code: 'cloud_failure',
      details: { cloud: { code: 'spider_500', message: 'ThrottlingException' } },
    });
  });
});
