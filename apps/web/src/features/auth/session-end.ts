/** How long before the end a person is warned. */
export const warnMs = 120_000;

/** When a session ends: for want of activity, or because its whole lifetime is over. Times in milliseconds. */
export interface SessionTimes {
  now: number;
  lastActivityAt: number;
  /** Absent: it does not end for want of activity. */
  idleMs: number | undefined;
  /** Absent: it has no end of its own. */
  expiresAt: number | undefined;
}

export type SessionEnd = { reason: 'idle' | 'lifetime'; leftMs: number };

/** The nearer of both ends while it is less than two minutes away. */
export function nearEnd({ now, lastActivityAt, idleMs, expiresAt }: SessionTimes): SessionEnd | undefined {
  const idleLeft = idleMs === undefined ? Infinity : lastActivityAt + idleMs - now;
  const lifeLeft = expiresAt === undefined ? Infinity : expiresAt - now;
  const end: SessionEnd =
    lifeLeft <= idleLeft ? { reason: 'lifetime', leftMs: lifeLeft } : { reason: 'idle', leftMs: idleLeft };
  return end.leftMs <= warnMs ? { ...end, leftMs: Math.max(0, end.leftMs) } : undefined;
}

/** Hands on the page that ask the server for nothing still count: it is told at most four times per idle time. */
export const isTellDue = (now: number, lastToldAt: number, idleMs: number): boolean => now - lastToldAt >= idleMs / 4;
