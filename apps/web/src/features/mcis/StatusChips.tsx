import type { Infra } from '@waterstrider/contract';
import { nodeStatuses } from '@waterstrider/contract/rules';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useListState } from '../../shared/use-list-state.ts';
import { ServerSquares } from '../../ui/ServerSquares.tsx';
import { squaresFromLetters } from '../../ui/squares.ts';
import { toStatusKind } from '../../ui/status.ts';
import { StatusMark } from '../../ui/StatusMark.tsx';
import classes from './mcis.module.css';

/** Servers per status, worst first; each filters the table. Beside them every server as a square. */
export function StatusChips({ infra }: { infra: Infra }) {
  const { t } = useTranslation('mcis');
  const { filters } = useListState();
  const counts: Infra['statusCounts'] = infra.statusCounts;
  const present = nodeStatuses.filter((status) => (counts[status] ?? 0) > 0);
  return (
    <div className={classes.state}>
      <span role="group" aria-label={t('byStatus')} style={{ display: 'contents' }}>
        {present.map((status) => {
          const isOn = filters.status?.includes(status) === true;
          return (
            <Link
              key={status}
              to="."
              role="button"
              aria-pressed={isOn}
              className={classes.chip}
              activeProps={{}}
              replace
              resetScroll={false}
              search={(previous) => ({
                ...(previous.drawer === undefined ? {} : { drawer: previous.drawer }),
                ...(isOn ? {} : { filter: [`status:${status}`] }),
              })}
            >
              <StatusMark kind={toStatusKind(status)} size={13} />
              <b>{counts[status]}</b>
              <span>{t(`status:${status}`)}</span>
            </Link>
          );
        })}
      </span>
      <span className={classes.squares}>
        <ServerSquares name={infra.name} groups={squaresFromLetters(infra.squares)} />
      </span>
    </div>
  );
}
