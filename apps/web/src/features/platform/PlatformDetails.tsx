import type { PlatformInfo } from '@waterstrider/contract';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format.ts';
import { useRow } from '../../shared/query.ts';
import { RelativeTime } from '../../shared/RelativeTime.tsx';
import { Box } from '../../ui/Box.tsx';
import { Button } from '../../ui/Button.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Figure, FigureStrip } from '../../ui/Figures.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { CloudBaristaBox } from './CloudBaristaBox.tsx';
import { FactList } from './FactList.tsx';
import { FrameworkBoxes } from './FrameworkBoxes.tsx';
import { isOptionalCheck } from './frameworks.ts';
import classes from './Platform.module.css';

/** Health, database, replicas, sizes and memory, as of the last look. */
export function PlatformDetails() {
  const { t } = useTranslation('platform');
  const format = useFormat();
  const { data, error, refetch, isFetching, dataUpdatedAt } = useRow('getPlatform', {});
  const isHealthy = data?.checks.every(({ ok, name }) => ok || isOptionalCheck(name)) ?? true;
  return (
    <>
      <PageHeader
        title={t('title')}
        status={
          data && (
            <StatusBadge
              look="pill"
              status={isHealthy ? 'Running' : 'Failed'}
              word={t(isHealthy ? 'healthy' : 'unhealthy')}
            />
          )
        }
        live={data && <span className="dim sm nowrap">{t('asOf', { time: format.clock(dataUpdatedAt) })}</span>}
        actions={
          <Button icon={<IconRefresh size={15} stroke={1.6} />} busy={isFetching} onClick={() => void refetch()}>
            {t('refresh')}
          </Button>
        }
      />
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data ? <Details info={data} /> : error === null && <SkeletonRows rows={8} />}
    </>
  );
}

function Details({ info }: { info: PlatformInfo }) {
  const { t } = useTranslation('platform');
  const format = useFormat();
  return (
    <>
      <FigureStrip label={t('title')}>
        <Figure title={t('version')} value={info.version} below={t(`kind.${info.platform}`)} />
        <Figure
          title={t('clouds')}
          value={info.clouds}
          below={
            info.simulationSpeed !== undefined &&
            `${t('speed')}: ${t('speedValue', { speed: format.number(info.simulationSpeed, 1) })}`
          }
        />
        <Figure title={t('memory')} value={format.bytes(info.memoryBytes)} below={t('memoryText')} />
        <Figure
          title={t('database')}
          value={format.bytes(info.database.sizeBytes)}
          below={t('databaseVersion', { version: info.database.version })}
        />
      </FigureStrip>
      {info.frameworks.length > 0 && <FrameworkBoxes frameworks={info.frameworks} />}
      <CloudBaristaBox settings={info.settings} />
      <div className={classes.columns}>
        <Checks checks={info.checks} />
        <Box title={t('database')}>
          <FactList
            facts={[
              [t('database'), t(`databaseKind.${info.database.kind}`)],
              [t('version'), t('databaseVersion', { version: info.database.version })],
              [t('size'), format.bytes(info.database.sizeBytes)],
              [
                t('startedAt'),
                <time key="since" dateTime={info.startedAt} title={format.full(info.startedAt)}>
                  {format.dateTime(info.startedAt)}
                </time>,
              ],
            ]}
          />
        </Box>
        <Box title={t('replicas')} padded={false}>
          <PlainTable
            label={t('replicas')}
            rows={info.replicas}
            rowKey={({ id }) => id}
            columns={[
              {
                id: 'id',
                header: t('replica'),
                cell: ({ id, self }) => (
                  <>
                    <code>{id}</code> {self && <span className="dim">{t('self')}</span>}
                  </>
                ),
              },
              { id: 'seen', header: t('seenAt'), cell: ({ seenAt }) => <RelativeTime at={seenAt} />, align: 'right' },
            ]}
          />
        </Box>
      </div>
      <Tables tables={info.tables} />
    </>
  );
}

function Checks({ checks }: Pick<PlatformInfo, 'checks'>) {
  const { t } = useTranslation('platform');
  return (
    <Box title={t('health')}>
      <ul className={classes.checks}>
        {checks.map(({ name, ok, detail }) => (
          <li key={name}>
            <StatusMark
              kind={ok ? 'ok' : isOptionalCheck(name) ? 'warn' : 'fail'}
              label={t(ok ? 'healthy' : 'unhealthy')}
            />
            <b>{t(`check.${name}`, { defaultValue: name })}</b>
            <span lang={detail ? 'en' : undefined}>{detail ?? t(ok ? 'healthy' : 'unhealthy')}</span>
          </li>
        ))}
      </ul>
    </Box>
  );
}

function Tables({ tables }: Pick<PlatformInfo, 'tables'>) {
  const { t } = useTranslation('platform');
  const format = useFormat();
  const largestFirst = [...tables].sort((left, right) => right.sizeBytes - left.sizeBytes);
  return (
    <Box title={t('tables')} padded={false}>
      <PlainTable
        label={t('tables')}
        rows={largestFirst}
        rowKey={({ name }) => name}
        columns={[
          { id: 'name', header: t('table'), cell: ({ name }) => <code>{name}</code> },
          { id: 'rows', header: t('rows'), cell: ({ rows }) => format.number(rows), align: 'right' },
          { id: 'size', header: t('size'), cell: ({ sizeBytes }) => format.bytes(sizeBytes), align: 'right' },
          {
            id: 'kept',
            header: t('kept'),
            cell: ({ keptDays }) =>
              keptDays === undefined ? <span className="dim3">–</span> : t('keptDays', { count: keptDays }),
            align: 'right',
          },
        ]}
      />
    </Box>
  );
}
