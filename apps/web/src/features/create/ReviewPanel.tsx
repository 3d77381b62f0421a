import type { Infra } from '@waterstrider/contract';
import { IconClock } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format.ts';
import { knownSum, Money } from '../../shared/Money.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { CostBar } from './CostBar.tsx';
import { CreateButtons } from './CreateButtons.tsx';
import { countServers } from './document.ts';
import { PolicyField } from './PolicyField.tsx';
import { countResources } from './review-document.ts';
import classes from './review.module.css';
import type { Connections } from './use-connections.ts';
import type { FormProblems } from './use-problems.ts';
import type { ReviewState } from './use-review.ts';
import type { Studio } from './use-studio.ts';
import type { useSubmit } from './use-submit.ts';
import { Verdicts } from './Verdicts.tsx';

export interface ReviewPanelProps {
  studio: Studio;
  /** The MCIS a group is added to. */
  infra: Infra | undefined;
  review: ReviewState;
  /** There is enough to ask the dry run. */
  isComplete: boolean;
  connections: Connections;
  submit: ReturnType<typeof useSubmit>;
  problems: FormProblems;
  onCreate: (hold: boolean) => void;
  /** Opens a group by its name. */
  onSelect: (group: string) => void;
}

export const reviewId = 'create-review';

/** What would be made and what it costs, as the server says; then the button that makes it. */
export function ReviewPanel(props: ReviewPanelProps) {
  const { studio, infra, review, isComplete, connections, submit, onSelect } = props;
  const { t } = useTranslation('create');
  const format = useFormat();
  const id = useId();
  const { review: answer, isOld } = review;
  const servers = countServers(studio.document.nodeGroups);
  return (
    <aside id={reviewId} className={classes.panel} aria-labelledby={id} tabIndex={-1}>
      <header className={classes.head}>
        <h2 id={id}>{t('review.title')}</h2>
        <CheckState review={review} isComplete={isComplete} />
      </header>
      <div className={isOld ? classes.old : ''} aria-busy={review.isChecking}>
        <dl className={classes.figures}>
          <div>
            <dt>{t('review.perHour')}</dt>
            <dd>{answer ? <Money usd={knownSum(answer.costPerHourUsd, answer.unpriced)} /> : '–'}</dd>
          </div>
          <div>
            <dt>{t('review.perMonth')}</dt>
            <dd>{answer ? <Money usd={knownSum(answer.costPerMonthUsd, answer.unpriced)} /> : '–'}</dd>
          </div>
          <div>
            <dt>{t('review.serversFigure', { count: servers })}</dt>
            <dd>{format.number(servers)}</dd>
          </div>
        </dl>
        {answer && <CostBar review={answer} nameOf={connections.clouds.nameOf} />}
        <PriceRemark {...props} />
        {answer && <Verdicts studio={studio} review={answer} onSelect={onSelect} />}
        {answer && <Made {...props} />}
      </div>
      {review.error !== undefined && (
        <div className={classes.part}>
          <ErrorState error={review.error} onRetry={review.retry} />
        </div>
      )}
      {!infra && (
        <div className={classes.part}>
          <PolicyField
            value={studio.document.policyOnPartialFailure}
            onChange={(policyOnPartialFailure) => studio.change({ policyOnPartialFailure })}
          />
        </div>
      )}
      {infra && <p className={`${classes.part} dim sm`}>{t(`policy.keeps.${infra.policyOnPartialFailure}`)}</p>}
      {submit.failure !== undefined && (
        <div className={classes.part}>
          <ErrorState error={submit.failure} />
        </div>
      )}
      <CreateButtons {...props} />
    </aside>
  );
}

function CheckState({ review, isComplete }: Pick<ReviewPanelProps, 'review' | 'isComplete'>) {
  const { t } = useTranslation('create');
  const { verdict } = review.review ?? {};
  const key = !isComplete
    ? 'incomplete'
    : review.isChecking
      ? 'checking'
      : review.error !== undefined || verdict === undefined
        ? 'failed'
        : verdict;
  const kinds = {
    incomplete: 'wait',
    checking: 'move',
    failed: 'warn',
    ok: 'ok',
    warning: 'warn',
    error: 'fail',
  } as const;
  return (
    <span className={classes.state} role="status">
      <StatusMark kind={kinds[key]} />
      {t(`review.state.${key}`)}
    </span>
  );
}

/** Said once for all prices. */
function PriceRemark({ studio, review, connections }: ReviewPanelProps) {
  const { t, i18n } = useTranslation('create');
  const { byName, clouds } = connections;
  const disclaimers = studio.document.nodeGroups.flatMap(({ connection }) => {
    const { disclaimer } = clouds.known.get(byName.get(connection)?.provider ?? '') ?? {};
    return disclaimer ? [disclaimer[i18n.language === 'ko' ? 'ko' : 'en']] : [];
  });
  const { approximate, unpriced = 0 } = review.review ?? {};
  const remark = disclaimers[0] ?? (approximate ? t('review.approximate') : t('review.listPrices'));
  return (
    <p className={classes.remark}>
      {remark}
      {unpriced > 0 && <b> {t('review.unpriced', { count: unpriced })}</b>}
    </p>
  );
}

function Made({ studio, review, connections }: ReviewPanelProps) {
  const { t } = useTranslation('create');
  const format = useFormat();
  const answer = review.review;
  if (!answer) return null;
  const { expectedSeconds = 0 } = answer;
  const slowest = answer.nodeGroups.find((group) => (group.expectedSeconds ?? 0) === expectedSeconds);
  const isUneven = studio.document.nodeGroups.length > 1 && slowest?.provider !== undefined;
  const time = format.duration(expectedSeconds * 1000);
  return (
    <section className={classes.part} aria-label={t('made.title')}>
      <h3>{t('made.title')}</h3>
      <dl className={classes.made}>
        <div>
          <dt>{t('review.servers')}</dt>
          <dd>{format.number(answer.nodes)}</dd>
        </div>
        {countResources(answer).map(({ kind, made, reused }) => (
          <div key={kind}>
            <dt>{t(`resources.${kind}`)}</dt>
            <dd>
              {[made > 0 && t('made.new', { count: made }), reused > 0 && t('made.reused', { count: reused })]
                .filter(Boolean)
                .join(', ')}
            </dd>
          </div>
        ))}
      </dl>
      {expectedSeconds > 0 && (
        <p className={classes.time}>
          <IconClock size={14} stroke={1.6} aria-hidden="true" />
          {isUneven
            ? t('made.timeSlowest', { time, name: connections.clouds.nameOf(slowest.provider ?? '') })
            : t('made.time', { time })}
        </p>
      )}
    </section>
  );
}
