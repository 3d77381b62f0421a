import { startRecordedTumblebug, type RecordedTumblebug } from '@waterstrider/cloud-barista/testing';
import { createTestDatabase, type TestDatabase } from '@waterstrider/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeNamespace, openAdapter, untilShown, type OpenAdapter } from './open-adapter.ts';
import { untilTrue } from '../testing/job.ts';

const isList = ({ path }: { path: string }): boolean => /^\/ns\/[^/]+\/infra$/.test(path);

describe('watching within upstream’s limits', () => {
  const namespaces = ['one', 'two', 'three', 'four'];
  let database: TestDatabase;
  let tumblebug: RecordedTumblebug;
  let adapter: OpenAdapter;

  beforeAll(async () => {
    database = await createTestDatabase();
    tumblebug = await startRecordedTumblebug({ isLimited: true });
    // The rate is the product's own; the rest is sooner.
    adapter = await openAdapter({ url: database.url, config: tumblebug.config, paces: { listsPerSecond: 1.5 } });
    for (const name of namespaces) await makeNamespace(adapter, name);
  });
  afterAll(async () => {
    await adapter.close();
    await tumblebug.close();
    await database.drop();
  });

  it('keeps two lists a second, though more is due, and still shows every namespace', async () => {
    for (const ns of namespaces) {
      tumblebug.world.addInfra(ns, `in-${ns}`, [
        { name: 'web', nodeGroupSize: 1, specId: 'mock+mercury+mock-vmspec-03', imageId: 'mock-vmimage-01' },
      ]);
    }
    for (const ns of namespaces) await untilShown(adapter, `in-${ns}`, ['web-1 Running']);
    const seen = tumblebug.requests.filter(isList);
    expect(seen.length).toBeGreaterThan(4);
    expect(seen.filter(({ status }) => status === 429)).toEqual([]);
  });

  it('asks no more for fifty watchers than for one', async () => {
    const end = new AbortController();
    const first: Promise<unknown>[] = [];
    const watch = async (): Promise<void> => {
      for await (const change of adapter.engine.watch(end.signal)) if (change.kind === 'snapshot') watching += 1;
    };
    let watching = 0;
    const askedWithin = async (): Promise<number> => {
      const before = tumblebug.requests.length;
      const until = Date.now() + 2_000;
      await untilTrue(() => Promise.resolve(Date.now() >= until), '2 s');
      return tumblebug.requests.length - before;
    };
    first.push(watch());
    const one = await askedWithin();
    for (let count = 0; count < 49; count += 1) first.push(watch());
    await untilTrue(() => Promise.resolve(watching === 50), 'all watch');
    const fifty = await askedWithin();
    end.abort();
    await Promise.all(first);
    expect(one).toBeGreaterThan(0);
    // The checks of the frameworks fall into one window or the other.
    expect(fifty).toBeLessThanOrEqual(one + 8);
  });
});
