import type { Infra } from '@waterstrider/contract';
import { IconPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { toMonthly } from '../../shared/format.ts';
import { LiveMark } from '../../shared/LiveMark.tsx';
import { knownSum, Money } from '../../shared/Money.tsx';
import { RelativeTime } from '../../shared/RelativeTime.tsx';
import type { Action } from '../../ui/action.ts';

import { ActionMenu } from '../../ui/ActionMenu.tsx';
import { Button } from '../../ui/Button.tsx';
import { Note } from '../../ui/Note.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProviderBadge } from '../../ui/ProviderBadge.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import classes from './mcis.module.css';
import { ActionRow } from '../../shared/operate/ActionRow.tsx';
import { infraReason } from '../../shared/operate/reach.ts';
import { useActions } from '../../shared/operate/use-actions.ts';
import { useLifecycle } from '../../shared/operate/use-lifecycle.tsx';

interface McisHeaderProps {
  ns: string;
  infra: Infra;
  crumbs: { label: string; to: string }[];
}

/** Title, facts in one line, the action row with its reasons; on hold the decision comes first. */
export function McisHeader({ ns, infra, crumbs }: McisHeaderProps) {
  const { t } = useTranslation('mcis');
  const navigate = useNavigate();
  const { run, dialog } = useLifecycle(ns);
  const actions = useActions(ns, run);
  const isHeld = infra.status === 'Prepared';
  const growth = actions.isViewer ? 'noRight' : isHeld ? 'onHold' : infra.runningOperation ? 'taskRunning' : undefined;
  const add: Action = {
    key: 'add',
    label: t('addServers'),
    icon: <IconPlus size={15} stroke={1.6} aria-hidden="true" />,
    onSelect: () => void navigate({ to: '/ns/$ns/mcis/new', params: { ns }, search: { addTo: infra.name } }),
    ...(growth ? { reason: t(`rules:${growth}`) } : {}),
  };
  const [suspend, resume, reboot, terminate] = actions.infra(infra);
  const row = [suspend, resume, reboot, add, terminate].filter((action) => action !== undefined);
  return (
    <>
      <PageHeader
        title={infra.name}
        crumbs={crumbs}
        status={<StatusBadge status={infra.status} look="pill" />}
        live={<LiveMark />}
        meta={<Meta infra={infra} />}
      />
      {isHeld && (
        <div className={classes.hold}>
          <Note kind="warn">
            <b>{t('hold.title')}</b>
            <p>{t('hold.text', { count: infra.nodes })}</p>
            <div className={classes.holdButtons}>
              <Button
                kind="primary"
                disabled={actions.isViewer || infraReason('continue', infra) !== undefined}
                onClick={() => run({ kind: 'infra', action: 'continue', infra })}
              >
                {t('hold.continue', { count: infra.nodes })}
              </Button>
              <Button
                kind="danger"
                disabled={actions.isViewer || infraReason('withdraw', infra) !== undefined}
                onClick={() => run({ kind: 'infra', action: 'withdraw', infra })}
              >
                {t('hold.withdraw')}
              </Button>
            </div>
            {actions.isViewer && <p>{t('rules:noRight')}</p>}
          </Note>
        </div>
      )}
      <div className={classes.actions}>
        <ActionRow
          label={t('common:action.actionsFor', { name: infra.name })}
          actions={row}
          more={<ActionMenu label={t('common:action.more')} actions={actions.infraMore(infra)} />}
        />
      </div>
      {dialog}
    </>
  );
}

function Meta({ infra }: { infra: Infra }) {
  const { t } = useTranslation('mcis');
  const costPerHourUsd = knownSum(infra.costPerHourUsd, infra.unpriced);
  return (
    <>
      {infra.description && <span>{infra.description}</span>}
      <span className={classes.badges}>
        {infra.providers.map((provider) => (
          <ProviderBadge key={provider} provider={provider} />
        ))}
      </span>
      <span>{t('common:count.regions', { count: infra.regions.length })}</span>
      <span>
        <Money usd={costPerHourUsd} inWords per="hour" />
        {costPerHourUsd !== undefined && (
          <>
            {', '}
            <Money usd={toMonthly(costPerHourUsd)} per="month" unpriced={infra.unpriced} />
          </>
        )}
      </span>
      <span>
        {t('by', { name: infra.createdBy })}
        {', '}
        <RelativeTime at={infra.createdAt} />
      </span>
    </>
  );
}
