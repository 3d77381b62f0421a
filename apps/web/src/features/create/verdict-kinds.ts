import type { StatusKind } from '../../ui/status.ts';

/** The shape of a verdict of the review. */
export const verdictKinds = { ok: 'ok', warning: 'warn', error: 'fail' } as const satisfies Record<string, StatusKind>;
