import { useId } from 'react';
import type { ReactNode } from 'react';
import type { Action } from '../../ui/action.ts';
import { Button } from '../../ui/Button.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { groupReasons } from './group-reasons.ts';
import classes from './operate.module.css';

interface ActionRowProps {
  /** Accessible name of the group. */
  label: string;
  actions: Action[];
  /** After the buttons: a menu with the rest. */
  more?: ReactNode;
}

/**
 * Buttons in a row with the reasons below, each reason once for all the buttons it stops. The line of the reasons is kept free
 * while there is none, so that the page does not jump whenever a task begins or ends.
 */
export function ActionRow({ label, actions, more }: ActionRowProps) {
  const id = useId();
  const reasons = groupReasons(actions);
  return (
    <div className={classes.actionRow}>
      <div className={classes.buttons} role="group" aria-label={label}>
        {actions.map((action) => (
          <Button
            key={action.key}
            kind={action.danger ? 'danger' : 'default'}
            icon={action.icon}
            disabled={action.reason !== undefined}
            busy={action.busy ?? false}
            aria-describedby={
              action.reason ? `${id}-${reasons.findIndex(({ reason }) => reason === action.reason)}` : undefined
            }
            onClick={action.onSelect}
          >
            {action.label}
          </Button>
        ))}
        {more}
      </div>
      <p className={classes.reasons}>
        {reasons.length > 0 && <StatusMark kind="info" />}
        <span>
          {reasons.map(({ labels, reason }, index) => (
            <span key={reason} id={`${id}-${index}`}>
              {labels.join(', ')}: {reason}{' '}
            </span>
          ))}
        </span>
      </p>
    </div>
  );
}
