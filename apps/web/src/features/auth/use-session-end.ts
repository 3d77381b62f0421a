import { useEffect, useRef, useState } from 'react';
import { api, reportSessionLost } from '../../shared/api.ts';
import { ApiError } from '../../shared/api-error.ts';
import { useSession } from '../../shared/session.ts';
import { readStored, writeStored } from '../../ui/stored.ts';
import { isTellDue, nearEnd } from './session-end.ts';
import type { SessionEnd } from './session-end.ts';

const storedKey = 'activity';
const activities = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;
const writeEveryMs = 5_000;

/** No longer signed in: leave. Any other failure shows with the next thing the person does. */
function leaveWhenLost(error: unknown): void {
  if (error instanceof ApiError && error.status === 401) reportSessionLost();
}

/** Watches how near the end of the session is; hands on any tab of this browser keep it going. */
export function useSessionEnd(): { end: SessionEnd | undefined; stay: () => Promise<void> } {
  const { idleSeconds, expiresAt } = useSession();
  const [end, setEnd] = useState<SessionEnd>();
  const lastAt = useRef(0);
  const toldAt = useRef(0);
  const idleMs = idleSeconds === undefined ? undefined : idleSeconds * 1000;

  const tell = async () => {
    toldAt.current = Date.now();
    await api('getSession');
  };
  const touch = () => {
    lastAt.current = Date.now();
    writeStored(storedKey, String(lastAt.current));
  };

  useEffect(() => {
    lastAt.current = Date.now();
    toldAt.current = Date.now();
    const active = () => {
      const now = Date.now();
      if (now - lastAt.current < writeEveryMs) return;
      touch();
      if (idleMs !== undefined && isTellDue(now, toldAt.current, idleMs)) tell().catch(leaveWhenLost);
    };
    const tick = setInterval(() => {
      const now = Date.now();
      const lastActivityAt = Math.max(lastAt.current, Number(readStored(storedKey) ?? 0));
      const near = nearEnd({
        now,
        lastActivityAt,
        idleMs,
        expiresAt: expiresAt === undefined ? undefined : Date.parse(expiresAt),
      });
      setEnd((before) => (near === undefined && before === undefined ? before : near));
      if (near?.leftMs === 0) reportSessionLost();
    }, 1000);
    activities.forEach((name) => document.addEventListener(name, active, { passive: true }));
    return () => {
      clearInterval(tick);
      activities.forEach((name) => document.removeEventListener(name, active));
    };
  }, [idleMs, expiresAt]);

  return {
    end,
    stay: async () => {
      await tell();
      touch();
      setEnd(undefined);
    },
  };
}
