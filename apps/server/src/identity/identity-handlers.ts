import type { ConsoleHandlers } from '../pipeline/handlers.ts';
import type { Services } from '../services.ts';
import type { Authenticator } from './authenticator.ts';
import { createSessionHandlers } from './session-handlers.ts';
import { createTokenHandlers } from './token-handlers.ts';
import { createUserHandlers } from './user-handlers.ts';

/** What the rooms of identity need besides the services. */
export type IdentityTools = { authenticator: Authenticator; setupCode: string };

type IdentityRows =
  | keyof ReturnType<typeof createSessionHandlers>
  | keyof ReturnType<typeof createTokenHandlers>
  | keyof ReturnType<typeof createUserHandlers>;

export const createIdentityHandlers = (
  services: Services,
  tools: IdentityTools,
): Pick<ConsoleHandlers, IdentityRows> => ({
  ...createSessionHandlers(services, tools),
  ...createTokenHandlers(services, tools),
  ...createUserHandlers(services, tools),
});
