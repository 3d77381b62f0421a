import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { countServers } from './document.ts';
import classes from './review.module.css';
import type { ReviewPanelProps } from './ReviewPanel.tsx';
import { useReviewWords } from './use-review-words.ts';

/** Why nothing can be made now: what the review found, or what the MCIS is busy with. */
function useReason({ studio, infra, review }: ReviewPanelProps): string | undefined {
  const { t } = useTranslation('create');
  const say = useReviewWords(studio, review.review);
  if (infra?.runningOperation) return t('rules:taskRunning');
  if (infra?.status === 'Prepared') return t('rules:onHold');
  const answer = review.review;
  if (answer?.verdict !== 'error' || review.error !== undefined) return undefined;
  const groups = answer.nodeGroups.filter(({ verdict }) => verdict === 'error').map(({ nodeGroup }) => nodeGroup);
  const whole = answer.messages.filter(({ severity }) => severity === 'error').map((message) => say(message));
  return [...whole, ...(groups.length > 0 ? [t('create.blockedBy', { names: groups.join(', ') })] : [])].join(' ');
}

/** Creates at once or on hold; when something stands in the way it is printed above. */
export function CreateButtons(props: ReviewPanelProps) {
  const { studio, infra, submit, onCreate } = props;
  const { t } = useTranslation('create');
  const id = useId();
  const reason = useReason(props);
  const count = countServers(studio.document.nodeGroups);
  const isBlocked = reason !== undefined;
  return (
    <footer className={classes.foot}>
      {reason && (
        <p id={`${id}-reason`} className={classes.reason}>
          <StatusMark kind="fail" />
          <span>{reason}</span>
        </p>
      )}
      <div className={classes.buttons}>
        <Button
          kind="primary"
          className={classes.main}
          disabled={isBlocked || submit.sending === 'hold'}
          busy={submit.sending === 'create'}
          aria-describedby={isBlocked ? `${id}-reason` : undefined}
          onClick={() => onCreate(false)}
        >
          {t(infra ? 'create.add' : 'create.create', { count })}
        </Button>
        {!infra && (
          <Button
            disabled={isBlocked || submit.sending === 'create'}
            busy={submit.sending === 'hold'}
            aria-describedby={isBlocked ? `${id}-reason` : `${id}-hold`}
            onClick={() => onCreate(true)}
          >
            {t('create.hold')}
          </Button>
        )}
      </div>
      {!infra && (
        <p id={`${id}-hold`} className="dim sm">
          {t('create.holdText')}
        </p>
      )}
    </footer>
  );
}
