import type { Connection } from '@waterstrider/contract';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProviderBadge } from '../../ui/ProviderBadge.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import type { GroupDocument } from './document.ts';
import { OtherConnections } from './OtherConnections.tsx';
import { isFound, nearestPlace } from './places.ts';
import { Problem } from './Problem.tsx';
import classes from './where.module.css';
import type { Connections } from './use-connections.ts';

interface WhereSectionProps {
  group: GroupDocument;
  connections: Connections;
  error: string | undefined;
  zoneError: string | undefined;
  onMove: (to: Connection) => void;
  onZone: (zone: string | undefined) => void;
}

/** Provider, then region, then if wanted the zone. */
export function WhereSection({ group, connections, error, zoneError, onMove, onZone }: WhereSectionProps) {
  const { t } = useTranslation('create');
  const id = useId();
  const { places, byName, clouds } = connections;
  const current = byName.get(group.connection);
  const usable = places.filter((place) => place.usable.length > 0);
  const chosen = usable.find(({ provider }) => provider === current?.provider);
  const others = places.flatMap((place) => (place === chosen || place.usable.length === 0 ? place.others : []));
  const zones = current?.zones ?? [];
  return (
    <section className={classes.where} aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>
        {t('where.title')}
        {current && (
          <span className={classes.chosen}>
            <ProviderBadge provider={current.provider} name={clouds.nameOf(current.provider)} /> {current.regionName}{' '}
            <code>{current.region}</code>
          </span>
        )}
      </h3>
      <div className={classes.providers} role="radiogroup" aria-label={t('where.provider')}>
        {usable.map((place) => (
          <label key={place.provider} className={classes.provider}>
            <input
              type="radio"
              name={`${id}-provider`}
              checked={place === chosen}
              onChange={() => {
                const to = nearestPlace(place, current);
                if (to) onMove(to);
              }}
            />
            <span aria-hidden="true">
              <ProviderBadge provider={place.provider} />
            </span>
            <span className="ellipsis" title={clouds.nameOf(place.provider)}>
              {clouds.nameOf(place.provider)}
            </span>
          </label>
        ))}
      </div>
      {chosen && <Regions key={chosen.provider} id={id} usable={chosen.usable} current={current} onMove={onMove} />}
      <Problem
        text={error ?? (current && current.state !== 'Verified' ? t(`where.why.${current.state}`) : undefined)}
      />
      {!current && group.connection !== '' && <Problem text={t('where.gone', { name: group.connection })} />}
      {others.length > 0 && <OtherConnections connections={others} nameOf={clouds.nameOf} />}
      {zones.length > 0 && (
        <div className={classes.zone}>
          <SelectField
            label={t('zone.label')}
            optional
            value={group.zone ?? ''}
            error={zoneError}
            options={[{ value: '', label: t('zone.any') }, ...zones.map((zone) => ({ value: zone, label: zone }))]}
            onChange={(zone) => onZone(zone === '' ? undefined : zone)}
          />
        </div>
      )}
    </section>
  );
}

interface RegionsProps {
  id: string;
  usable: Connection[];
  current: Connection | undefined;
  onMove: (to: Connection) => void;
}

const manyRegions = 9;

function Regions({ id, usable, current, onMove }: RegionsProps) {
  const { t } = useTranslation('create');
  const [search, setSearch] = useState('');
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Only the list scrolls to the chosen one, never the page.
    const chosen = list.current?.querySelector<HTMLElement>('label:has(:checked)');
    if (list.current && chosen) list.current.scrollTop = chosen.offsetTop - list.current.clientHeight / 2;
  }, []);
  const found = usable.filter((connection) => isFound(connection, search));
  const isAmbiguous = new Set(usable.map(({ region }) => region)).size < usable.length;
  return (
    <div className={classes.regionBox}>
      {usable.length > manyRegions && (
        <div className={classes.regionHead}>
          <input
            type="search"
            className={classes.search}
            aria-label={t('where.search')}
            placeholder={t('where.search')}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
          <span className="dim sm" role="status">
            {t('where.shown', { shown: found.length, total: usable.length })}
          </span>
        </div>
      )}
      <div ref={list} className={classes.regions} role="radiogroup" aria-label={t('where.region')}>
        {found.map((connection) => (
          <label key={connection.id} className={classes.region}>
            <input
              type="radio"
              name={`${id}-region`}
              checked={connection.name === current?.name}
              onChange={() => onMove(connection)}
            />
            <span className={classes.regionText}>
              <span className="ellipsis" title={connection.regionName}>
                {connection.regionName}
              </span>
              <span className={`${classes.code} ellipsis`}>
                <code>{connection.region}</code>
                {isAmbiguous && ` ${connection.credential}`}
              </span>
            </span>
            <StatusMark
              kind={connection.reachable ? 'ok' : 'warn'}
              label={t(connection.reachable ? 'status:Verified' : 'where.unreachable')}
            />
          </label>
        ))}
      </div>
      {found.length === 0 && <p className="dim sm">{t('where.noMatch')}</p>}
    </div>
  );
}
