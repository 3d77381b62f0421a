import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createSecrets } from './secrets.ts';

const secrets = createSecrets(randomBytes(32));

test('what is sealed opens to the same text, in its own place only', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (plain) => {
      const sealed = secrets.seal(plain, 'credential:1');
      expect(secrets.open(sealed, 'credential:1')).toBe(plain);
      expect(() => secrets.open(sealed, 'credential:2')).toThrow();
    }),
  );
});

test('each sealing differs; a changed byte, another key and another layout are refused', () => {
  const sealed = secrets.seal('value', 'credential:1');
  expect(secrets.seal('value', 'credential:1').equals(sealed)).toBe(false);
  for (let index = 0; index < sealed.length; index += 1) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
    expect(() => secrets.open(changed, 'credential:1')).toThrow();
  }
  expect(() => createSecrets(randomBytes(32)).open(sealed, 'credential:1')).toThrow();
  expect(() => secrets.open(Buffer.alloc(3), 'credential:1')).toThrow();
});
