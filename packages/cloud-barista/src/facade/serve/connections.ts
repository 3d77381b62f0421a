import type { Connection } from '@waterstrider/contract';
import { param, type FacadeConsole, type FacadeHandler } from '../console.ts';
import { FacadeError } from '../facade-error.ts';
import { allOf } from '../read/all-pages.ts';
import { orUndefined } from '../read/or-undefined.ts';
import { defaultHolder, driverNameOf, toConnConfig, toHolder } from '../write/connection.ts';
import { distinct, orNull } from '../write/texts.ts';

const isOn = (text: string | undefined, otherwise: boolean): boolean =>
  text === undefined || text === '' ? otherwise : /^(1|t|true)$/i.test(text);

/** Connections in Tumblebug's form. */
export async function toConnConfigs(console: FacadeConsole, connections: readonly Connection[]) {
  const { items: drivers } = await console.call('listDrivers');
  return connections.map((connection) => toConnConfig(connection, driverNameOf(drivers, connection.provider)));
}

/** Only verified ones unless `filterVerified=false`. Each is its region's representative. */
export const listConnConfigs: FacadeHandler = async ({ console, request: { query } }) => {
  const holder = query.filterCredentialHolder?.toLowerCase() ?? '';
  const verifiedOnly = isOn(query.filterVerified, true);
  const shown = (await allOf(console, 'listConnections')).filter(
    (connection) =>
      (!verifiedOnly || connection.state === 'Verified') && (holder === '' || toHolder(connection) === holder),
  );
  return { connectionconfig: orNull(await toConnConfigs(console, shown)) };
};

export const getConnConfig: FacadeHandler = async ({ console, request }) => {
  const name = param(request, 'connConfigName');
  const connection = await orUndefined(console.call('getConnection', { params: { connection: name } }));
  if (connection === undefined) throw new FacadeError(404, `Cannot find the model.ConnConfig /connection/${name}`);
  const [config] = await toConnConfigs(console, [connection]);
  return config;
};

function toHolderInfo(holder: string, connections: readonly Connection[]) {
  const own = connections.filter((connection) => toHolder(connection) === holder);
  return {
    credentialHolder: holder,
    providers: distinct(own.map(({ provider }) => provider)).sort(),
    connectionCount: own.length,
    verifiedConnectionCount: own.filter(({ state }) => state === 'Verified').length,
    isDefault: holder === defaultHolder,
  };
}

export const listHolders: FacadeHandler = async ({ console }) => {
  const connections = await allOf(console, 'listConnections');
  const holders = distinct(connections.map(toHolder)).sort();
  return { credentialHolderList: orNull(holders.map((holder) => toHolderInfo(holder, connections))) };
};

export const getHolder: FacadeHandler = async ({ console, request }) => {
  const holder = param(request, 'holderId').toLowerCase();
  const info = toHolderInfo(holder, await allOf(console, 'listConnections'));
  if (info.connectionCount > 0) return info;
  throw new FacadeError(404, `credential holder '${holder}' not found (no connections registered)`);
};
