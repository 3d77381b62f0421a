import { useTranslation } from 'react-i18next';
import classes from './Status.module.css';
import { countKinds, toStatusKind } from './status.ts';
import type { StatusKind } from './status.ts';
import { StatusMark } from './StatusMark.tsx';

interface StatusCountsProps {
  /** Count per status, as the contract gives it. */
  byStatus: Partial<Record<string, number>>;
  /** `words`: "1 failed"; `numbers`: mark and number, the word in the accessible name. */
  look?: 'words' | 'numbers';
}

/** Counts in rank order, worst first; states of one shape are summed ("8 in transition"). */
export function StatusCounts({ byStatus, look = 'words' }: StatusCountsProps) {
  const { t } = useTranslation('status');
  return (
    <span className={classes.counts}>
      {countKinds(byStatus).map(({ kind, count }) => {
        const words = t(`count.${wordOf(kind, byStatus)}`, { count });
        return (
          <span key={kind} className={`${classes.count} ${classes.urgent} ${urgent(kind)}`}>
            {look === 'numbers' ? (
              <StatusMark kind={kind} size={11} label={words} />
            ) : (
              <StatusMark kind={kind} size={11} />
            )}
            {look === 'numbers' ? <span aria-hidden="true">{count}</span> : words}
          </span>
        );
      })}
    </span>
  );
}

const urgent = (kind: StatusKind): string => (kind === 'fail' || kind === 'undef' ? (classes[kind] ?? '') : '');

/** The status itself where a shape stands for one status only, else the shape's own word. */
function wordOf(kind: StatusKind, byStatus: Partial<Record<string, number>>): string {
  const present = Object.entries(byStatus).filter(([status, count]) => count && toStatusKind(status) === kind);
  return present.length === 1 && present[0] ? present[0][0] : kind;
}
