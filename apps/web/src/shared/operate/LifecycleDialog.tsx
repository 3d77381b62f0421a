import type { Node } from '@waterstrider/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format.ts';
import { useRow } from '../query.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { toConfirmation } from './intent.ts';
import type { Confirmation, Intent } from './intent.ts';
import { reachOf } from './reach.ts';

interface LifecycleDialogProps {
  ns: string;
  intent: Intent;
  onConfirm: () => Promise<void>;
  onClose: () => void;
}

/** Names what an action will touch, what goes with it and what stays, and asks for the name where servers are destroyed. */
export function LifecycleDialog({ ns, intent, onConfirm, onClose }: LifecycleDialogProps) {
  const { t } = useTranslation('tasks');
  const format = useFormat();
  const confirmation = toConfirmation(intent);
  const touched = useTouched(ns, intent, confirmation);
  const title = useTitle(intent, confirmation.servers);
  const names = confirmation.names.length > 0 ? confirmation.names : touched.map(({ name }) => name);
  const ended = endedCost(intent, touched);
  const skipped = 'skipped' in intent ? intent.skipped : 0;
  const action = intent.kind === 'delete' ? 'delete' : intent.kind === 'retry' ? 'retry' : intent.action;
  return (
    <ConfirmDialog
      title={title}
      names={names}
      confirmLabel={title}
      danger={confirmation.danger}
      {...(confirmation.typed === undefined ? {} : { typed: confirmation.typed })}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <p>{t(`dialog.text.${action}`)}</p>
      {ended > 0 && <p>{t('dialog.costEnds', { cost: format.money(ended) })}</p>}
      {skipped > 0 && <p className="dim">{t('dialog.skipped', { count: skipped })}</p>}
    </ConfirmDialog>
  );
}

/** The servers themselves, as far as they are known: of an MCIS they are loaded. */
function useTouched(ns: string, intent: Intent, { of, needed }: Confirmation): Node[] {
  const filter = of ? [`infra:${of.infra.id}`, ...(of.group ? [`nodeGroup:${of.group.name}`] : [])] : [];
  const { data } = useRow(
    'listNodes',
    { params: { ns }, query: { filter, limit: 500 } },
    { enabled: of !== undefined && needed },
  );
  if (intent.kind === 'nodes') return intent.nodes;
  const nodes = data?.items ?? [];
  if (intent.kind === 'delete') return nodes.filter(({ status }) => status !== 'Terminated');
  if (intent.kind === 'group') return reachOf(intent.action, nodes).fit;
  if (intent.kind !== 'infra') return [];
  switch (intent.action) {
    case 'suspend':
    case 'resume':
    case 'reboot':
    case 'terminate':
      return reachOf(intent.action, nodes).fit;
    case 'refine':
      return nodes.filter(({ status }) => ['Failed', 'Terminated', 'Undefined'].includes(status));
    case 'abort':
      return nodes.filter(({ status }) => ['Undefined', 'Reconciling'].includes(status));
    default:
      return nodes;
  }
}

/** List price per hour of the running servers that go. */
function endedCost(intent: Intent, touched: Node[]): number {
  const ends = intent.kind === 'delete' || ('action' in intent && ['terminate', 'suspend'].includes(intent.action));
  if (!ends) return 0;
  if (intent.kind === 'infras') return intent.infras.reduce((sum, infra) => sum + infra.costPerHourUsd, 0);
  return touched.reduce((sum, node) => sum + (node.status === 'Running' ? (node.costPerHourUsd ?? 0) : 0), 0);
}

function useTitle(intent: Intent, servers: number): string {
  const { t } = useTranslation('tasks');
  switch (intent.kind) {
    case 'delete':
      return t('dialog.title.delete', { name: intent.infra.name });
    case 'retry':
      return t('retryFailed', { count: servers });
    case 'infra':
      return t(`dialog.title.${intent.action}`, { count: servers, name: intent.infra.name });
    default:
      return t(`dialog.title.${intent.action}`, { count: servers });
  }
}
