import type { Node } from '@waterstrider/contract';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../shared/api-error.ts';
import { LiveMark } from '../../shared/LiveMark.tsx';
import { Money } from '../../shared/Money.tsx';
import { useRow } from '../../shared/query.ts';
import { ActionRow } from '../../shared/operate/ActionRow.tsx';
import { LinkButton } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Note } from '../../ui/Note.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProviderBadge } from '../../ui/ProviderBadge.tsx';
import { providerName } from '../../ui/provider.ts';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { specName } from '../../shared/operate/spec-name.ts';
import { useActions } from '../../shared/operate/use-actions.ts';
import { useLifecycle } from '../../shared/operate/use-lifecycle.tsx';
import { ServerFacts } from './ServerFacts.tsx';
import { ServerHistory } from './ServerHistory.tsx';
import classes from './servers.module.css';

/** Everything about one server. */
export function ServerPage() {
  const { t } = useTranslation('servers');
  const { ns = '', node: id = '' } = useParams({ strict: false });
  const { data: node, error, refetch } = useRow('getNode', { params: { ns, node: id } });
  const crumbs = [{ label: t('title'), to: `/ns/${encodeURIComponent(ns)}/servers` }];
  if (error instanceof ApiError && error.status === 404)
    return (
      <>
        <PageHeader title={node?.name ?? t('gone.title')} crumbs={crumbs} />
        <EmptyState
          reason={t('gone.text')}
          action={
            <LinkButton to="/ns/$ns/servers" params={{ ns }}>
              {t('gone.list')}
            </LinkButton>
          }
        />
      </>
    );
  if (node) return <Server ns={ns} node={node} crumbs={crumbs} />;
  return (
    <>
      <PageHeader title={t('server')} crumbs={crumbs} />
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <SkeletonRows />}
    </>
  );
}

function Server({ ns, node, crumbs }: { ns: string; node: Node; crumbs: { label: string; to: string }[] }) {
  const { t } = useTranslation('servers');
  const { run, dialog } = useLifecycle(ns);
  const actions = useActions(ns, run);
  const { data: infra } = useRow('getInfra', { params: { ns, infra: node.infra } });
  return (
    <>
      <PageHeader
        title={node.name}
        crumbs={crumbs}
        status={<StatusBadge status={node.status} look="pill" />}
        live={<LiveMark />}
        meta={
          <>
            <Link to="/ns/$ns/mcis/$infra" params={{ ns, infra: node.infra }} className="link">
              {node.infra}
            </Link>
            <span>
              <ProviderBadge provider={node.provider} /> {providerName(node.provider)}
            </span>
            <span>{[node.region, node.zone].filter(Boolean).join(', ')}</span>
            <span>{specName(node.spec)}</span>
            <Money usd={node.costPerHourUsd} inWords per="hour" />
          </>
        }
      />
      <div className={classes.actions}>
        <ActionRow
          label={t('common:action.actionsFor', { name: node.name })}
          actions={actions.node(node, infra?.runningOperation !== undefined)}
        />
      </div>
      <Trouble node={node} />
      <div className={classes.columns}>
        <ServerFacts ns={ns} node={node} />
        <ServerHistory ns={ns} node={node} />
      </div>
      {dialog}
    </>
  );
}

/** What is wrong with it, in the cloud's words. */
function Trouble({ node }: { node: Node }) {
  const { t } = useTranslation('servers');
  if (!node.error && !node.drift) return null;
  return (
    <div className={classes.trouble}>
      <Note kind={node.status === 'Failed' ? 'fail' : 'warn'}>
        {node.drift && <b>{t(`drift.${node.drift}`)}</b>}
        {node.error && (
          <p lang="en">
            <code>{node.error.code}</code> {node.error.message}
          </p>
        )}
      </Note>
    </div>
  );
}
