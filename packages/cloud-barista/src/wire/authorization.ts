import type { FrameworkAuth } from '../config.ts';
import { signHmac } from './sign-hmac.ts';

/** The `Authorization` header of one call; undefined when none is wanted. */
export function authorizationOf(auth: FrameworkAuth, at: Date): string | undefined {
  switch (auth.mode) {
    case 'none':
      return undefined;
    case 'basic':
      return `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}`;
    case 'bearer':
      return `Bearer ${auth.token}`;
    case 'hmac':
      return `Bearer ${signHmac({ accessId: auth.accessId, secret: auth.secret, at })}`;
  }
}

function secretsOf(auth: FrameworkAuth): string[] {
  switch (auth.mode) {
    case 'none':
      return [];
    case 'basic':
      return [auth.password, Buffer.from(`${auth.username}:${auth.password}`).toString('base64')];
    case 'bearer':
      return [auth.token];
    case 'hmac':
      return [auth.secret];
  }
}

// A shorter one may be an ordinary word of the message, such as `default`.
const leastSecretLength = 8;

/** Takes our own secrets out of words that a framework sent: it may repeat what it was sent. */
export function redactor(auth: FrameworkAuth): (text: string) => string {
  const secrets = secretsOf(auth).filter((secret) => secret.length >= leastSecretLength);
  return (text) => secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}
