import type { Infra, Node } from '@waterstrider/contract';
import { nodeStatuses } from '@waterstrider/contract/rules';

import { useCallback, useMemo } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../list.ts';
import { useListState } from '../use-list-state.ts';
import { ActionMenu } from '../../ui/ActionMenu.tsx';
import { Button } from '../../ui/Button.tsx';
import type { FilterDefinition } from '../../ui/filter-definition.ts';
import { providerName } from '../../ui/provider.ts';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { NodeBulkActions } from './BulkActions.tsx';
import { useNodeColumns } from './node-columns.tsx';
import classes from './operate.module.css';
import { useActions } from './use-actions.ts';
import { useLifecycle } from './use-lifecycle.tsx';
import { useRetryable } from './use-retryable.ts';

interface ServersTableProps {
  ns: string;
  /** All MCIS of the namespace that are known; only their servers' filters are offered. */
  infras: Infra[];
  /** Only the servers of this one. */
  infra?: Infra;
  empty?: ReactNode;
}

/** Servers as a table: filters, selection with bulk actions, the failure of each in the cloud's words beneath it. */
export function ServersTable({ ns, infras, infra, empty }: ServersTableProps) {
  const { t } = useTranslation('servers');

  const state = useListState({ sort: infra ? 'status' : 'name', ...(infra ? { fixed: [`infra:${infra.id}`] } : {}) });
  const source = useList('listNodes', { params: { ns }, query: state.query });
  const columns = useNodeColumns(ns, infra === undefined);
  const { run, dialog } = useLifecycle(ns);
  const actions = useActions(ns, run);
  const retryable = useRetryable(ns);
  const busy = useMemo(() => new Set(infras.filter((one) => one.runningOperation).map(({ id }) => id)), [infras]);
  const isBusy = useCallback((node: Node) => busy.has(node.infraId), [busy]);
  const filters = useFilters(infra ? [infra] : infras, infra === undefined);

  const help = (node: Node): ReactNode => {
    if (actions.isViewer || node.status === 'Terminated') return null;
    const owner = infras.find(({ id }) => id === node.infraId);
    if (!owner || isBusy(node)) return null;
    if (node.status === 'Undefined')
      return (
        <Button size="sm" onClick={() => run({ kind: 'infra', action: 'reconcile', infra: owner })}>
          {t('tasks:act.reconcile')}
        </Button>
      );
    const operation = retryable.get(node.infra);
    if (operation)
      return (
        <Button size="sm" onClick={() => run({ kind: 'retry', operation })}>
          {t('tasks:retryFailed', { count: operation.progress.failed })}
        </Button>
      );
    return (
      <Button
        size="sm"
        kind="danger"
        onClick={() => run({ kind: 'nodes', action: 'terminate', nodes: [node], skipped: 0 })}
      >
        {t('tasks:act.terminate')}
      </Button>
    );
  };
  const subLine = (node: Node): ReactNode => {
    const isWrong = node.status === 'Failed' || node.status === 'Undefined' || node.drift === 'gone';
    if (!isWrong || !node.error) return undefined;
    return (
      <span className={classes.words}>
        <StatusMark kind={node.status === 'Failed' ? 'fail' : node.status === 'Undefined' ? 'undef' : 'warn'} />
        <span lang="en" title={node.error.message}>
          <code>{node.error.code}</code> {node.error.message}
        </span>
        {help(node)}
      </span>
    );
  };
  return (
    <>
      <DataTable
        id={infra ? 'mcis-servers' : 'servers'}
        label={t('title')}
        source={source}
        state={state}
        columns={columns}
        rowKey={(node) => node.id}
        rowName={(node) => node.name}
        rowTo={(node) => `/ns/${encodeURIComponent(ns)}/servers/${encodeURIComponent(node.id)}`}
        filters={filters}
        searchLabel={t('search.label')}
        searchPlaceholder={t('search.placeholder')}
        subLine={subLine}
        rowActions={(node) => (
          <ActionMenu
            label={t('common:action.actionsFor', { name: node.name })}
            actions={actions.node(node, isBusy(node))}
          />
        )}
        bulk={(nodes, done) => (
          <NodeBulkActions nodes={nodes} isBusy={isBusy} run={run} done={done} isViewer={actions.isViewer} />
        )}
        empty={empty}
      />
      {dialog}
    </>
  );
}

/** What the servers can be filtered by: values that occur in their MCIS. */
function useFilters(infras: Infra[], withInfra: boolean): FilterDefinition[] {
  const { t } = useTranslation('servers');
  return useMemo(() => {
    const groups = infras.flatMap(({ nodeGroups }) => nodeGroups);
    const option = (value: string, label = value) => ({ value, label });
    const distinct = (values: string[]) => [...new Set(values)].sort();
    const own = (key: 'region' | 'spec' | 'image' | 'connection', name: (value: string) => string = String) => ({
      key,
      label: t(`column.${key}`),
      options: distinct(groups.map((group) => group[key])).map((value) => option(value, name(value))),
    });
    return [
      {
        key: 'status',
        label: t('column.status'),
        options: nodeStatuses.map((status) => option(status, t(`status:${status}`))),
      },
      ...(withInfra
        ? [{ key: 'infra', label: t('column.infra'), options: infras.map(({ name }) => option(name)) }]
        : [{ key: 'nodeGroup', label: t('column.nodeGroup'), options: groups.map(({ name }) => option(name)) }]),
      {
        key: 'provider',
        label: t('column.provider'),
        options: distinct(groups.map(({ provider }) => provider)).map((value) => option(value, providerName(value))),
      },
      own('region'),
      own('spec', specOption),
      own('connection'),
      { key: 'zone', label: t('column.zone') },
      { key: 'label', label: t('column.labels') },
    ];
  }, [infras, t, withInfra]);
}

const specOption = (id: string): string => id.split('+').slice(1).join(' ') || id;
