import { describe, expect, it } from 'vitest';
import {
  formatAgo,
  formatBytes,
  formatClock,
  formatDateTime,
  formatDuration,
  formatMoney,
  formatNumber,
} from './format.ts';

const now = new Date(2026, 2, 12, 14, 32, 10).getTime();

describe('money', () => {
  it('has three digits below a dollar, two above, none from a hundred', () => {
    expect(formatMoney(0.232, 'en')).toBe('$0.232');
    expect(formatMoney(3.6248, 'en')).toBe('$3.62');
    expect(formatMoney(15_666.4, 'en')).toBe('$15,666');
    expect(formatMoney(0, 'ko')).toBe('$0.00');
    expect(formatMoney(-2, 'ko')).toBe('-$2.00');
  });
});

describe('numbers', () => {
  it('groups thousands and keeps bytes short', () => {
    expect(formatNumber(10_000, 'en')).toBe('10,000');
    expect(formatBytes(0, 'en')).toBe('0 B');
    expect(formatBytes(1536, 'en')).toBe('1.5 KiB');
    expect(formatBytes(67 * 1024 * 1024, 'ko')).toBe('67 MiB');
  });
});

describe('times', () => {
  it('uses a 24-hour clock in both languages', () => {
    expect(formatClock(now, 'en')).toBe('14:32:10');
    expect(formatClock(now, 'ko')).toBe('14:32:10');
  });

  it('is relative under one hour and never in the future', () => {
    expect(formatAgo(now - 6 * 60_000, 'en', now)).toBe('6 min ago');
    expect(formatAgo(now - 6 * 60_000, 'ko', now)).toBe('6분 전');
    expect(formatAgo(now + 90_000, 'en', now)).toBe('now');
    expect(formatAgo(now - 2 * 3_600_000, 'en', now)).toBe('12:32');
  });

  it('names the day when it is not today, the year when it is not this one', () => {
    expect(formatDateTime(new Date(2026, 1, 1, 9, 5), 'en', now)).toBe('1 Feb, 09:05');
    expect(formatDateTime(new Date(2026, 1, 1, 9, 5), 'ko', now)).toBe('2월 1일, 09:05');
    expect(formatDateTime(new Date(2024, 1, 1, 9, 5), 'en', now)).toBe('1 Feb 2024');
  });

  it('gives two units of a duration at most', () => {
    expect(formatDuration(48_000, 'en')).toBe('48 s');
    expect(formatDuration(128_000, 'ko')).toBe('2분 8초');
    expect(formatDuration(-5, 'en')).toBe('0 s');
  });
});
