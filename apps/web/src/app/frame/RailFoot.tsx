import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRow } from '../../shared/query.ts';
import { StatusMark } from '../../ui/StatusMark.tsx';
import classes from './Frame.module.css';

/** Who carries the changes out, and how it is; leads an administrator to the Platform page. */
export function RailFoot({ admin }: { admin: boolean }) {
  const { t } = useTranslation();
  const { data } = useRow('getAbout', {});
  const isBarista = data?.platform === 'cloud-barista';
  // What it is made of is told to administrators only.
  const { data: platform } = useRow('getPlatform', {}, { enabled: admin && isBarista });
  if (!data) return null;
  const tumblebug = platform?.frameworks.find(({ name }) => name === 'tumblebug');
  const details = [
    data.version,
    t('foot.clouds', { count: data.clouds }),
    ...(data.simulated ? [t('foot.simulated')] : []),
  ];
  const content = (
    <>
      <StatusMark
        kind={data.healthy ? 'run' : 'warn'}
        size={10}
        label={t(data.healthy ? 'foot.healthy' : 'foot.unhealthy')}
      />
      <span>
        <b>{t(`foot.platform.${data.platform}`)}</b>
        {tumblebug?.version !== undefined && <i>{`CB-Tumblebug ${tumblebug.version}`}</i>}
        {details.join(' · ')}
      </span>
    </>
  );
  if (!admin) return <div className={classes.foot}>{content}</div>;
  return (
    <Link to="/settings/platform" className={classes.foot} title={t('nav.platform')}>
      {content}
    </Link>
  );
}
