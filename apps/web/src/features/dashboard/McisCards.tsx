import type { Infra } from '@waterstrider/contract';
import { IconPlus } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../shared/list.ts';
import { knownSum, Money } from '../../shared/Money.tsx';
import { ActionMenu } from '../../ui/ActionMenu.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { SearchInput } from '../../ui/SearchInput.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { ServerSquares } from '../../ui/ServerSquares.tsx';
import { squaresFromLetters } from '../../ui/squares.ts';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { StatusCounts } from '../../ui/StatusCounts.tsx';
import { useAutoRefresh } from '../../ui/table/use-auto-refresh.ts';
import { useActions } from '../../shared/operate/use-actions.ts';
import { useLifecycle } from '../../shared/operate/use-lifecycle.tsx';
import { cardOrders } from './attention.ts';
import type { CardOrder } from './attention.ts';
import classes from './dashboard.module.css';

const manyCards = 12;
const pageSize = 60;

/** Every MCIS as a card; more than twelve can be searched and ordered. */
export function McisCards({ ns, isViewer }: { ns: string; isViewer: boolean }) {
  const { t } = useTranslation('dashboard');
  const [order, setOrder] = useState<CardOrder>('name');
  const [search, setSearch] = useState('');
  const [isTouched, setTouched] = useState(false);
  const list = useList('listInfra', {
    params: { ns },
    query: { sort: order, ...(search ? { search } : {}) },
    limit: pageSize,
  });
  // Cards do not change places under the pointer; new ones and the rest wait for it to leave.
  useAutoRefresh(list, isTouched && order !== 'name');
  const { run, dialog } = useLifecycle(ns);
  const actions = useActions(ns, run);
  const isMany = list.total > manyCards || search !== '' || order !== 'name';

  if (list.error !== undefined) return <ErrorState error={list.error} onRetry={list.retry} />;
  if (!list.loading && list.rows.length === 0 && search === '')
    return (
      <EmptyState
        reason={t(isViewer ? 'empty.nothing' : 'empty.mcis')}
        action={
          !isViewer && (
            <LinkButton to="/ns/$ns/mcis/new" params={{ ns }} kind="primary">
              {t('empty.create')}
            </LinkButton>
          )
        }
      />
    );
  return (
    <section aria-label={t('mcis')}>
      {isMany && (
        <div className={classes.tools}>
          <SearchInput label={t('searchMcis')} value={search} onChange={setSearch} />
          <span className="spacer" />
          <SegmentedControl
            size="sm"
            label={t('order.label')}
            value={order}
            options={cardOrders.map((value) => ({ value, label: t(`order.${value.replace('-', '')}`) }))}
            onChange={setOrder}
          />
        </div>
      )}
      {!list.loading && list.rows.length === 0 && (
        <EmptyState
          reason={t('common:table.noMatch')}
          action={<Button onClick={() => setSearch('')}>{t('common:table.clear')}</Button>}
        />
      )}
      <ul className={classes.cards} onPointerEnter={() => setTouched(true)} onPointerLeave={() => setTouched(false)}>
        {list.rows.map((infra) => (
          <li key={infra.id}>
            <McisCard ns={ns} infra={infra} actions={actions} />
          </li>
        ))}
        {!list.loading && !isViewer && search === '' && (
          <li>
            <Link to="/ns/$ns/mcis/new" params={{ ns }} className={classes.newCard}>
              <IconPlus size={16} stroke={1.6} aria-hidden="true" />
              {t('common:nav.newMcis')}
              <small>{t('newHint')}</small>
            </Link>
          </li>
        )}
      </ul>
      {list.hasMore && (
        <div className={classes.more}>
          <Button busy={list.loadingMore} onClick={list.loadMore}>
            {t('moreMcis', { count: list.total - list.rows.length })}
          </Button>
        </div>
      )}
      {dialog}
    </section>
  );
}

function McisCard({ ns, infra, actions }: { ns: string; infra: Infra; actions: ReturnType<typeof useActions> }) {
  const { t } = useTranslation('dashboard');
  const navigate = useNavigate();
  const groups = useMemo(() => squaresFromLetters(infra.squares), [infra.squares]);
  const params = { ns, infra: infra.name };
  const menu = [
    { key: 'open', label: t('open'), onSelect: () => void navigate({ to: '/ns/$ns/mcis/$infra', params }) },
    ...actions.infra(infra),
  ];
  const isWord = infra.nodes === 0 || infra.status === 'Prepared' || infra.status === 'Preparing';
  return (
    <article className={classes.card}>
      <header>
        <h3>
          <Link to="/ns/$ns/mcis/$infra" params={params} title={infra.name}>
            {infra.name}
          </Link>
        </h3>
        <span className={classes.total} title={t('common:count.servers', { count: infra.nodes })}>
          <span aria-hidden="true">{infra.nodes}</span>
          <span className="visually-hidden">{t('common:count.servers', { count: infra.nodes })}</span>
        </span>
        <span className="spacer" />
        <Money usd={knownSum(infra.costPerHourUsd, infra.unpriced)} inWords per="hour" />
        <ActionMenu horizontal label={t('common:action.actionsFor', { name: infra.name })} actions={menu} />
      </header>
      <ServerSquares name={infra.name} groups={groups} />
      <footer>
        {isWord && <StatusBadge status={infra.status} />}
        {infra.nodes > 0 && infra.status !== 'Prepared' && <StatusCounts byStatus={infra.statusCounts} />}
      </footer>
    </article>
  );
}
