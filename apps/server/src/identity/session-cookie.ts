import { createHash, randomBytes } from 'node:crypto';
import type { Config } from '../config.ts';

export const sessionCookie = 'waterstrider_session';

/** A value nobody can guess; only its hash is kept. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** SHA-256 is enough for values of 256 random bits. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** The attributes of the session's cookie; without a lifetime it ends with the browser or the session. */
export const cookieOptions = (config: Config) =>
  ({
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: config.publicUrl?.protocol === 'https:',
    maxAge: config.session.absoluteSeconds,
  }) as const;
