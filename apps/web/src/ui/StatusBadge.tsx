import { useTranslation } from 'react-i18next';
import classes from './Status.module.css';
import { toStatusKind } from './status.ts';
import type { StatusKind } from './status.ts';
import { StatusMark } from './StatusMark.tsx';

interface StatusBadgeProps {
  /** State as the contract names it: `Running`, `PartlyFailed`, `Verified`, `succeeded`. */
  status: string;
  /** `plain` in rows (mark and word), `pill` beside titles. */
  look?: 'plain' | 'pill';
  /** Shape, if not the one of the status. */
  kind?: StatusKind;
  /** Word, if not the one of the status. */
  word?: string;
}

/** A state as mark and word. The words come from the locale file `status`. */
export function StatusBadge({ status, look = 'plain', kind = toStatusKind(status), word }: StatusBadgeProps) {
  const { t } = useTranslation('status');
  return (
    <span className={look === 'pill' ? `${classes.pill} ${classes[kind]}` : classes.word}>
      <StatusMark kind={kind} size={look === 'pill' ? 11 : 12} />
      {word ?? t(status)}
    </span>
  );
}
