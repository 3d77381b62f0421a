import type { Infra } from '@waterstrider/contract';
import { useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRow } from '../../shared/query.ts';
import { useRole } from '../../shared/session.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { NoPlace } from './NoPlace.tsx';
import { Studio } from './Studio.tsx';
import { useConnections } from './use-connections.ts';

/** Creates an MCIS over several clouds, or with `?addTo=` adds a server group to one. */
export function CreateMcisPage() {
  const { ns = '' } = useParams({ strict: false });
  const search: { addTo?: string | string[] } = useSearch({ strict: false });
  const { addTo } = search;
  return typeof addTo === 'string' && addTo !== '' ? (
    <AddGroup key={`${ns}/${addTo}`} ns={ns} name={addTo} />
  ) : (
    <Gate key={ns} ns={ns} />
  );
}

function AddGroup({ ns, name }: { ns: string; name: string }) {
  const { t } = useTranslation('create');
  const { data: infra, error, refetch } = useRow('getInfra', { params: { ns, infra: name } });
  if (infra) return <Gate ns={ns} infra={infra} />;
  return (
    <>
      <PageHeader title={t('titleAdd', { name })} />
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <SkeletonRows rows={8} />}
    </>
  );
}

/** What must be known and allowed before there is anything to fill in. */
function Gate({ ns, infra }: { ns: string; infra?: Infra }) {
  const { t } = useTranslation('create');
  const role = useRole(ns);
  const connections = useConnections(ns);
  const title = infra ? t('titleAdd', { name: infra.name }) : t('title');
  if (role === 'viewer')
    return (
      <>
        <PageHeader title={title} />
        <EmptyState
          reason={t('rules:noRight')}
          action={
            <LinkButton to="/ns/$ns/mcis" params={{ ns }}>
              {t('toList')}
            </LinkButton>
          }
        />
      </>
    );
  const isReady = role !== undefined && !connections.isLoading;
  const hasPlace = connections.places.some(({ usable }) => usable.length > 0);
  if (isReady && hasPlace) return <Studio ns={ns} infra={infra} connections={connections} />;
  return (
    <>
      <PageHeader title={title} />
      {connections.error ? (
        <ErrorState error={connections.error} onRetry={connections.retry} />
      ) : isReady ? (
        <NoPlace places={connections.places} nameOf={connections.clouds.nameOf} isAdmin={role === 'admin'} />
      ) : (
        <SkeletonRows rows={8} />
      )}
    </>
  );
}
