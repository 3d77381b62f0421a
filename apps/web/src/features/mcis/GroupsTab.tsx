import type { Infra, NodeGroup } from '@waterstrider/contract';
import { IconArrowsMaximize, IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionMenu } from '../../ui/ActionMenu.tsx';
import { Box } from '../../ui/Box.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { ProviderBadge } from '../../ui/ProviderBadge.tsx';
import { StatusBar } from '../../ui/StatusBar.tsx';
import { StatusCounts } from '../../ui/StatusCounts.tsx';
import classes from './mcis.module.css';
import { countLiving } from '../../shared/operate/reach.ts';
import { specName } from '../../shared/operate/spec-name.ts';
import { useActions } from '../../shared/operate/use-actions.ts';
import { useLifecycle } from '../../shared/operate/use-lifecycle.tsx';

const ScaleDialog = lazy(async () => ({ default: (await import('./ScaleDialog.tsx')).ScaleDialog }));

/** The server groups: what they are made of, how many, scale out and in, actions on a whole group. */
export function GroupsTab({ ns, infra }: { ns: string; infra: Infra }) {
  const { t } = useTranslation('mcis');
  const { run, dialog } = useLifecycle(ns);
  const actions = useActions(ns, run);
  const [scaled, setScaled] = useState<NodeGroup>();
  const why = actions.isViewer
    ? 'noRight'
    : infra.status === 'Prepared'
      ? 'onHold'
      : infra.runningOperation
        ? 'taskRunning'
        : undefined;
  return (
    <>
      <div className={classes.groupsHead}>
        {why ? (
          <span className="dim sm">
            {t('scale.label')}: {t(`rules:${why}`)}
          </span>
        ) : (
          <LinkButton
            to="/ns/$ns/mcis/new"
            params={{ ns }}
            search={{ addTo: infra.name }}
            icon={<IconPlus size={15} stroke={1.6} aria-hidden="true" />}
          >
            {t('addGroup')}
          </LinkButton>
        )}
      </div>
      <div className={classes.groups}>
        {infra.nodeGroups.map((group) => (
          <Box key={group.id} padded={false}>
            <div className={classes.group}>
              <div>
                <b>{group.name}</b>
                <p className="dim sm">
                  <ProviderBadge provider={group.provider} /> {[group.region, group.zone].filter(Boolean).join(', ')}
                </p>
              </div>
              <div className={classes.wideCell}>
                <p title={group.spec}>{specName(group.spec)}</p>
                <p className="dim sm" title={group.image}>
                  {group.image}
                </p>
              </div>
              <div className={classes.wideCell}>
                <StatusCounts byStatus={group.statusCounts} />
                <StatusBar byStatus={group.statusCounts} />
              </div>
              <div className={classes.size}>
                <b>{t('common:count.servers', { count: countLiving(group.statusCounts) })}</b>
                <p className="dim sm">{t('wanted', { count: group.size })}</p>
              </div>
              <div className={classes.groupActions}>
                <Button
                  size="sm"
                  icon={<IconArrowsMaximize size={14} stroke={1.6} aria-hidden="true" />}
                  disabled={why !== undefined}
                  title={why && t(`rules:${why}`)}
                  onClick={() => setScaled(group)}
                >
                  {t('scale.label')}
                </Button>
                <ActionMenu
                  label={t('common:action.actionsFor', { name: group.name })}
                  actions={actions.group(infra, group)}
                />
              </div>
            </div>
          </Box>
        ))}
      </div>
      {scaled && (
        <Suspense>
          <ScaleDialog ns={ns} infra={infra} group={scaled} onClose={() => setScaled(undefined)} />
        </Suspense>
      )}
      {dialog}
    </>
  );
}
