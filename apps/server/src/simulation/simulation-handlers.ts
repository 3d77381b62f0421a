import { DomainError } from '@waterstrider/contract';
import type { SimulationControl } from '@waterstrider/driver-simulated';
import type { ConsoleHandlers } from '../pipeline/handlers.ts';
import type { Services } from '../services.ts';

type Rows = 'listSimServers' | 'createSimServer' | 'changeSimServer' | 'setSimChurn' | 'setSimFaults';

/** The hand that reaches into the simulated world. */
export function createSimulationHandlers(services: Services): Pick<ConsoleHandlers, Rows> {
  const control = (): SimulationControl => {
    if (services.simulation !== undefined) return services.simulation;
    throw new DomainError('unsupported', { reason: 'There are no simulated clouds here.' });
  };
  return {
    listSimServers: async ({ query }) => ({ items: await control().listServers(query) }),
    createSimServer: async ({ body }) => control().createServer(body),
    changeSimServer: async ({ params, body }) => control().changeServer(params.server, body),
    setSimChurn: async ({ body }) => control().setChurn(body),
    setSimFaults: async ({ body }) => control().setFaults(body),
  };
}
