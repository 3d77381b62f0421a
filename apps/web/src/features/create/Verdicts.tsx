import type { InfraReview } from '@waterstrider/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format.ts';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { verdictKinds } from './verdict-kinds.ts';
import classes from './review.module.css';
import { useReviewWords } from './use-review-words.ts';
import type { Studio } from './use-studio.ts';

interface VerdictsProps {
  studio: Studio;
  review: InfraReview;
  onSelect: (group: string) => void;
}

/** The verdict per group, with what stands in the way. */
export function Verdicts({ studio, review, onSelect }: VerdictsProps) {
  const { t } = useTranslation('create');
  const format = useFormat();
  const say = useReviewWords(studio, review);
  const indexOf = (name: string) => studio.document.nodeGroups.findIndex((group) => group.name === name);
  return (
    <ul className={classes.verdicts} aria-label={t('review.verdicts')}>
      {review.messages.map((message) => (
        <li key={`${message.key} ${message.text}`}>
          <StatusMark kind={message.severity === 'info' ? 'info' : verdictKinds[message.severity]} />
          <p>{say(message)}</p>
        </li>
      ))}
      {review.nodeGroups.map(({ nodeGroup, verdict, messages, quotaLeft }) => (
        <li key={nodeGroup}>
          <StatusMark kind={verdictKinds[verdict]} label={t(`verdict.${verdict}`)} />
          <div>
            <button type="button" className={classes.group} onClick={() => onSelect(nodeGroup)}>
              {nodeGroup}
            </button>
            {messages.length === 0 && (
              <p>
                {quotaLeft === undefined
                  ? t('review.canBeMade')
                  : t('review.quota', { left: format.number(quotaLeft), count: quotaLeft })}
              </p>
            )}
            {messages.map((message) => (
              <p key={`${message.key} ${message.text}`}>{say(message, indexOf(nodeGroup))}</p>
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}
