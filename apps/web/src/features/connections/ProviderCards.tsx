import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListState } from '../../shared/use-list-state.ts';
import { useList } from '../../shared/list.ts';
import type { useClouds } from '../../shared/use-clouds.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { ProviderBadge } from '../../ui/ProviderBadge.tsx';
import { StatusCounts } from '../../ui/StatusCounts.tsx';
import { useAutoRefresh } from '../../ui/table/use-auto-refresh.ts';
import classes from './Connections.module.css';
import { countByProvider } from './count-by-provider.ts';
import type { ProviderCount } from './count-by-provider.ts';

interface ProviderCardsProps {
  clouds: ReturnType<typeof useClouds>;
  state: ListState;
  /** Opens the form for a provider without a connection; absent for those who may not add one. */
  onAdd?: (provider: string) => void;
}

/** A card per provider: connections by state, servers. A click filters the table. */
export function ProviderCards({ clouds, state, onAdd }: ProviderCardsProps) {
  const list = useList('listConnections', { query: { sort: 'name' }, limit: 500 });
  const { hasMore, loadingMore, loadMore, rows } = list;
  useAutoRefresh(list);
  useEffect(() => {
    if (hasMore && !loadingMore) loadMore();
  }, [hasMore, loadingMore, loadMore]);
  const counts = useMemo(() => countByProvider(rows), [rows]);

  if (clouds.error) return <ErrorState error={clouds.error} onRetry={clouds.retry} />;
  const chosen = state.filters.provider ?? [];
  const toggle = (provider: string) =>
    state.setFilter(
      'provider',
      chosen.includes(provider) ? chosen.filter((other) => other !== provider) : [...chosen, provider],
    );
  // Those in use come first.
  const shown = [...clouds.clouds].sort(
    (left, right) => Number(counts.has(right.provider)) - Number(counts.has(left.provider)),
  );
  return (
    <div className={classes.cards}>
      {shown.map(({ provider, simulated }) => {
        const count = counts.get(provider);
        const card = { provider, simulated, name: clouds.nameOf(provider) };
        if (count)
          return (
            <UsedCard
              key={provider}
              {...card}
              count={count}
              isChosen={chosen.includes(provider)}
              onClick={() => toggle(provider)}
            />
          );
        return onAdd && !list.loading && <UnusedCard key={provider} {...card} onClick={() => onAdd(provider)} />;
      })}
    </div>
  );
}

interface CardProps {
  provider: string;
  simulated: boolean;
  name: string;
  onClick: () => void;
}

function UsedCard({
  provider,
  simulated,
  name,
  count,
  isChosen,
  onClick,
}: CardProps & { count: ProviderCount; isChosen: boolean }) {
  const { t } = useTranslation('connections');
  const states = Object.values(count.byState).filter(Boolean).length;
  return (
    <button type="button" className={classes.card} aria-pressed={isChosen} onClick={onClick}>
      <Top provider={provider} simulated={simulated} name={name} />
      <span className={classes.bottom}>
        {states === 1 && count.byState.Verified ? (
          <StatusWord count={count.connections} />
        ) : (
          <StatusCounts byStatus={count.byState} look="numbers" />
        )}
        <span>{t('common:count.servers', { count: count.nodes })}</span>
      </span>
    </button>
  );
}

function StatusWord({ count }: { count: number }) {
  const { t } = useTranslation();
  return (
    <span className={classes.place}>
      <StatusCounts byStatus={{ Verified: count }} look="numbers" />
      <span className="visually-hidden">{t('count.connections', { count })}</span>
    </span>
  );
}

function UnusedCard({ provider, simulated, name, onClick }: CardProps) {
  const { t } = useTranslation('connections');
  return (
    <button type="button" className={`${classes.card} ${classes.unused}`} onClick={onClick}>
      <Top provider={provider} simulated={simulated} name={name} />
      <span className={classes.bottom}>
        <span className={classes.add}>+ {t('add')}</span>
      </span>
    </button>
  );
}

function Top({ provider, simulated, name }: Omit<CardProps, 'onClick'>) {
  const { t } = useTranslation('connections');
  return (
    <span className={classes.top}>
      <ProviderBadge provider={provider} name={name} />
      <b title={name} aria-hidden="true">
        {name}
      </b>
      {simulated && <small className="dim3">{t('simulated')}</small>}
    </span>
  );
}
