import type { Node } from '@waterstrider/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { keyOf, useRow } from '../../shared/query.ts';
import { RelativeTime } from '../../shared/RelativeTime.tsx';
import { Box } from '../../ui/Box.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import classes from './servers.module.css';

/** Its states over time, newest first. */
export function ServerHistory({ ns, node }: { ns: string; node: Node }) {
  const { t } = useTranslation('servers');
  const client = useQueryClient();
  const { data, error, refetch } = useRow('getNodeHistory', { params: { ns, node: node.id } });
  // History has no events of its own; a new state of the server means a new line here.
  const version = `${node.status} ${node.statusSince}`;
  const seen = useRef(version);
  useEffect(() => {
    if (seen.current === version) return;
    seen.current = version;
    void client.invalidateQueries({ queryKey: keyOf('getNodeHistory', { ns, node: node.id }).slice(0, 2) });
  }, [client, ns, node.id, version]);
  return (
    <Box title={t('box.history')} padded={false}>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error && <SkeletonRows rows={4} />}
      <ol className={classes.history}>
        {data?.items.map(({ at, status, reason }, index) => (
          <li key={`${at} ${status} ${index}`}>
            <StatusBadge status={status} />
            {reason && <span className="dim3 sm">{t(`reason.${reason}`, { defaultValue: reason })}</span>}
            <span className="spacer" />
            <span className="dim sm">
              <RelativeTime at={at} />
            </span>
          </li>
        ))}
      </ol>
    </Box>
  );
}
