import type { Connection, Node, Operation } from '@waterstrider/contract';
import { Link } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../shared/api.ts';
import { useList } from '../../shared/list.ts';
import { notifyError } from '../../shared/notices.ts';
import { newIdempotencyKey } from '../../shared/query.ts';
import { useRole, useSession } from '../../shared/session.ts';
import { useDrawer } from '../../shared/use-drawer.ts';
import { Box, CountPill } from '../../ui/Box.tsx';
import { useCanRetry } from '../../shared/operate/use-can-retry.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { useAutoRefresh } from '../../ui/table/use-auto-refresh.ts';
import { useTaskTitle } from '../../shared/operate/tasks.ts';
import { toAttention } from './attention.ts';
import type { Attention } from './attention.ts';
import classes from './dashboard.module.css';

const troubled = { filter: ['status:Failed', 'status:Undefined'], sort: 'status' };
const shown = 6;

/** Failed and undefined servers, failed connections, partly failed tasks; one action each. */
export function AttentionBox({ ns, operations }: { ns: string; operations: Operation[] }) {
  const { t } = useTranslation('dashboard');
  const nodes = useList('listNodes', { params: { ns }, query: troubled });
  const connections = useList('listConnections', { query: { ns, filter: ['state:Failed'] } });
  useAutoRefresh(nodes);
  useAutoRefresh(connections);
  const entries = useMemo(
    () =>
      toAttention({
        nodes: nodes.rows,
        connections: connections.rows.filter(({ state }) => state === 'Failed'),
        operations,
        now: Date.now(),
      }),
    [nodes.rows, connections.rows, operations],
  );
  const rest = entries.length - shown;
  return (
    <Box
      title={t('attention.title')}
      mark={entries.length > 0 && <CountPill count={entries.length} bad />}
      padded={false}
      className={classes.attention ?? ''}
    >
      {entries.length === 0 && !nodes.loading && (
        <p className={classes.calm}>
          <StatusMark kind="ok" />
          {t('attention.none')}
        </p>
      )}
      <ul>
        {entries.slice(0, shown).map((entry) => (
          <li key={entry.key} className={classes.entry}>
            <Entry ns={ns} entry={entry} />
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <p className={classes.calm}>
          <Link to="/ns/$ns/servers" params={{ ns }} search={{ filter: troubled.filter }} className="link">
            {t('attention.more', { count: rest })}
          </Link>
        </p>
      )}
    </Box>
  );
}

function Entry({ ns, entry }: { ns: string; entry: Attention }) {
  if (entry.kind === 'servers') return <ServersEntry ns={ns} entry={entry} />;
  if (entry.kind === 'connection') return <ConnectionEntry connection={entry.connection} />;
  return <TaskEntry operation={entry.operation} />;
}

interface LineProps {
  kind: 'fail' | 'undef';
  title: ReactNode;
  why: string;
  /** The cloud's own words stay English. */
  isEnglish?: boolean;
  action: ReactNode;
}

function Line({ kind, title, why, isEnglish = false, action }: LineProps) {
  return (
    <>
      <StatusMark kind={kind} />
      <div>
        <p>{title}</p>
        <p className={classes.why} title={why} {...(isEnglish ? { lang: 'en' } : {})}>
          {why}
        </p>
      </div>
      {action}
    </>
  );
}

function ServersEntry({ ns, entry }: { ns: string; entry: Extract<Attention, { kind: 'servers' }> }) {
  const { t } = useTranslation('dashboard');
  const { admin } = useSession();
  const isViewer = useRole(ns) === 'viewer' && !admin;
  const send = useSend();
  const [first] = entry.nodes;
  const count = entry.nodes.length;
  const key = entry.status === 'Failed' ? 'failed' : 'undefined';
  const title =
    count === 1 && first
      ? t(`attention.${key}One`, { name: first.name })
      : t(`attention.${key}Many`, { count, name: entry.infra });
  const to =
    count === 1 && first
      ? `/ns/${encodeURIComponent(ns)}/servers/${first.id}`
      : `/ns/${encodeURIComponent(ns)}/mcis/${encodeURIComponent(entry.infra)}`;
  const canRetry = useCanRetry();
  const retry = entry.retry && canRetry(entry.retry) ? entry.retry : undefined;
  const look = (
    <LinkButton size="sm" to={to} {...(count > 1 ? { search: { filter: [`status:${entry.status}`] } } : {})}>
      {t('attention.look')}
    </LinkButton>
  );
  const action = isViewer ? (
    look
  ) : retry ? (
    <Button
      size="sm"
      onClick={() =>
        send((idempotencyKey) => api('retryOperation', { params: { operation: retry.id }, idempotencyKey }))
      }
    >
      {t('common:action.retry')}
    </Button>
  ) : entry.status === 'Undefined' ? (
    <Button
      size="sm"
      onClick={() =>
        send((idempotencyKey) =>
          api('actOnInfra', { params: { ns, infra: entry.infra }, body: { action: 'reconcile' }, idempotencyKey }),
        )
      }
    >
      {t('attention.check')}
    </Button>
  ) : (
    look
  );
  return (
    <Line
      kind={entry.status === 'Failed' ? 'fail' : 'undef'}
      title={<Link to={to}>{title}</Link>}
      why={whyOf(entry.nodes) ?? entry.infra}
      isEnglish={first?.error !== undefined}
      action={action}
    />
  );
}

const whyOf = (nodes: Node[]): string | undefined => {
  const error = nodes.find((node) => node.error)?.error;
  return error && `${error.code}: ${error.message}`;
};

function ConnectionEntry({ connection }: { connection: Connection }) {
  const { t } = useTranslation('dashboard');
  const { admin } = useSession();
  const send = useSend();
  const why = connection.error ? `${connection.error.code}: ${connection.error.message}` : t('status:Failed');
  return (
    <Line
      kind="fail"
      title={
        <Link to="/settings/connections" search={{ search: connection.name }}>
          {t('attention.connection', { name: connection.name })}
        </Link>
      }
      why={why}
      isEnglish={connection.error !== undefined}
      action={
        admin ? (
          <Button
            size="sm"
            onClick={() =>
              send((idempotencyKey) =>
                api('verifyConnection', { params: { connection: connection.name }, idempotencyKey }),
              )
            }
          >
            {t('attention.verify')}
          </Button>
        ) : (
          <LinkButton size="sm" to="/settings/connections" search={{ search: connection.name }}>
            {t('attention.look')}
          </LinkButton>
        )
      }
    />
  );
}

function TaskEntry({ operation }: { operation: Operation }) {
  const { t } = useTranslation('dashboard');
  const titleOf = useTaskTitle();
  const { open } = useDrawer('tasks');
  const { failed, total } = operation.progress;
  return (
    <Line
      kind="fail"
      title={titleOf(operation)}
      why={operation.error?.message ?? t('attention.taskFailed', { failed, total })}
      isEnglish={operation.error !== undefined}
      action={
        <Button size="sm" onClick={() => open(operation.id)}>
          {t('attention.look')}
        </Button>
      }
    />
  );
}

/** Sends once per press; a second press while it is under way is the same wish. */
function useSend() {
  const isSending = useRef(false);
  return (call: (idempotencyKey: string) => Promise<unknown>): void => {
    if (isSending.current) return;
    isSending.current = true;
    call(newIdempotencyKey())
      .catch(notifyError)
      .finally(() => {
        isSending.current = false;
      });
  };
}
