import { useTranslation } from 'react-i18next';
import { Button } from './Button.tsx';
import { useDescribeError } from './failure.ts';
import type { Failure } from './failure.ts';
import classes from './States.module.css';
import { StatusMark } from './StatusMark.tsx';

/** The parts of a failure below its title: what to do, findings, the cloud's words, the request id. */
export function FailureText({ failure }: { failure: Failure }) {
  const { t } = useTranslation();
  return (
    <div className={classes.text}>
      {failure.text && <p>{failure.text}</p>}
      {failure.issues?.map(({ field, reason }) => (
        <p key={`${field} ${reason}`} className={classes.cloud} lang="en">
          <code>{field}</code> {reason}
        </p>
      ))}
      {failure.contains && failure.contains.length > 0 && (
        <p>{failure.contains.map(({ kind, name }) => `${kind} ${name}`).join(', ')}</p>
      )}
      {failure.cloud && (
        <p className={classes.cloud} lang="en">
          <code>{failure.cloud.code}</code> {failure.cloud.message}
        </p>
      )}
      {failure.requestId && (
        <p className={classes.id}>
          {t('requestId')} <code>{failure.requestId}</code>
        </p>
      )}
    </div>
  );
}

interface ErrorStateProps {
  /** Whatever was thrown. */
  error: unknown;
  onRetry?: () => void;
}

/** A failure inside its box: what failed, what to do, Retry, request id. The rest of the page works on. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const { t } = useTranslation();
  const failure = useDescribeError()(error);
  return (
    <div className={classes.error} role="alert">
      <StatusMark kind="fail" />
      <div className={classes.text}>
        <b>{failure.title}</b>
        <FailureText failure={failure} />
        {onRetry && (
          <div>
            <Button size="sm" onClick={onRetry}>
              {t('action.retry')}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}
