import { describe, expect, test } from 'vitest';
import { createFaultBook, parseFaults } from './faults.ts';

describe('WATERSTRIDER_SIM_FAULTS', () => {
  test('a number is shared out over the three kinds', () => {
    expect(parseFaults('0.3')).toEqual({
      failure: expect.closeTo(0.1),
      throttle: expect.closeTo(0.1),
      lostAnswer: expect.closeTo(0.1),
    });
    expect(parseFaults('')).toEqual({ failure: 0, throttle: 0, lostAnswer: 0 });
  });

  test('a list names each', () => {
    expect(parseFaults('failure=0.2, lostAnswer=1')).toEqual({ failure: 0.2, throttle: 0, lostAnswer: 1 });
  });

  test.each(['2', '-0.1', 'x', 'failure', 'failure=', 'failure=2', 'lost=0.1', 'failure=0.1=2'])(
    '%j is refused',
    (text) => {
      expect(() => parseFaults(text)).toThrow(/WATERSTRIDER_SIM_FAULTS/);
    },
  );
});

test("a provider's own faults go before the general ones, until those are set anew", () => {
  const book = createFaultBook({ throttle: 0.1 });
  book.set({ failure: 0.5 }, 'sim-aws');
  expect(book.of('sim-aws')).toEqual({ failure: 0.5, throttle: 0.1, lostAnswer: 0 });
  expect(book.of('sim-gcp')).toEqual({ failure: 0, throttle: 0.1, lostAnswer: 0 });
  book.set({ lostAnswer: 1 });
  expect(book.of('sim-aws')).toEqual({ failure: 0, throttle: 0.1, lostAnswer: 1 });
});
