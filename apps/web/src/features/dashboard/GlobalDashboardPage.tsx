import type { NsOverview } from '@waterstrider/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format.ts';
import { LiveMark } from '../../shared/LiveMark.tsx';
import { knownSum, Money } from '../../shared/Money.tsx';
import { useRow } from '../../shared/query.ts';
import { useSession } from '../../shared/session.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProviderBadge } from '../../ui/ProviderBadge.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { StatusBar } from '../../ui/StatusBar.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { countTrouble } from './attention.ts';
import classes from './dashboard.module.css';
import { OverviewStrip } from './OverviewStrip.tsx';
import { StatusLinks } from './StatusLinks.tsx';

/** Every namespace one may see: totals, and a card for each. */
export function GlobalDashboardPage() {
  const { t } = useTranslation('dashboard');
  const { admin } = useSession();
  const { data, error, refetch } = useRow('getOverview', {});
  return (
    <>
      <PageHeader title={t('global.title')} live={<LiveMark />} />
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      <OverviewStrip overview={data?.total} />
      {!data && !error && <SkeletonRows />}
      {data?.namespaces.length === 0 && (
        <EmptyState
          reason={t(admin ? 'global.none' : 'global.noneYours')}
          action={
            admin && (
              <LinkButton to="/settings/namespaces" kind="primary">
                {t('global.create')}
              </LinkButton>
            )
          }
        />
      )}
      <ul className={classes.cards}>
        {data?.namespaces.map((overview) => (
          <li key={overview.ns}>
            <NamespaceCard overview={overview} />
          </li>
        ))}
      </ul>
    </>
  );
}

function NamespaceCard({ overview }: { overview: NsOverview }) {
  const { t } = useTranslation('dashboard');
  const format = useFormat();
  const { ns, infras, nodes, cost, connections, runningOperations } = overview;
  const base = `/ns/${encodeURIComponent(ns)}`;
  const costPerHourUsd = knownSum(cost.perHourUsd, cost.unpriced);
  const trouble = countTrouble(nodes.byStatus) + (connections.byState.Failed ?? 0);
  return (
    <article className={classes.card}>
      <header>
        <h3>
          <Link to="/ns/$ns" params={{ ns }} title={ns}>
            {ns}
          </Link>
        </h3>
        <span className="spacer" />
        <Money usd={costPerHourUsd} inWords per="hour" unpriced={cost.unpriced} />
      </header>
      <p className={classes.nsFacts}>
        <span>{t('global.mcis', { count: infras.total })}</span>
        <span>{t('common:count.servers', { count: nodes.total })}</span>
        <span>{t('common:count.connections', { count: connections.total })}</span>
        {costPerHourUsd !== undefined && (
          <span title={t('global.perMonth')}>
            {format.money(cost.perMonthUsd)}
            {t('common:money.month')}
          </span>
        )}
      </p>
      <p className={classes.nsBadges}>
        {overview.providers.map(({ provider }) => (
          <ProviderBadge key={provider} provider={provider} />
        ))}
      </p>
      <StatusBar byStatus={nodes.byStatus} />
      <footer>
        {trouble > 0 && (
          <span className={classes.count}>
            <StatusMark kind="warn" size={11} />
            {t('global.attention', { count: trouble })}
          </span>
        )}
        {runningOperations > 0 && (
          <Link to="/ns/$ns/tasks" params={{ ns }} className={classes.count}>
            <StatusMark kind="move" size={11} />
            {t('common:tasks.running', { count: runningOperations })}
          </Link>
        )}
        <span className="spacer" />
        <StatusLinks to={`${base}/servers`} byStatus={nodes.byStatus} look="numbers" />
      </footer>
    </article>
  );
}
