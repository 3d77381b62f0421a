import { useRouter } from '@tanstack/react-router';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { use } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { SkeletonRows } from '../ui/Skeleton.tsx';
import { InFrame } from './frame/in-frame.ts';
import classes from './frame/Frame.module.css';

/** Inside the frame the page's main landmark exists already. */
function Page({ children }: { children: ReactNode }) {
  const Landmark = use(InFrame) ? 'div' : 'main';
  return <Landmark className={classes.page}>{children}</Landmark>;
}

/** For addresses that lead nowhere. */
export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Page>
      <PageHeader title={t('notFound.title')} />
      <EmptyState reason={t('notFound.text')} action={<LinkButton to="/">{t('notFound.start')}</LinkButton>} />
    </Page>
  );
}

/** The boundary of a page: what failed, Retry, request id; the frame around it works on. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  const router = useRouter();
  const queries = useQueryErrorResetBoundary();
  const retry = () => {
    queries.reset();
    reset();
    void router.invalidate();
  };
  return (
    <Page>
      <PageHeader title={t('pageError')} />
      <ErrorState error={error} onRetry={retry} />
    </Page>
  );
}

/** Shown when a page takes longer than 300 ms to arrive. */
export function PagePending() {
  return (
    <Page>
      <SkeletonRows rows={8} delayMs={0} />
    </Page>
  );
}
