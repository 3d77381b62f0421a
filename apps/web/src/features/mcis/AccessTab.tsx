import type { Infra, Resource } from '@waterstrider/contract';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../shared/list.ts';
import { Box } from '../../ui/Box.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { ProviderBadge } from '../../ui/ProviderBadge.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { CopyText } from '../../ui/Text.tsx';
import classes from './mcis.module.css';

/** Networks, security groups and keys that were made or reused for the connections of this MCIS. */
export function AccessTab({ ns, infra }: { ns: string; infra: Infra }) {
  const { t } = useTranslation('mcis');
  const connections = [...new Set(infra.nodeGroups.map(({ connection }) => connection))];
  const filter = connections.map((connection) => `connection:${connection}`);
  const { rows, loading, error, retry, refresh } = useList('listResources', {
    params: { ns },
    query: { filter, sort: 'connection' },
    limit: 500,
    enabled: connections.length > 0,
  });
  // Resources have no events of their own; they come and go with tasks.
  const version = infra.runningOperation;
  const seen = useRef(version);
  useEffect(() => {
    if (seen.current === version) return;
    seen.current = version;
    void refresh();
  }, [version, refresh]);
  if (error !== undefined) return <ErrorState error={error} onRetry={retry} />;
  if (loading) return <SkeletonRows />;
  if (rows.length === 0) return <EmptyState reason={t('noResources')} />;
  return (
    <Box padded={false}>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('tabs.access')}>
        <table className={classes.resources}>
          <thead>
            <tr>
              {(['name', 'kind', 'cloud', 'state', 'summary', 'cspId'] as const).map((key) => (
                <th key={key} scope="col">
                  {t(`resource.${key}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((resource) => (
              <ResourceRow key={resource.id} resource={resource} />
            ))}
          </tbody>
        </table>
      </div>
    </Box>
  );
}

function ResourceRow({ resource }: { resource: Resource }) {
  const { t } = useTranslation('mcis');
  return (
    <tr>
      <td>
        <b>{resource.name}</b>
        {resource.error && (
          <p className="sm" lang="en">
            <code>{resource.error.code}</code> {resource.error.message}
          </p>
        )}
      </td>
      <td className="nowrap">{t(`resource.kinds.${resource.kind}`)}</td>
      <td className="nowrap">
        <ProviderBadge provider={resource.provider} /> {resource.region}
      </td>
      <td>
        <StatusBadge status={resource.state} />
      </td>
      <td className="mono">{resource.summary}</td>
      <td>{resource.cspResourceId && <CopyText text={resource.cspResourceId} />}</td>
    </tr>
  );
}
