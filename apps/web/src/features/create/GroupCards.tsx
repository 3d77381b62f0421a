import { IconPlus } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Money } from '../../shared/Money.tsx';
import { ProviderBadge } from '../../ui/ProviderBadge.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { verdictKinds } from './verdict-kinds.ts';
import { imageTitle, nameInId } from './catalogue-facts.ts';
import { mostGroups } from './document.ts';
import classes from './studio.module.css';
import type { Connections } from './use-connections.ts';
import type { ReviewState } from './use-review.ts';
import type { Studio } from './use-studio.ts';

interface GroupCardsProps {
  studio: Studio;
  connections: Connections;
  review: ReviewState;
  /** Groups with something to correct, in order. */
  troubled: boolean[];
  onSelect: (key: number) => void;
}

/** The server groups; one of them is edited below. */
export function GroupCards({ studio, connections, review, troubled, onSelect }: GroupCardsProps) {
  const { t } = useTranslation('create');
  const { document, facts, keys, selected } = studio;
  const list = useRef<HTMLUListElement>(null);
  const count = useRef(keys.length);
  // A group that came or went leaves the focus on the card that is edited now.
  useEffect(() => {
    if (count.current !== keys.length) list.current?.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus();
    count.current = keys.length;
  }, [keys.length]);
  const isFull = keys.length >= mostGroups;
  return (
    <section aria-label={t('groups')}>
      <ul ref={list} className={classes.cards}>
        {document.nodeGroups.map((group, index) => {
          const key = keys[index] ?? -1;
          const connection = connections.byName.get(group.connection);
          const verdict = review.review?.nodeGroups.find(({ nodeGroup }) => nodeGroup === group.name);
          const image = facts.images[group.image];
          const isTroubled = troubled[index] === true;
          const state = isTroubled ? 'error' : verdict?.verdict;
          return (
            <li key={key}>
              <button
                type="button"
                className={classes.card}
                aria-pressed={key === selected}
                onClick={() => onSelect(key)}
              >
                <span className={classes.cardHead}>
                  {state && <StatusMark kind={verdictKinds[state]} label={t(`verdict.${state}`)} />}
                  <b className="ellipsis">{group.name || t('unnamed')}</b>
                  <span className={classes.cardCount}>
                    <span aria-hidden="true">{group.size}</span>
                    <span className="visually-hidden">{t('common:count.servers', { count: group.size })}</span>
                  </span>
                </span>
                <span className={classes.cardLine}>
                  {connection && (
                    <ProviderBadge
                      provider={connection.provider}
                      name={connections.clouds.nameOf(connection.provider)}
                    />
                  )}
                  <span className="ellipsis">{connection?.regionName ?? group.connection}</span>
                </span>
                <span className={classes.cardLine}>
                  <span className="ellipsis">{facts.specs[group.spec]?.name ?? nameInId(group.spec)}</span>
                </span>
                <span className={classes.cardLine}>
                  <span className="ellipsis">{image ? imageTitle(image) : nameInId(group.image)}</span>
                  <span className={`${classes.cardPrice} ${review.isOld ? classes.old : ''}`}>
                    {verdict && <Money usd={verdict.costPerHourUsd} per="hour" />}
                  </span>
                </span>
              </button>
            </li>
          );
        })}
        {!isFull && (
          <li className={classes.addCell}>
            <button type="button" className={classes.addCard} onClick={studio.add}>
              <IconPlus size={16} stroke={1.6} aria-hidden="true" />
              {t('addGroup')}
            </button>
          </li>
        )}
      </ul>
      {isFull && <p className="dim sm">{t('groupsFull', { count: mostGroups })}</p>}
    </section>
  );
}
