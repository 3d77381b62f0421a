import type { NsOverview } from '@waterstrider/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format.ts';
import { useRow } from '../../shared/query.ts';
import { FigureStrip } from '../../ui/Figures.tsx';
import { StatusBar } from '../../ui/StatusBar.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import classes from './dashboard.module.css';
import { StatusLinks } from './StatusLinks.tsx';

type Totals = Omit<NsOverview, 'ns'>;

/** MCIS, servers, clouds and cost; each count leads to the list it counts. Without `ns` the counts lead nowhere. */
export function OverviewStrip({ ns, overview }: { ns?: string; overview: Totals | undefined }) {
  const { t } = useTranslation('dashboard');
  const format = useFormat();
  const isPriced = overview === undefined || overview.cost.perHourUsd > 0 || overview.cost.unpriced === 0;
  // While the platform does not answer nobody knows how they are.
  const isAnswering = useRow('getAbout', {}).data?.healthy !== false;
  const base = ns === undefined ? undefined : `/ns/${encodeURIComponent(ns)}`;
  const failed = overview?.connections.byState.Failed ?? 0;
  const verifying = overview?.connections.byState.Verifying ?? 0;
  return (
    <FigureStrip label={t('strip')} columns="1.1fr 2.4fr .9fr 1.2fr">
      <div className={classes.cell}>
        <h2>{t('mcis')}</h2>
        <div className={classes.value}>
          <Total
            to={base && `${base}/mcis`}
            label={t('allMcis')}
            value={overview && format.number(overview.infras.total)}
          />
          {overview && <StatusLinks to={base && `${base}/mcis`} byStatus={overview.infras.byStatus} look="numbers" />}
        </div>
        <StatusBar byStatus={overview?.infras.byStatus ?? {}} />
      </div>
      <div className={classes.cell}>
        <h2>{t('servers')}</h2>
        <div className={classes.value}>
          <Total
            to={base && `${base}/servers`}
            label={t('allServers')}
            value={overview && format.number(overview.nodes.total)}
          />
          {overview && <StatusLinks to={base && `${base}/servers`} byStatus={overview.nodes.byStatus} look="words" />}
        </div>
        <StatusBar byStatus={overview?.nodes.byStatus ?? {}} />
      </div>
      <div className={classes.cell}>
        <h2>{t('clouds')}</h2>
        <div className={classes.value}>
          <Total
            to="/settings/connections"
            label={t('allClouds')}
            value={overview && format.number(overview.connections.providers)}
          />
          <span className={classes.unit}>
            {overview && t('common:count.connections', { count: overview.connections.total })}
          </span>
        </div>
        <p className={classes.below}>
          {failed > 0 ? (
            <Link to="/settings/connections" search={{ filter: ['state:Failed'] }} className={classes.count}>
              <StatusMark kind="fail" size={11} />
              {t('connectionsFailed', { count: failed })}
            </Link>
          ) : verifying > 0 ? (
            <span className={classes.count}>
              <StatusMark kind="move" size={11} />
              {t('status:count.Verifying', { count: verifying })}
            </span>
          ) : (
            overview &&
            isAnswering &&
            overview.connections.total > 0 && (
              <span className={classes.count}>
                <StatusMark kind="ok" size={11} />
                {t('connectionsFine')}
              </span>
            )
          )}
        </p>
      </div>
      <div className={classes.cell}>
        <h2>{t('cost')}</h2>
        <div className={classes.value}>
          <b>{overview ? (isPriced ? format.money(overview.cost.perHourUsd) : '–') : '\u00a0'}</b>
          <span className={classes.unit}>{t(isPriced ? 'perHour' : 'common:money.unknown')}</span>
        </div>
        <p className={classes.below} title={t('listPrices')}>
          {overview && (
            <>
              {isPriced && t('perMonth', { cost: format.money(overview.cost.perMonthUsd) })}
              {overview.cost.unpriced > 0 && ` ${t('common:money.unpriced', { count: overview.cost.unpriced })}`}
            </>
          )}
        </p>
      </div>
    </FigureStrip>
  );
}

function Total({ to, label, value }: { to: string | undefined; label: string; value: string | undefined }) {
  if (to === undefined || value === undefined) return <b>{value ?? '\u00a0'}</b>;
  return (
    <b>
      <Link to={to} title={label} aria-label={`${label}: ${value}`}>
        {value}
      </Link>
    </b>
  );
}
