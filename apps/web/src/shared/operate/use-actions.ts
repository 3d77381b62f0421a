import type { Infra, Node, NodeGroup } from '@waterstrider/contract';
import { nodeActions } from '@waterstrider/contract/rules';
import type { InfraAction, NodeAction, RuleReason } from '@waterstrider/contract/rules';
import { useTranslation } from 'react-i18next';
import { useRole } from '../session.ts';
import type { Action } from '../../ui/action.ts';
import { actionIcon } from './action-icon.tsx';
import type { Intent } from './intent.ts';
import { countReached, infraReason, nodeReason } from './reach.ts';

type Run = (intent: Intent) => void;

/** Makes actions for menus and bars from the state rules; a viewer sees them all, each with the reason. */
export function useActions(ns: string, run: Run) {
  const { t } = useTranslation('tasks');
  const isViewer = useRole(ns) === 'viewer';
  const say = (reason: RuleReason | undefined): { reason?: string } => {
    if (isViewer) return { reason: t('rules:noRight') };
    return reason ? { reason: t(`rules:${reason}`) } : {};
  };
  const ofInfra = (action: InfraAction, infra: Infra): Action => ({
    key: action,
    label: t(`act.${action}`),
    onSelect: () => run({ kind: 'infra', action, infra }),
    ...say(infraReason(action, infra)),
  });
  return {
    isViewer,
    /** Suspend, resume, reboot, terminate of a whole MCIS. */
    infra: (infra: Infra): Action[] =>
      nodeActions.map((action) => ({
        ...ofInfra(action, infra),
        icon: actionIcon(action),
        danger: action === 'terminate',
      })),
    /** What is needed seldom, the impossible left out; delete at the end. */
    infraMore: (infra: Infra): Action[] => [
      ...(['reconcile', 'abort', 'refine'] as const)
        .filter((action) => infraReason(action, infra) === undefined)
        .map((action) => ofInfra(action, infra)),
      {
        key: 'delete',
        label: t('act.delete'),
        icon: actionIcon('terminate'),
        danger: true,
        onSelect: () => run({ kind: 'delete', infra }),
        ...say(undefined),
      },
    ],
    group: (infra: Infra, group: NodeGroup): Action[] =>
      nodeActions.map((action) => ({
        key: action,
        label: t(`act.${action}`),
        icon: actionIcon(action),
        danger: action === 'terminate',
        onSelect: () => run({ kind: 'group', action, infra, group }),
        ...say(groupReason(action, infra, group)),
      })),
    node: (node: Node, isBusy: boolean): Action[] =>
      nodeActions.map((action) => ({
        key: action,
        label: t(`act.${action}`),
        icon: actionIcon(action),
        danger: action === 'terminate',
        onSelect: () => run({ kind: 'nodes', action, nodes: [node], skipped: 0 }),
        ...say(nodeReason(action, node, isBusy)),
      })),
  };
}

const none: Record<NodeAction, RuleReason> = {
  suspend: 'noRunningServer',
  resume: 'noSuspendedServer',
  reboot: 'noRunningServer',
  terminate: 'noLivingServer',
};

function groupReason(action: NodeAction, infra: Infra, group: NodeGroup): RuleReason | undefined {
  return infraReason(action, infra) ?? (countReached(action, group.statusCounts) === 0 ? none[action] : undefined);
}
