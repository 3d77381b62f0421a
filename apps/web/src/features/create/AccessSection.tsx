import { useTranslation } from 'react-i18next';
import { usePlatformKind } from '../../shared/use-platform.ts';
import { MiddleEllipsis } from '../../ui/Text.tsx';
import type { GroupDocument } from './document.ts';
import { standInName } from './review-document.ts';
import classes from './studio.module.css';
import type { ReviewState } from './use-review.ts';

/** Network, firewall and key of the group's connection: nothing to choose, but said. */
export function AccessSection({ group, review }: { group: GroupDocument; review: ReviewState }) {
  const { t } = useTranslation('create');
  const isBarista = usePlatformKind() === 'cloud-barista';
  const resources = review.review?.resources.filter(({ connection }) => connection === group.connection) ?? [];
  return (
    <section className={classes.section} aria-label={t('access.title')}>
      <h3 className={classes.sectionTitle}>{t('access.title')}</h3>
      <div className={classes.access}>
        <p className="dim">{t(isBarista ? 'access.perMcis' : 'access.text')}</p>
        <ul className={`${classes.resources} ${review.isOld ? classes.old : ''}`}>
          {resources.map(({ kind, name, action }) => (
            <li key={kind}>
              <span className={classes.resourceKind}>{t(`resource.${kind}`)}</span>
              <MiddleEllipsis text={name.replace(standInName, t('access.mcisName'))} tail={10} />
              <span className="dim3 nowrap">{t(`access.${action}`)}</span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
