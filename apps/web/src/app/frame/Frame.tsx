import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useNavigate, useParams, useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { onSessionLost } from '../../shared/api.ts';
import { startLive } from '../../shared/live.ts';
import { onFirstNotice } from '../../shared/notices.ts';
import { sessionQuery, useSession } from '../../shared/session.ts';
import { useDrawer } from '../../shared/use-drawer.ts';
import { DrawerSlot } from '../../ui/drawer-slot.ts';
import { PreferenceScope } from '../../ui/preference-scope.ts';
import { safeNext } from '../guards.ts';
import { BottomBar } from './BottomBar.tsx';
import classes from './Frame.module.css';
import { InFrame } from './in-frame.ts';
import { PlatformBanner } from './PlatformBanner.tsx';
import { Rail } from './Rail.tsx';
import { TopBar } from './TopBar.tsx';
import { useCurrentNamespace } from './use-current-namespace.ts';

const TasksDrawer = lazy(async () => ({ default: (await import('../../features/tasks/TasksDrawer.tsx')).TasksDrawer }));
const SessionEndWarning = lazy(async () => ({
  default: (await import('../../features/auth/SessionEndWarning.tsx')).SessionEndWarning,
}));
const NoticesHost = lazy(async () => ({ default: (await import('../../shared/NoticesHost.tsx')).NoticesHost }));

/** Rail, top bar, page, drawer; everything a signed-in person sees stands in it. */
export function Frame() {
  const { t } = useTranslation();
  const ns = useCurrentNamespace();
  const { username } = useSession();
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  useSessionGuard();
  useLive();
  return (
    <PreferenceScope value={username}>
      <InFrame value>
        <DrawerSlot value={slot}>
          <a className={classes.skip} href="#main">
            {t('skip')}
          </a>
          <div className={classes.frame}>
            <Rail ns={ns} />
            <div className={classes.shell}>
              <TopBar ns={ns} />
              <PlatformBanner />
              <main id="main" tabIndex={-1} className={classes.main}>
                <Suspense>
                  <Outlet />
                </Suspense>
              </main>
              <BottomBar ns={ns} />
            </div>
            <div ref={setSlot} className={classes.drawers} />
          </div>
          <Tasks />
          <Notices />
          <Suspense>
            <SessionEndWarning />
          </Suspense>
        </DrawerSlot>
      </InFrame>
    </PreferenceScope>
  );
}

function Tasks() {
  const drawer = useDrawer('tasks');
  if (!drawer.isOpen) return null;
  return (
    <Suspense>
      <TasksDrawer operationId={drawer.value} onClose={drawer.close} />
    </Suspense>
  );
}

/** The notice host is loaded with the first notice, to keep the first page small. */
function Notices() {
  const [needed, setNeeded] = useState(false);
  useEffect(() => onFirstNotice(() => setNeeded(true)), []);
  return needed ? (
    <Suspense>
      <NoticesHost />
    </Suspense>
  ) : null;
}

/** A lost session leads to the login page and back to this place. */
function useSessionGuard(): void {
  const client = useQueryClient();
  const navigate = useNavigate();
  const router = useRouter();
  useEffect(() => {
    onSessionLost(() => {
      client.removeQueries({ queryKey: sessionQuery().queryKey });
      void navigate({ to: '/login', search: { next: safeNext(router.state.location.href) } });
    });
    return () => onSessionLost(() => undefined);
  }, [client, navigate, router]);
}

function useLive(): void {
  const client = useQueryClient();
  const params: { ns?: string } = useParams({ strict: false });
  useEffect(() => startLive(client, params.ns), [client, params.ns]);
}
