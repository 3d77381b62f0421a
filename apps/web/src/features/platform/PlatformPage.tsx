import { useTranslation } from 'react-i18next';
import { useRow } from '../../shared/query.ts';
import { useSession } from '../../shared/session.ts';
import { Box } from '../../ui/Box.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { FactList } from './FactList.tsx';
import { PlatformDetails } from './PlatformDetails.tsx';

/** Who carries the changes out, and how it is; the short form for those who are no administrator. */
export function PlatformPage() {
  const { admin } = useSession();
  return admin ? <PlatformDetails /> : <About />;
}

function About() {
  const { t } = useTranslation('platform');
  const { data, error, refetch } = useRow('getAbout', {});
  return (
    <>
      <PageHeader title={t('title')} />
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data ? (
        <Box title={t('about')}>
          <FactList
            facts={[
              [t('version'), <code key="version">{data.version}</code>],
              [t('platform'), t(`kind.${data.platform}`)],
              [t(data.simulated ? 'simulated' : 'real'), data.clouds],
              [t('health'), <Health key="health" isHealthy={data.healthy} />],
            ]}
          />
          <p className="dim sm" style={{ marginTop: 12 }}>
            {t('aboutText')}
          </p>
        </Box>
      ) : (
        error === null && <SkeletonRows rows={4} />
      )}
    </>
  );
}

function Health({ isHealthy }: { isHealthy: boolean }) {
  const { t } = useTranslation('platform');
  return <StatusBadge status={isHealthy ? 'Verified' : 'Failed'} word={t(isHealthy ? 'healthy' : 'unhealthy')} />;
}
