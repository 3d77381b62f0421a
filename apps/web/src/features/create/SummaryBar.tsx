import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knownSum, Money } from '../../shared/Money.tsx';
import { Button } from '../../ui/Button.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { countServers } from './document.ts';
import type { InfraDocument } from './document.ts';
import { verdictKinds } from './verdict-kinds.ts';
import classes from './review.module.css';
import { reviewId } from './ReviewPanel.tsx';
import type { ReviewState } from './use-review.ts';

/** Where the review is below the form: the price, always in sight, and the way to the review. */
export function SummaryBar({ review, document: draft }: { review: ReviewState; document: InfraDocument }) {
  const { t } = useTranslation('create');
  const isReviewSeen = useIsSeen(reviewId);
  const answer = review.review;
  const show = () => {
    const panel = document.getElementById(reviewId);
    panel?.scrollIntoView({ block: 'start' });
    panel?.focus({ preventScroll: true });
  };
  if (isReviewSeen) return null;
  return (
    <div className={classes.summary} role="region" aria-label={t('review.summary')}>
      <div className={review.isOld ? classes.old : ''}>
        <b>
          {answer && <StatusMark kind={verdictKinds[answer.verdict]} label={t(`verdict.${answer.verdict}`)} />}
          {answer ? <Money usd={knownSum(answer.costPerMonthUsd, answer.unpriced)} per="month" /> : '–'}
        </b>
        <span className="dim sm">
          {t('common:count.servers', { count: countServers(draft.nodeGroups) })}
          {answer && ', '}
          {answer && <Money usd={knownSum(answer.costPerHourUsd, answer.unpriced)} inWords per="hour" />}
        </span>
      </div>
      <Button kind="primary" onClick={show}>
        {t('review.title')}
      </Button>
    </div>
  );
}

/** Is the element at least partly on screen? */
function useIsSeen(id: string): boolean {
  const [isSeen, setIsSeen] = useState(false);
  useEffect(() => {
    const element = document.getElementById(id);
    if (!element) return;
    const observer = new IntersectionObserver(([entry]) => setIsSeen(entry?.isIntersecting ?? false), {
      rootMargin: '0px 0px -120px 0px',
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [id]);
  return isSeen;
}
