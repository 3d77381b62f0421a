import { useTranslation } from 'react-i18next';

const hourMs = 3_600_000;
const monthHours = 730;

const cached = <Value>(make: (key: string) => Value): ((key: string) => Value) => {
  const known = new Map<string, Value>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
};

const numbers = cached((key) => {
  const [language = 'en', digits = '0'] = key.split('|');
  return new Intl.NumberFormat(language, { maximumFractionDigits: Number(digits) });
});

/** `12,345`; `digits` after the point at most. */
export const formatNumber = (value: number, language: string, digits = 0): string =>
  numbers(`${language}|${digits}`).format(value);

const prices = cached((key) => {
  const [language = 'en', digits = '2'] = key.split('|');
  return new Intl.NumberFormat(language, {
    minimumFractionDigits: Number(digits),
    maximumFractionDigits: Number(digits),
  });
});

/** `$0.232`, `$3.62`, `$15,666`: three digits below a dollar, none from a hundred up. US dollars in every language. */
export function formatMoney(usd: number, language: string): string {
  const size = Math.abs(usd);
  const digits = size >= 100 ? 0 : size >= 1 || size === 0 ? 2 : 3;
  const text = prices(`${language}|${digits}`);
  return `${usd < 0 ? '-' : ''}$${text.format(size)}`;
}

/** List price of a month: 730 hours. */
export const toMonthly = (costPerHourUsd: number): number => costPerHourUsd * monthHours;

/** `1.4 GiB`. */
export function formatBytes(bytes: number, language: string): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${formatNumber(value, language, value < 10 && power > 0 ? 1 : 0)} ${units[power]}`;
}

const clocks = cached(
  (language) =>
    new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }),
);
const shortClocks = cached(
  (language) => new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
);
const days = cached((language) => new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' }));
const yearDays = cached(
  (language) => new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year: 'numeric' }),
);
const fulls = cached(
  (language) =>
    new Intl.DateTimeFormat(language, {
      year: 'numeric',
      month: 'long',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'short',
    }),
);

// English dates read day first ("12 Mar"), as everywhere in the product.
const dated = (language: string): string => (language === 'en' ? 'en-GB' : language);

/** `14:32:10`. */
export const formatClock = (at: string | number | Date, language: string): string =>
  clocks(dated(language)).format(new Date(at));

/** To the second: today `14:32:10`, before `12 Mar, 14:32:10`. */
export function formatMoment(at: string | number | Date, language: string, now = Date.now()): string {
  const date = new Date(at);
  const clock = formatClock(date, language);
  return date.toDateString() === new Date(now).toDateString()
    ? clock
    : `${days(dated(language)).format(date)}, ${clock}`;
}

/** Everything, with the time zone: for tooltips. */
export const formatFull = (at: string | number | Date, language: string): string =>
  fulls(dated(language)).format(new Date(at));

/** Today `14:32`, this year `12 Mar, 14:32`, else `12 Mar 2024`. */
export function formatDateTime(at: string | number | Date, language: string, now = Date.now()): string {
  const date = new Date(at);
  const today = new Date(now);
  const zone = dated(language);
  if (date.toDateString() === today.toDateString()) return shortClocks(zone).format(date);
  if (date.getFullYear() !== today.getFullYear()) return yearDays(zone).format(date);
  return `${days(zone).format(date)}, ${shortClocks(zone).format(date)}`;
}

const relatives = cached((language) => new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'narrow' }));

/** Under one hour `6 min ago`, after that the time itself. A clock that runs ahead never gives a negative age. */
export function formatAgo(at: string | number | Date, language: string, now = Date.now()): string {
  const age = Math.max(0, now - new Date(at).getTime());
  if (age >= hourMs) return formatDateTime(at, language, now);
  const seconds = Math.floor(age / 1000);
  const format = relatives(dated(language));
  return seconds < 60 ? format.format(-seconds, 'second') : format.format(-Math.floor(seconds / 60), 'minute');
}

// SI symbols in English, words in Korean.
const units: Record<string, { second: string; minute: string; hour: string }> = {
  en: { second: ' s', minute: ' min', hour: ' h' },
  ko: { second: '초', minute: '분', hour: '시간' },
};

/** `48 s`, `2 min 8 s`, `3 h 5 min`. */
export function formatDuration(ms: number, language: string): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const part = (value: number, unit: 'second' | 'minute' | 'hour'): string =>
    `${value}${(units[language] ?? units.en)?.[unit] ?? ''}`;
  if (seconds < 60) return part(seconds, 'second');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return join(part(minutes, 'minute'), seconds % 60 > 0 ? part(seconds % 60, 'second') : '');
  return join(part(Math.floor(minutes / 60), 'hour'), minutes % 60 > 0 ? part(minutes % 60, 'minute') : '');
}

const join = (left: string, right: string): string => (right ? `${left} ${right}` : left);

/** The functions above with the language on screen filled in. */
export function useFormat() {
  const { i18n } = useTranslation();
  const { language } = i18n;
  return {
    language,
    number: (value: number, digits?: number) => formatNumber(value, language, digits),
    money: (usd: number) => formatMoney(usd, language),
    bytes: (value: number) => formatBytes(value, language),
    clock: (at: string | number | Date) => formatClock(at, language),
    moment: (at: string | number | Date) => formatMoment(at, language),
    dateTime: (at: string | number | Date) => formatDateTime(at, language),
    full: (at: string | number | Date) => formatFull(at, language),
    ago: (at: string | number | Date) => formatAgo(at, language),
    duration: (ms: number) => formatDuration(ms, language),
  };
}
