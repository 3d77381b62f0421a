import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { countKinds, toStatusKind } from '../../ui/status.ts';
import { StatusMark } from '../../ui/StatusMark.tsx';
import classes from './dashboard.module.css';

interface StatusLinksProps {
  /** The list that a count filters; without it counts are only text. */
  to: string | undefined;
  byStatus: Partial<Record<string, number>>;
  look: 'words' | 'numbers';
}

/** Counts in rank order, worst first; each opens its list filtered by what it counts. */
export function StatusLinks({ to, byStatus, look }: StatusLinksProps) {
  const { t } = useTranslation('status');
  return (
    <span className={`${classes.counts} ${look === 'words' ? classes.words : ''}`}>
      {countKinds(byStatus).map(({ kind, count }) => {
        const statuses = Object.keys(byStatus).filter((status) => byStatus[status] && toStatusKind(status) === kind);
        const words = t(`count.${statuses.length === 1 ? statuses[0] : kind}`, { count });
        const tone = kind === 'fail' || kind === 'undef' ? classes[kind] : '';
        const content = (
          <>
            <StatusMark kind={kind} size={11} />
            {look === 'words' ? words : <span aria-hidden="true">{count}</span>}
          </>
        );
        return to === undefined ? (
          <span key={kind} className={`${classes.count} ${tone}`} title={words}>
            {content}
            {look === 'numbers' && <span className="visually-hidden">{words}</span>}
          </span>
        ) : (
          <Link
            key={kind}
            to={to}
            search={{ filter: statuses.map((status) => `status:${status}`) }}
            className={`${classes.count} ${tone}`}
            title={words}
            aria-label={words}
          >
            {content}
          </Link>
        );
      })}
    </span>
  );
}
