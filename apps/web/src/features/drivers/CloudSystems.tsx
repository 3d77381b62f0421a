import type { CloudSystem } from '@waterstrider/contract';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../shared/api-error.ts';
import { useRow } from '../../shared/query.ts';
import { useSession } from '../../shared/session.ts';
import { Box, CountPill } from '../../ui/Box.tsx';
import { LinkButton } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import classes from './Drivers.module.css';

/** Kinds of clouds that CB-Spider can drive, or why there are none. */
export function CloudSystems() {
  const { t } = useTranslation('drivers');
  const { data, error, refetch } = useRow('listCloudSystems', {});
  const isLacking = error instanceof ApiError && error.code === 'unsupported';
  return (
    <Box
      title={t('systems.title')}
      mark={data && <CountPill count={data.items.length} />}
      padded={false}
      className={classes.systems ?? ''}
    >
      <p className={classes.lead}>{t('systems.text')}</p>
      {isLacking ? (
        <NoSpider />
      ) : error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <SkeletonRows rows={4} />
      ) : data.items.length === 0 ? (
        <EmptyState reason={t('systems.none')} />
      ) : (
        <Systems systems={data.items} />
      )}
    </Box>
  );
}

function NoSpider() {
  const { t } = useTranslation('drivers');
  const { admin } = useSession();
  return (
    <EmptyState
      reason={t('systems.noSpider')}
      action={admin && <LinkButton to="/settings/platform">{t('systems.toPlatform')}</LinkButton>}
    />
  );
}

function Systems({ systems }: { systems: CloudSystem[] }) {
  const { t } = useTranslation('drivers');
  return (
    <PlainTable
      label={t('systems.title')}
      rows={systems}
      rowKey={({ name }) => name}
      columns={[
        { id: 'name', header: t('systems.column.name'), cell: ({ name }) => <b>{name}</b> },
        {
          id: 'drivers',
          header: t('systems.column.drivers'),
          cell: ({ drivers }) =>
            drivers.length === 0 ? (
              <span className="dim3">{t('systems.noDrivers')}</span>
            ) : (
              <ul>
                {drivers.map(({ name, library }) => (
                  <li key={name}>
                    {name} {library !== name && <code className="dim">{library}</code>}
                  </li>
                ))}
              </ul>
            ),
        },
        {
          id: 'credential',
          header: t('systems.column.credential'),
          cell: ({ credentialKeys }) => <Keys keys={credentialKeys} />,
        },
        { id: 'region', header: t('systems.column.region'), cell: ({ regionKeys }) => <Keys keys={regionKeys} /> },
        {
          id: 'root',
          header: t('systems.column.rootDisks'),
          cell: ({ rootDiskTypes }) => <Keys keys={rootDiskTypes} />,
        },
        { id: 'disks', header: t('systems.column.disks'), cell: ({ diskTypes }) => <Keys keys={diskTypes} /> },
        {
          id: 'connections',
          header: t('systems.column.connections'),
          cell: ({ connections }) => connections,
          align: 'right',
        },
      ]}
    />
  );
}

function Keys({ keys }: { keys: string[] }) {
  if (keys.length === 0) return <span className="dim3">–</span>;
  return (
    <span lang="en" className={classes.keys}>
      {keys.join(', ')}
    </span>
  );
}
