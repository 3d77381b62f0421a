import type { ReactNode } from 'react';
import classes from './States.module.css';
import { StatusMark } from './StatusMark.tsx';

interface NoteProps {
  kind?: 'info' | 'warn' | 'fail' | 'ok';
  children: ReactNode;
}

/** A remark in the page: information, a warning, a failure. */
export function Note({ kind = 'info', children }: NoteProps) {
  const tone = kind === 'fail' ? classes.fail : kind === 'warn' ? classes.warn : '';
  return (
    <div className={`${classes.note} ${tone}`}>
      <StatusMark kind={kind} />
      <div className={classes.text}>{children}</div>
    </div>
  );
}
