import { useTranslation } from 'react-i18next';
import { useFormat } from './format.ts';

interface MoneyProps {
  /** US dollars; absent when the price is not known, which is never shown as 0. */
  usd: number | undefined;
  per?: 'hour' | 'month';
  /** Servers whose price is not known and not in the sum. */
  unpriced?: number;
  /** An unknown price in words, where there is room for them. */
  inWords?: boolean;
}

/** A sum of which no part has a price is not known, either. */
export const knownSum = (usd: number, unpriced: number): number | undefined =>
  usd === 0 && unpriced > 0 ? undefined : usd;

/** `$3.62/h`, `$15,666/month`, "-" for an unknown price, "+ 2 without a price" beside a sum. */
export function Money({ usd, per, unpriced = 0, inWords = false }: MoneyProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (inWords && usd === undefined) return <span className="dim3 nowrap">{t('money.unknown')}</span>;
  if (usd === undefined)
    return (
      <span className="dim3" title={t('money.unknown')}>
        <span aria-hidden="true">–</span>
        <span className="visually-hidden">{t('money.unknown')}</span>
      </span>
    );
  return (
    <span className="nowrap">
      {format.money(usd)}
      {per && <span className="dim3">{t(`money.${per}`)}</span>}
      {unpriced > 0 && <small className="dim3"> {t('money.unpriced', { count: unpriced })}</small>}
    </span>
  );
}
