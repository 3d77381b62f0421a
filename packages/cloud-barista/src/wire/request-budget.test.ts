import { describe, expect, it } from 'vitest';
import { createRequestBudget, type RequestBudget } from './request-budget.ts';

/** A budget over a clock that only `advance` moves. */
function budgetWithClock(perSecond: number, burst: number) {
  let at = 0;
  let sleepers: { until: number; wake: () => void }[] = [];
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const budget = createRequestBudget({
    perSecond,
    burst,
    now: () => at,
    sleep: (durationMs) => new Promise<void>((wake) => sleepers.push({ until: at + durationMs, wake })),
  });
  const advance = async (durationMs: number): Promise<void> => {
    await settle();
    for (let left = durationMs; left > 0; left -= 1) {
      at += 1;
      const due = sleepers.filter(({ until }) => until <= at);
      sleepers = sleepers.filter(({ until }) => until > at);
      for (const { wake } of due) wake();
      if (due.length > 0) await settle();
    }
    await settle();
  };
  return { budget, advance };
}

function take(budget: RequestBudget, name: string, taken: string[]): void {
  void budget.take().then(() => taken.push(name));
}

describe('a request budget', () => {
  it('lets a burst go at once, then keeps the rate, in the order asked', async () => {
    const { budget, advance } = budgetWithClock(2, 3);
    const taken: string[] = [];
    for (const name of ['a', 'b', 'c', 'd', 'e']) take(budget, name, taken);
    await advance(0);
    expect(taken).toEqual(['a', 'b', 'c']);
    await advance(499);
    expect(taken).toHaveLength(3);
    await advance(1);
    expect(taken).toEqual(['a', 'b', 'c', 'd']);
    await advance(500);
    expect(taken).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('never saves up more than a burst', async () => {
    const { budget, advance } = budgetWithClock(2, 2);
    await advance(60_000);
    const taken: string[] = [];
    for (const name of ['a', 'b', 'c']) take(budget, name, taken);
    await advance(0);
    expect(taken).toEqual(['a', 'b']);
  });

  it('lets nothing through during a pause, and no burst after it', async () => {
    const { budget, advance } = budgetWithClock(2, 3);
    const taken: string[] = [];
    budget.pause(1000);
    for (const name of ['a', 'b']) take(budget, name, taken);
    await advance(999);
    expect(taken).toEqual([]);
    await advance(1);
    expect(taken).toEqual(['a']);
    await advance(500);
    expect(taken).toEqual(['a', 'b']);
  });

  it('lengthens a pause, never shortens it', async () => {
    const { budget, advance } = budgetWithClock(1, 1);
    const taken: string[] = [];
    take(budget, 'first', taken);
    take(budget, 'a', taken);
    budget.pause(2000);
    budget.pause(100);
    await advance(1999);
    expect(taken).toEqual(['first']);
    await advance(1);
    expect(taken).toEqual(['first', 'a']);
  });

  it('forgets who gave up, and serves the next', async () => {
    const { budget, advance } = budgetWithClock(1, 1);
    const taken: string[] = [];
    await budget.take();
    const giveUp = new AbortController();
    const given = budget.take(giveUp.signal);
    take(budget, 'next', taken);
    giveUp.abort(new Error('closed'));
    await expect(given).rejects.toThrow('closed');
    await expect(budget.take(giveUp.signal)).rejects.toThrow('closed');
    await advance(1000);
    expect(taken).toEqual(['next']);
  });

  it('keeps the rate by the real clock', async () => {
    const budget = createRequestBudget({ perSecond: 50, burst: 1 });
    const startedAt = performance.now();
    for (let count = 0; count < 6; count += 1) await budget.take();
    expect(performance.now() - startedAt).toBeGreaterThan(95);
  });
});
