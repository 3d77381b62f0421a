import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signHmac } from './sign-hmac.ts';

/** What the gateway does with a token: split at `||`, compute the MAC again, compare. */
function isTaken(token: string, secret: string): boolean {
  const bytes = Buffer.from(token, 'hex').toString('latin1');
  const halves = bytes.split('||');
  if (halves.length !== 2) return false;
  const [time, duration, accessId, ...rest] = halves[1]?.split('|') ?? [];
  const mac = createHmac('sha256', secret).update(`${duration}^${time}^${accessId}`).digest().toString('latin1');
  return rest.length === 0 && mac === halves[0];
}

describe('a gateway token', () => {
  it('is the one computed elsewhere', () => {
    // printf '10m0s^Sun Nov  1 00:00:07 UTC 2026^console' | openssl dgst -sha256 -hmac sauce
    const mac = '78dc3de7eb1a168acc5386b01493120825f7077d034106d50a9f260b894d4094';
    const rest = Buffer.from('||Sun Nov  1 00:00:07 UTC 2026|10m0s|console').toString('hex');
    const token = signHmac({ accessId: 'console', secret: 'sauce', at: new Date('2026-11-01T00:00:07Z') });
    expect(token).toBe(mac + rest);
  });

  it('is taken at every second, also when the MAC holds the separator', () => {
    const secret = 'sauce';
    const start = Date.UTC(2026, 0, 1);
    let others = 0;
    for (let second = 0; second < 5000; second += 1) {
      const token = signHmac({ accessId: 'console', secret, at: new Date(start + second * 1000) });
      if (!isTaken(token, secret)) throw new Error(`Refused: ${token}`);
      if (!Buffer.from(token, 'hex').includes('|10m0s|')) others += 1;
    }
    expect(others).toBeGreaterThan(0);
  });
});
