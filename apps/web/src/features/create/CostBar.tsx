import type { InfraReview } from '@waterstrider/contract';
import { useTranslation } from 'react-i18next';
import { Money } from '../../shared/Money.tsx';
import { ProviderBadge } from '../../ui/ProviderBadge.tsx';
import classes from './review.module.css';

const series = 6;

/** What each group has in the cost: a bar and its figures. */
export function CostBar({ review, nameOf }: { review: InfraReview; nameOf: (provider: string) => string }) {
  const { t } = useTranslation('create');
  const color = (index: number) => ({ background: `var(--c${(index % series) + 1})` });
  const total = review.costPerHourUsd || 1;
  return (
    <>
      <div className={classes.bar} aria-hidden="true">
        {review.nodeGroups.map(({ nodeGroup, costPerHourUsd = 0 }, index) =>
          costPerHourUsd > 0 ? (
            <i key={nodeGroup} style={{ ...color(index), flexGrow: (100 * costPerHourUsd) / total }} />
          ) : null,
        )}
      </div>
      <ul className={classes.split} aria-label={t('review.byGroup')}>
        {review.nodeGroups.map(({ nodeGroup, provider, size, costPerHourUsd }, index) => (
          <li key={nodeGroup}>
            <i style={color(index)} aria-hidden="true" />
            <b className="ellipsis">{nodeGroup}</b>
            <span className={classes.splitSize}>
              {provider && <ProviderBadge provider={provider} name={nameOf(provider)} />}
              <span aria-hidden="true">x {size}</span>
              <span className="visually-hidden">{t('common:count.servers', { count: size })}</span>
            </span>
            <span className={classes.splitPrice}>
              <Money usd={costPerHourUsd} per="hour" />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
