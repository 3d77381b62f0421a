import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cidrContains, cidrsOverlap, parseCidr, toAddress, usableAddresses, type Cidr } from './cidr.ts';

const block = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 8, max: 30 }))
  .map(([address, prefix]): Cidr => {
    const size = 2 ** (32 - prefix);
    return { first: address - (address % size), size, prefix };
  });
const toText = ({ first, prefix }: Cidr): string => `${toAddress(first)}/${prefix}`;

test('a block survives being written and read', () => {
  fc.assert(
    fc.property(block, (cidr) => {
      expect(parseCidr(toText(cidr))).toEqual(cidr);
    }),
  );
});

test('two blocks overlap exactly when one contains the other', () => {
  fc.assert(
    fc.property(block, block, (a, b) => {
      expect(cidrsOverlap(a, b)).toBe(cidrContains(a, b) || cidrContains(b, a));
    }),
  );
});

test('usable addresses lie inside', () => {
  fc.assert(
    fc.property(
      block.filter(({ prefix }) => prefix <= 28),
      (cidr) => {
        const { from, to } = usableAddresses(cidr);
        expect(from).toBeGreaterThan(cidr.first);
        expect(to).toBeLessThan(cidr.first + cidr.size - 1);
        expect(from).toBeLessThanOrEqual(to);
      },
    ),
  );
});

test.each([
  '',
  '10.0.0.0',
  '10.0.0.0/33',
  '10.0.0/8',
  '10.0.0.256/32',
  '10.0.0.1/24',
  '10.0.0.0/8/8',
  '010.0.0.0/8',
  'x/8',
])('%j is no block', (text) => expect(parseCidr(text)).toBeUndefined());
