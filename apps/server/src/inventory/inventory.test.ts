import { afterEach, describe, expect, it, vi } from 'vitest';
import { createInventory, type Inventory } from './inventory.ts';
import { FakePlatform, namespaceOf, nodeOf, infraOf, snapshotOf } from './testing/fake-platform.ts';

const warnings: string[] = [];
const log = { warn: (_details: object, message: string) => void warnings.push(message) };
let inventory: Inventory | undefined;

afterEach(async () => {
  await inventory?.stop();
  warnings.length = 0;
});

async function started(platform: FakePlatform): Promise<Inventory> {
  inventory = createInventory({ platform, log, retryMs: 5, catchUpWaitMs: 300 });
  await inventory.start();
  return inventory;
}

describe('createInventory', () => {
  it('is ready with the first snapshot', async () => {
    const platform = new FakePlatform();
    platform.snapshot = snapshotOf({ sequence: 3, namespaces: [namespaceOf('a')] });
    const started_ = await started(platform);
    expect(started_.ready()).toBe(true);
    expect(started_.ageMs()).toBe(0);
    expect(started_.namespace('a')?.id).toBe('id-of-a');
    expect(started_.namespace('id-of-a')?.name).toBe('a');
  });

  it('waits for the newest change, but not for ever', async () => {
    const platform = new FakePlatform();
    const running = await started(platform);
    platform.push({ namespaces: [namespaceOf('a')] });
    await running.caughtUp();
    expect(running.namespace('a')).toBeDefined();
    platform.announce(99);
    const begun = Date.now();
    await running.caughtUp();
    expect(Date.now() - begun).toBeGreaterThanOrEqual(290);
  });

  it('subscribes again after a failure and takes the new snapshot', async () => {
    const platform = new FakePlatform();
    platform.snapshot = snapshotOf({
      namespaces: [namespaceOf('a')],
      infras: [infraOf('i', 'a')],
      nodes: [nodeOf('1', 'a', 'i'), nodeOf('2', 'a', 'i')],
    });
    const running = await started(platform);
    platform.snapshot = snapshotOf({
      sequence: 9,
      namespaces: [namespaceOf('a')],
      infras: [infraOf('i', 'a')],
      nodes: [nodeOf('2', 'a', 'i')],
    });
    platform.fail(new Error('gone'));
    await vi.waitFor(() => expect(running.model.sequence).toBe(9));
    expect([...running.model.nodes.keys()]).toEqual(['2']);
    expect(platform.subscriptions).toBe(2);
    expect(warnings).toHaveLength(1);
  });
});
