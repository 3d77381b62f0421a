import type { AuditEntry } from '@waterstrider/contract';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../shared/list.ts';
import { useSession } from '../../shared/session.ts';
import { useDrawer } from '../../shared/use-drawer.ts';
import { useListState } from '../../shared/use-list-state.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import classes from './Audit.module.css';
import { toRange } from './audit-range.ts';
import { useAuditColumns } from './use-audit-columns.tsx';
import { useAuditFilters } from './use-audit-filters.ts';

/** Who changed what, when, from where, and how it ended; for administrators. */
export function AuditPage() {
  const { t } = useTranslation('audit');
  const { admin } = useSession();
  return admin ? (
    <AuditLog />
  ) : (
    <>
      <PageHeader title={t('title')} />
      <EmptyState reason={t('adminOnly')} />
    </>
  );
}

function AuditLog() {
  const { t } = useTranslation('audit');
  const { from, to }: { from?: string; to?: string } = useSearch({ strict: false });
  const navigate = useNavigate();
  const own = useListState({ sort: '-at' });
  const range = toRange(from, to);
  const list = useList('listAudit', { query: { ...own.query, ...range } });
  const columns = useAuditColumns();
  const filters = useAuditFilters();
  const tasks = useDrawer('tasks');
  const setDays = (change: { from?: string | undefined; to?: string | undefined }) =>
    void navigate({ to: '.', search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false });
  const state = {
    ...own,
    isFiltered: own.isFiltered || Object.keys(range).length > 0,
    clear: () =>
      void navigate({
        to: '.',
        search: (before) => ({ ...before, search: undefined, filter: undefined, from: undefined, to: undefined }),
        replace: true,
        resetScroll: false,
      }),
  };
  const openTask = (entry: AuditEntry) => {
    if (entry.operation) tasks.open(entry.operation);
  };
  return (
    <>
      <PageHeader
        title={t('title')}
        actions={
          <Button
            icon={<IconRefresh size={15} stroke={1.6} />}
            busy={list.updating}
            onClick={() => void list.refresh()}
          >
            {t('refresh')}
          </Button>
        }
      />
      <DataTable
        id="audit"
        label={t('title')}
        source={list}
        state={state}
        columns={columns}
        filters={filters}
        rowKey={(row) => row.id}
        rowName={(row) =>
          t('entry', { action: t(`action.${row.action}`, { defaultValue: row.action }), actor: row.actor })
        }
        onOpen={openTask}
        searchLabel={t('search')}
        toolbar={
          <span className={classes.range}>
            <label>
              {t('from')}
              <input
                type="date"
                value={from ?? ''}
                {...(to ? { max: to } : {})}
                onChange={(event) => setDays({ from: event.target.value || undefined })}
              />
            </label>
            <label>
              {t('to')}
              <input
                type="date"
                value={to ?? ''}
                {...(from ? { min: from } : {})}
                onChange={(event) => setDays({ to: event.target.value || undefined })}
              />
            </label>
          </span>
        }
        empty={<EmptyState reason={t('none')} />}
      />
    </>
  );
}
