import type { About } from '@waterstrider/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format.ts';
import { useRow } from '../../shared/query.ts';
import { useSession } from '../../shared/session.ts';
import { StatusMark } from '../../ui/StatusMark.tsx';
import classes from './Frame.module.css';

const askAgainMs = 15_000;

/** Under the top bar while the platform does not answer: since when. It blocks nothing and goes by itself. */
export function PlatformBanner() {
  const { data } = useRow('getAbout', {});
  // The region stands before it speaks, else its first words are not read out.
  return <div role="status">{data?.healthy === false && <Down platform={data.platform} />}</div>;
}

function Down({ platform }: Pick<About, 'platform'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const { admin } = useSession();
  // Events end with the platform's answers, so its return is asked for; only while it is away.
  useRow('getAbout', {}, { refetchInterval: askAgainMs });
  const connections = useRow('listConnections', { query: { limit: 100 } }).data?.items ?? [];
  const lost = connections.filter(({ reachable }) => !reachable).flatMap(({ observedAt }) => observedAt ?? []);
  const since = lost.sort().at(-1);
  const name = t(`foot.platform.${platform}`);
  return (
    <p className={classes.banner}>
      <StatusMark kind="warn" />
      <span>
        {since === undefined ? t('down.now', { name }) : t('down.since', { name, time: format.moment(since) })}{' '}
        {admin && (
          <Link to="/settings/platform" className="link">
            {t('down.why')}
          </Link>
        )}
      </span>
    </p>
  );
}
