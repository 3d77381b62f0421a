import type { Infra, Operation } from '@waterstrider/contract';
import { useTranslation } from 'react-i18next';
import { useDrawer } from '../../shared/use-drawer.ts';
import { Box } from '../../ui/Box.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import type { TableSource } from '../../ui/table/table-source.ts';
import { TaskLine } from '../../shared/operate/TaskLine.tsx';

/** The tasks whose target is this MCIS, newest first. */
export const taskQuery = (ns: string, infra: Infra) => ({
  ns,
  filter: [`target:${infra.id}`, `target:${infra.name}`],
  sort: '-startedAt',
});

/** Tasks of an MCIS; one opens in the drawer. */
export function McisTasksTab({ list }: { list: TableSource<Operation> }) {
  const { t } = useTranslation('mcis');
  const drawer = useDrawer('tasks');
  if (list.error !== undefined) return <ErrorState error={list.error} onRetry={list.retry} />;
  if (list.loading) return <SkeletonRows />;
  if (list.rows.length === 0) return <EmptyState reason={t('noTasks')} />;
  return (
    <Box padded={false}>
      {list.rows.map((operation) => (
        <TaskLine key={operation.id} operation={operation} detailed onOpen={drawer.open} />
      ))}
      {list.hasMore && (
        <Button kind="quiet" busy={list.loadingMore} onClick={list.loadMore}>
          {t('common:table.loadMore')}
        </Button>
      )}
    </Box>
  );
}
