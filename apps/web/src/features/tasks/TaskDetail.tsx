import type { Operation, OperationItem } from '@waterstrider/contract';
import { Link } from '@tanstack/react-router';
import { IconRefresh } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format.ts';
import { notifyError } from '../../shared/notices.ts';
import { newIdempotencyKey, useAction } from '../../shared/query.ts';
import { useRole, useSession } from '../../shared/session.ts';
import { Button } from '../../ui/Button.tsx';
import { Note } from '../../ui/Note.tsx';
import { toStatusKind } from '../../ui/status.ts';
import { ProgressBar } from '../../ui/StatusBar.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { elapsedMs, isRunning } from '../../shared/operate/tasks.ts';
import { useCanRetry } from '../../shared/operate/use-can-retry.ts';
import { countRunning, inUrgency } from './task-items.ts';
import classes from './tasks.module.css';

const step = 100;

/** Done of total, who and when, then each item, the failed ones first in the cloud's words. */
export function TaskDetail({ operation }: { operation: Operation }) {
  const { t } = useTranslation('tasks');
  const [limit, setLimit] = useState(step);
  const items = inUrgency(operation.items);
  const running = isRunning(operation);
  const now = useNow(running);
  return (
    <>
      <Summary operation={operation} now={now} />
      {operation.error && (
        <div className={classes.error}>
          <Note kind="fail">
            <p lang="en">
              <code>{operation.error.code}</code> {operation.error.message}
            </p>
          </Note>
        </div>
      )}
      <ul className={classes.items}>
        {items.slice(0, limit).map((item) => (
          <Item key={item.target.id} item={item} ns={operation.ns} now={now} />
        ))}
      </ul>
      {items.length > limit && (
        <div className={classes.more}>
          <Button kind="quiet" onClick={() => setLimit(limit + step * 5)}>
            {t('moreItems', { count: items.length - limit })}
          </Button>
        </div>
      )}
    </>
  );
}

function Summary({ operation, now }: { operation: Operation; now: number }) {
  const { t } = useTranslation('tasks');
  const format = useFormat();
  const { total, done, failed } = operation.progress;
  const running = isRunning(operation);
  // Items are a moment behind the figures.
  const active = Math.min(countRunning(operation.items), Math.max(0, total - done - failed));
  const words = [
    failed > 0 ? t('progress.failed', { count: failed }) : '',
    active > 0 && running ? t('progress.running', { count: active }) : '',
  ].filter(Boolean);
  return (
    <div className={classes.summary}>
      <p className={classes.figure}>
        <b>{format.number(done)}</b>
        <span>{t('progress.of', { total: format.number(total), count: total })}</span>
        <span className="spacer" />
        <span>{words.join(', ')}</span>
      </p>
      <ProgressBar total={total} done={done} failed={failed} label={t('progress.label', { done, total, failed })} />
      <dl className={classes.facts}>
        <dt>{t('started')}</dt>
        <dd title={format.full(operation.startedAt)}>
          {format.clock(operation.startedAt)}, {operation.actor}
        </dd>
        <dt>{t(running ? 'elapsed' : 'took')}</dt>
        <dd>{format.duration(elapsedMs(operation, now))}</dd>
        {!running && (
          <>
            <dt>{t('outcome')}</dt>
            <dd>{t(`status:${operation.state}`)}</dd>
          </>
        )}
      </dl>
    </div>
  );
}

function Item({ item, ns, now }: { item: OperationItem; ns: string | undefined; now: number }) {
  const { t } = useTranslation('tasks');
  const format = useFormat();
  const { target, state, error } = item;
  const isBad = state === 'failed' || state === 'unknown';
  const took =
    item.startedAt && (state === 'running' || item.finishedAt)
      ? elapsedMs({ ...item, startedAt: item.startedAt }, now)
      : undefined;
  return (
    <li className={`${classes.item} ${isBad ? classes.failed : ''}`}>
      <StatusMark kind={toStatusKind(state)} />
      <div>
        <p className={classes.itemHead}>
          <b title={target.name}>
            {target.kind === 'node' && ns ? (
              <Link to="/ns/$ns/servers/$node" params={{ ns, node: target.id }}>
                {target.name}
              </Link>
            ) : (
              target.name
            )}
          </b>
          <span className="dim">{t(`status:${state}`)}</span>
          <time>{took === undefined ? '' : format.duration(took)}</time>
        </p>
        {target.kind !== 'node' && (
          <p className={classes.step}>{t(`targetKind.${target.kind}`, { defaultValue: target.kind })}</p>
        )}
        {error && (
          <p className={classes.words} lang="en">
            <code>{error.code}</code> {error.message}
          </p>
        )}
        {!error && item.step && state === 'running' && (
          <p className={classes.step}>{t(`step.${item.step}`, { defaultValue: item.step })}</p>
        )}
      </div>
    </li>
  );
}

/** What can be done to the task; what can not says why. */
export function TaskFoot({ operation, onChanged }: { operation: Operation; onChanged: () => void }) {
  const { t } = useTranslation('tasks');
  const { admin } = useSession();
  const role = useRole(operation.ns ?? '');
  const isViewer = !admin && role === 'viewer';
  const canRetry = useCanRetry()(operation);
  const retry = useAction('retryOperation');
  const cancel = useAction('cancelOperation');
  // One key per wish: it stays over failures and changes once the wish was granted.
  const keys = useRef({ retry: newIdempotencyKey(), cancel: newIdempotencyKey() });
  const act = async (kind: 'retry' | 'cancel') => {
    const call = kind === 'retry' ? retry : cancel;
    try {
      await call.mutateAsync({ params: { operation: operation.id }, idempotencyKey: keys.current[kind] });
      keys.current[kind] = newIdempotencyKey();
      onChanged();
    } catch (error) {
      await notifyError(error);
    }
  };
  return (
    <>
      {operation.canRetry && !canRetry && <p className="dim sm">{t('rules:unsupported.retryOperation')}</p>}
      {canRetry && (
        <Button
          kind="primary"
          icon={<IconRefresh size={15} stroke={1.6} aria-hidden="true" />}
          disabled={isViewer}
          busy={retry.isPending}
          onClick={() => void act('retry')}
        >
          {t('retryFailed', { count: operation.progress.failed })}
        </Button>
      )}
      {operation.canCancel && (
        <Button disabled={isViewer} busy={cancel.isPending} onClick={() => void act('cancel')}>
          {t('cancelRest')}
        </Button>
      )}
      {isViewer && <p className="dim sm">{t('rules:noRight')}</p>}
    </>
  );
}

/** The time, each second while something runs. */
function useNow(running: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}
