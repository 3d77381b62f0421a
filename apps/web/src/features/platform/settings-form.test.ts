import type { PlatformSettings } from '@waterstrider/contract';
import { describe, expect, test } from 'vitest';
import { gatewayOf, initialSettings, keepsSecret, settingsProblems, toSettingsInput } from './settings-form.ts';

type Stored = PlatformSettings['frameworks'];
const behindGateway: Stored = [
  { name: 'tumblebug', url: 'http://gw:8000/tumblebug', authMode: 'basic', username: 'u', hasSecret: true },
  { name: 'spider', url: 'http://gw:8000/spider', authMode: 'basic', username: 'u', hasSecret: true },
];
const separate: Stored = [{ name: 'tumblebug', url: 'http://tb:1323/tumblebug', authMode: 'none', hasSecret: false }];

describe('the form of a Cloud-Barista', () => {
  test('what is stored behind one gateway comes back as a gateway', () => {
    expect(gatewayOf(behindGateway)).toBe('http://gw:8000');
    expect(gatewayOf(separate)).toBeUndefined();
    const values = initialSettings(behindGateway);
    expect(values).toMatchObject({ layout: 'gateway', behind: ['tumblebug', 'spider'] });
    expect(toSettingsInput(values)).toEqual({
      tumblebug: { url: 'http://gw:8000/tumblebug', authMode: 'basic', username: 'u' },
      spider: { url: 'http://gw:8000/spider', authMode: 'basic', username: 'u' },
    });
    expect(settingsProblems(values, behindGateway)).toEqual({});
  });

  test('a stored secret counts for its own address and mode only', () => {
    const values = initialSettings(behindGateway);
    expect(keepsSecret(values, 'gateway', behindGateway)).toBe(true);
    const moved = { ...values, gateway: { ...values.gateway, url: 'http://elsewhere:8000' } };
    expect(keepsSecret(moved, 'gateway', behindGateway)).toBe(false);
    expect(settingsProblems(moved, behindGateway)).toEqual({ 'gateway.password': 'secretNeeded' });
    const more = { ...values, behind: [...values.behind, 'ladybug' as const] };
    expect(settingsProblems(more, behindGateway)).toEqual({ 'gateway.password': 'secretNeeded' });
  });

  test('only CB-Tumblebug is needed; what is left empty is left out', () => {
    const values = initialSettings([]);
    expect(values.layout).toBe('separate');
    expect(settingsProblems(values, [])).toEqual({ 'tumblebug.url': 'urlNeeded' });
    values.tumblebug = { ...values.tumblebug, url: ' http://tb:1323 ', authMode: 'bearer', token: 'secret' };
    expect(settingsProblems(values, [])).toEqual({});
    expect(toSettingsInput(values)).toEqual({
      tumblebug: { url: 'http://tb:1323', authMode: 'bearer', token: 'secret' },
    });
  });

  test.each([
    ['tb:1323', 'url'],
    ['ftp://tb', 'url'],
    ['http://u:p@tb', 'userInUrl'],
  ])('%s is no address: %s', (url, problem) => {
    const values = { ...initialSettings(separate) };
    values.tumblebug = { ...values.tumblebug, url };
    expect(settingsProblems(values, separate)).toEqual({ 'tumblebug.url': problem });
  });
});
