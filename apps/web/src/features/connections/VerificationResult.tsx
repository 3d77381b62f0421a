import type { Operation, OperationItem } from '@waterstrider/contract';
import { useTranslation } from 'react-i18next';
import { useRow } from '../../shared/query.ts';
import { Button } from '../../ui/Button.tsx';
import { Drawer } from '../../ui/Drawer.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { toStatusKind } from '../../ui/status.ts';
import { ProgressBar } from '../../ui/StatusBar.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import classes from './Connections.module.css';

interface VerificationResultProps {
  /** As it was accepted. */
  operation: Operation;
  onClose: () => void;
  onAnother: () => void;
}

/** Connection by connection, while the clouds answer; failed ones first, in the cloud's words. */
export function VerificationResult({ operation: accepted, onClose, onAnother }: VerificationResultProps) {
  const { t } = useTranslation('connections');
  const task = useRow('getOperation', { params: { operation: accepted.id } });
  const operation = task.data ?? accepted;
  const { total, done, failed } = operation.progress;
  const title = operation.finishedAt === undefined ? 'verifying' : failed > 0 ? 'partlyVerified' : 'allVerified';
  return (
    <Drawer
      title={operation.target.name}
      mark={<StatusMark kind={toStatusKind(operation.state)} />}
      onClose={onClose}
      foot={
        <>
          <Button kind="primary" onClick={onClose}>
            {t('common:action.close')}
          </Button>
          <Button onClick={onAnother}>{t('addAnother')}</Button>
        </>
      }
    >
      <div className={classes.drawer}>
        <p role="status">{t(`result.${title}`, { done, failed, total })}</p>
        <ProgressBar total={total} done={done} failed={failed} label={t(`result.${title}`, { done, failed, total })} />
        {task.error !== null && <ErrorState error={task.error} onRetry={() => void task.refetch()} />}
        <ul className={classes.results}>
          {operation.items.map((item) => (
            <Item key={item.target.id} item={item} />
          ))}
        </ul>
      </div>
    </Drawer>
  );
}

const words: Record<OperationItem['state'], string> = {
  pending: 'pending',
  running: 'Verifying',
  succeeded: 'Verified',
  failed: 'Failed',
  cancelled: 'cancelled',
  unknown: 'unknown',
};

function Item({ item }: { item: OperationItem }) {
  const { t } = useTranslation('status');
  return (
    <li>
      <StatusMark kind={toStatusKind(item.state)} />
      <span title={item.target.name}>{item.target.name}</span>
      <span className="dim sm">{t(words[item.state])}</span>
      {item.error && (
        <p lang="en">
          <code>{item.error.code}</code> {item.error.message}
        </p>
      )}
    </li>
  );
}
