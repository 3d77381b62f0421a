import { useTranslation } from 'react-i18next';
import { StatusMark } from '../ui/StatusMark.tsx';
import classes from '../ui/States.module.css';
import { useFormat } from './format.ts';
import { useLiveStatus } from './live.ts';

/** Beside the title of a page that changes by itself: "Live, 14:32:10", "Reconnecting", "Stale since 14:31:40". */
export function LiveMark() {
  const { t } = useTranslation();
  const format = useFormat();
  const { state, heardAt } = useLiveStatus();
  if (state === 'off' || heardAt === undefined) return null;
  const time = format.clock(heardAt);
  if (state === 'live' || state === 'connecting')
    return (
      <span className={classes.live}>
        <i className={classes.dot} />
        {t('live.live', { time })}
      </span>
    );
  return (
    <span className={classes.live}>
      <StatusMark kind={state === 'stale' ? 'warn' : 'move'} />
      {t(state === 'stale' ? 'live.stale' : 'live.reconnecting', { time })}
    </span>
  );
}
