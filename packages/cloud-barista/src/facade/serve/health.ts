import type { FacadeHandler } from '../console.ts';
import { FacadeError } from '../facade-error.ts';

export const livez: FacadeHandler = async () => ({ message: 'CB-Tumblebug is alive' });

/** Initialised from the start: what upstream's set-up script loads is built in here. */
export const readyz: FacadeHandler = async ({ tools }) => {
  if (await tools.isReady())
    return { message: 'CB-Tumblebug is ready and initialized', ready: true, initialized: true };
  throw new FacadeError(503, 'CB-Tumblebug is NOT ready');
};

export const httpVersion: FacadeHandler = async () => ({ message: 'HTTP/1.1' });

export const openbaoStatus: FacadeHandler = async () => ({
  vaultAddr: '',
  vaultTokenSet: false,
  reachable: false,
  initialized: false,
  sealed: false,
  tokenValid: false,
  available: false,
  message: 'OpenBao is not used: the console encrypts credentials itself.',
});
