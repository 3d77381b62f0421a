import { StatusMark } from '../../ui/StatusMark.tsx';
import classes from './studio.module.css';

/** An error of a part of the form that is more than one control; submitting goes to it. */
export function Problem({ text }: { text: string | undefined }) {
  if (!text) return null;
  return (
    <p className={classes.problem} data-problem tabIndex={-1} role="alert">
      <StatusMark kind="fail" />
      <span>{text}</span>
    </p>
  );
}
