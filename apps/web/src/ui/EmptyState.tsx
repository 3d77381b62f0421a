import type { ReactNode } from 'react';
import classes from './States.module.css';

interface EmptyStateProps {
  /** Why there is nothing: nothing yet, no match, no right, still loading elsewhere. */
  reason: ReactNode;
  /** The one next action. */
  action?: ReactNode;
}

/** Says why nothing is here and offers the next step. */
export function EmptyState({ reason, action }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      <p>{reason}</p>
      {action}
    </div>
  );
}
