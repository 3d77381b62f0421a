import type { Infra, Node } from '@waterstrider/contract';
import { nodeActions } from '@waterstrider/contract/rules';
import type { NodeAction } from '@waterstrider/contract/rules';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { actionIcon } from './action-icon.tsx';
import classes from './operate.module.css';
import { groupReasons } from './group-reasons.ts';
import type { Intent } from './intent.ts';
import { commonReason, countReached, infraReason, reachOf } from './reach.ts';

interface Choice {
  action: NodeAction;
  count: number;
  /** Why it touches none. */
  reason: string | undefined;
  intent: () => Intent;
}

interface BulkProps {
  run: (intent: Intent, onSent?: () => void) => void;
  /** Clears the selection; kept after other actions, so that one can follow the other. */
  done: () => void;
  isViewer: boolean;
}

/** Buttons for selected servers; each says how many it will touch. */
export function NodeBulkActions(props: BulkProps & { nodes: Node[]; isBusy: (node: Node) => boolean }) {
  const { t } = useTranslation('tasks');
  const choices = nodeActions.map((action): Choice => {
    const reach = reachOf(action, props.nodes, props.isBusy);
    const reason = reach.fit.length === 0 ? commonReason(reach) : undefined;
    return {
      action,
      count: reach.fit.length,
      reason: reason && t(`rules:${reason}`),
      intent: () => ({ kind: 'nodes', action, nodes: reach.fit, skipped: reach.unfit.length }),
    };
  });
  return <Choices {...props} choices={choices} />;
}

/** Buttons for selected MCIS; each says how many servers it will touch. */
export function InfraBulkActions(props: BulkProps & { infras: Infra[] }) {
  const { t } = useTranslation('tasks');
  const choices = nodeActions.map((action): Choice => {
    const fit = props.infras.filter((infra) => infraReason(action, infra) === undefined);
    const first = props.infras[0] && infraReason(action, props.infras[0]);
    return {
      action,
      count: fit.reduce((sum, infra) => sum + countReached(action, infra.statusCounts), 0),
      reason: fit.length === 0 && first ? t(`rules:${first}`) : undefined,
      intent: () => ({ kind: 'infras', action, infras: fit, skipped: props.infras.length - fit.length }),
    };
  });
  return <Choices {...props} choices={choices} />;
}

function Choices({ choices, run, done, isViewer }: BulkProps & { choices: Choice[] }) {
  const { t } = useTranslation('tasks');
  const id = useId();
  const reasons = choices.map((choice) => ({ ...choice, reason: isViewer ? t('rules:noRight') : choice.reason }));
  const printed = isViewer ? reasons.slice(0, 1) : reasons.filter(({ reason }) => reason);
  return (
    <>
      {reasons.map(({ action, count, reason, intent }) => (
        <Button
          key={action}
          size="sm"
          kind={action === 'terminate' ? 'danger' : 'default'}
          icon={actionIcon(action)}
          disabled={reason !== undefined}
          aria-describedby={reason ? `${id}-reasons` : undefined}
          onClick={() => run(intent(), action === 'terminate' ? done : undefined)}
        >
          {t(`actCount.${action}`, { count })}
        </Button>
      ))}
      {printed.length > 0 && (
        <p id={`${id}-reasons`} className={classes.bulkReasons}>
          {isViewer
            ? t('rules:noRight')
            : groupReasons(printed.map(({ action, reason }) => ({ label: t(`act.${action}`), reason })))
                .map(({ labels, reason }) => `${labels.join(', ')}: ${reason}`)
                .join(' ')}
        </p>
      )}
    </>
  );
}
