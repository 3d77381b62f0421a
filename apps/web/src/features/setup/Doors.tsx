import { Link } from '@tanstack/react-router';
import { IconClock, IconCloud, IconFlask, IconPlugConnected } from '@tabler/icons-react';
import type { Cloud } from '@waterstrider/contract';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { newIdempotencyKey, useAction, useRow } from '../../shared/query.ts';
import { useClouds } from '../../shared/use-clouds.ts';
import { useUnsupported } from '../../shared/use-platform.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { ProviderBadge } from '../../ui/ProviderBadge.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import classes from './Setup.module.css';
import { SimulatedProgress } from './SimulatedProgress.tsx';

/** The ways to get servers; a door is shown when what is behind it works. */
export function Doors() {
  const { t } = useTranslation('setup');
  const { clouds, error, isPending, retry, nameOf } = useClouds();
  const key = useRef(newIdempotencyKey());
  const start = useAction('trySimulatedClouds', { invalidates: ['listNamespaces'] });
  const canSimulate = useUnsupported()('trySimulatedClouds') === undefined;
  const simulated = canSimulate ? clouds.filter((cloud) => cloud.simulated) : [];
  const real = clouds.filter((cloud) => !cloud.simulated);
  // In front of one already, that door is behind us.
  const isEmbedded = useRow('getAbout', {}).data?.platform !== 'cloud-barista';

  if (error)
    return (
      <div className={classes.inner}>
        <ErrorState error={error} onRetry={retry} />
      </div>
    );
  if (isPending) return <SkeletonRows rows={4} />;
  if (start.data)
    return (
      <SimulatedProgress
        operationId={start.data.operation.id}
        namespace={start.data.namespace}
        clouds={simulated}
        nameOf={nameOf}
      />
    );
  const isOnly = !isEmbedded && (simulated.length === 0 || real.length === 0);
  return (
    <>
      <div className={classes.doors}>
        {simulated.length > 0 && (
          <SimulatedDoor
            clouds={simulated}
            nameOf={nameOf}
            isOnly={isOnly}
            busy={start.isPending}
            onStart={() => start.mutate({ idempotencyKey: key.current })}
          />
        )}
        {real.length > 0 && <OwnDoor clouds={real} nameOf={nameOf} isOnly={isOnly} />}
        {isEmbedded && <BaristaDoor />}
        {start.error !== null && <ErrorState error={start.error} />}
      </div>
      <div className={classes.foot} style={{ marginTop: 16 }}>
        <p>
          {t('doors.neither')}{' '}
          <Link to="/settings/namespaces" className="link">
            {t('doors.namespaces')}
          </Link>
        </p>
      </div>
    </>
  );
}

interface DoorProps {
  clouds: Cloud[];
  nameOf: (provider: string) => string;
  isOnly: boolean;
}

function SimulatedDoor({ clouds, nameOf, isOnly, busy, onStart }: DoorProps & { busy: boolean; onStart: () => void }) {
  const { t } = useTranslation('setup');
  const regions = clouds.reduce((sum, cloud) => sum + cloud.regions.length, 0);
  return (
    <article className={`${classes.door} ${classes.main} ${isOnly ? classes.only : ''}`}>
      <div className={classes.text}>
        <IconFlask size={20} stroke={1.6} aria-hidden="true" />
        <h3>{t('simulated.title')}</h3>
        <p className="dim">{t('simulated.text')}</p>
        <Facts
          facts={[
            t('simulated.counts', {
              clouds: t('common:count.clouds', { count: clouds.length }),
              regions: t('common:count.regions', { count: regions }),
            }),
            t('simulated.lifelike'),
            t('simulated.namespace'),
          ]}
        />
        <Badges clouds={clouds} nameOf={nameOf} />
      </div>
      <div className={classes.go}>
        <p className={classes.time}>
          <IconClock size={14} stroke={1.6} aria-hidden="true" />
          {t('simulated.time')}
        </p>
        <Button kind="primary" className={classes.action ?? ''} busy={busy} onClick={onStart} autoFocus>
          {t('simulated.start')}
        </Button>
      </div>
    </article>
  );
}

function OwnDoor({ clouds, nameOf, isOnly }: DoorProps) {
  const { t } = useTranslation('setup');
  return (
    <article className={`${classes.door} ${isOnly ? `${classes.main} ${classes.only}` : ''}`}>
      <div className={classes.text}>
        <IconCloud size={20} stroke={1.6} aria-hidden="true" />
        <h3>{t('own.title')}</h3>
        <p className="dim">{t('own.text')}</p>
        <Facts facts={[t('own.encrypted'), t('own.verified')]} />
        <Badges clouds={clouds} nameOf={nameOf} />
      </div>
      <div className={classes.go}>
        <p className={classes.time}>
          <IconClock size={14} stroke={1.6} aria-hidden="true" />
          {t('own.time')}
        </p>
        <LinkButton
          to="/settings/connections"
          search={{ drawer: `credential:new:${clouds[0]?.provider ?? ''}` }}
          kind={isOnly ? 'primary' : 'default'}
          className={classes.action ?? ''}
        >
          {t('own.start')}
        </LinkButton>
      </div>
    </article>
  );
}

function BaristaDoor() {
  const { t } = useTranslation('setup');
  return (
    <article className={classes.door}>
      <div className={classes.text}>
        <IconPlugConnected size={20} stroke={1.6} aria-hidden="true" />
        <h3>{t('barista.title')}</h3>
        <p className="dim">{t('barista.text')}</p>
        <Facts facts={[t('barista.version'), t('barista.tested'), t('barista.restart')]} />
      </div>
      <div className={classes.go}>
        <p className={classes.time}>
          <IconClock size={14} stroke={1.6} aria-hidden="true" />
          {t('barista.time')}
        </p>
        <LinkButton to="/settings/platform" search={{ drawer: 'cloud-barista' }} className={classes.action ?? ''}>
          {t('barista.start')}
        </LinkButton>
      </div>
    </article>
  );
}

function Facts({ facts }: { facts: string[] }) {
  return (
    <ul className={classes.facts}>
      {facts.map((fact) => (
        <li key={fact}>
          <StatusMark kind="ok" size={11} />
          <span>{fact}</span>
        </li>
      ))}
    </ul>
  );
}

function Badges({ clouds, nameOf }: Omit<DoorProps, 'isOnly'>) {
  return (
    <p className={classes.badges}>
      {clouds.map(({ provider }) => (
        <ProviderBadge key={provider} provider={provider} name={nameOf(provider)} />
      ))}
    </p>
  );
}
