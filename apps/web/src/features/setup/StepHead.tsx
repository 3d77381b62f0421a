import type { ReactNode } from 'react';
import { StatusMark } from '../../ui/StatusMark.tsx';
import classes from './Setup.module.css';

interface StepHeadProps {
  id?: string;
  number: number;
  state: 'done' | 'now' | 'later';
  title: ReactNode;
  text?: string;
}

/** Number (or a check), title and one line of a step. */
export function StepHead({ id, number, state, title, text }: StepHeadProps) {
  return (
    <header className={classes.head} aria-current={state === 'now' ? 'step' : undefined}>
      <span className={classes.number} data-state={state} aria-hidden="true">
        {state === 'done' ? <StatusMark kind="ok" size={13} /> : number}
      </span>
      <div>
        <h2 id={id}>{title}</h2>
        {text && <p>{text}</p>}
      </div>
    </header>
  );
}
