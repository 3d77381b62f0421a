import { randomBytes } from 'node:crypto';
import type { CloudDriver, CloudSession, CreateServerRequest } from '@waterstrider/engine/ports';
import postgres from 'postgres';
import { createSimulatedClouds, type SimulatedCloudsOptions } from './simulated-clouds.ts';

/** A database of its own for one test file, in the PostgreSQL of the test run. */
export const openTestDatabase = async () => {
  const given = process.env['TEST_DATABASE_URL'];
  if (given === undefined)
    throw new Error('TEST_DATABASE_URL is not set: run the tests from the root of the repository.');
  const name = `sim_${randomBytes(6).toString('hex')}`;
  const quiet = { onnotice: () => undefined };
  const admin = postgres(given, { ...quiet, max: 1 });
  await admin.unsafe(`create database ${name}`);
  const url = new URL(given);
  url.pathname = `/${name}`;
  const sql = postgres(url.href, { ...quiet, max: 10 });
  return {
    sql,
    close: async (): Promise<void> => {
      await sql.end();
      await admin.unsafe(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
};

const log = {
  warn: (details: unknown, message: string): never => {
    throw new Error(message, { cause: details });
  },
};

/** Simulated clouds in which a second takes a millisecond, unless told otherwise. */
export const openClouds = (options: Omit<SimulatedCloudsOptions, 'speed' | 'log'> & { speed?: number }) => {
  const clouds = createSimulatedClouds({ speed: 1000, seed: 1, log, ...options });
  const driver = (provider: string): CloudDriver => {
    const found = clouds.drivers.find((known) => known.provider === provider);
    if (!found) throw new Error(`No driver ${provider}`);
    return found;
  };
  return { ...clouds, driver };
};

let counter = 0;
/** A name nobody else has. */
export const fresh = (prefix: string): string => `${prefix}-${(counter += 1)}-${randomBytes(3).toString('hex')}`;

/** The first region, and a request for its first spec with what the request needs. */
export const prepareRequest = async (driver: CloudDriver, session: CloudSession, region: string) => {
  const [specs, images] = await Promise.all([driver.specs(region), driver.images(region)]);
  const spec = specs[0];
  const image = images.find(({ architecture }) => architecture === spec?.architecture);
  if (!spec || !image) throw new Error('The catalogue is empty.');
  const { network } = session;
  const vNet = await network.createVNet({ tag: fresh('v'), name: 'v', cidr: '10.1.0.0/16' });
  const [subnet, securityGroup, key] = await Promise.all([
    network.createSubnet({ tag: fresh('s'), name: 's', vNetId: vNet.id, cidr: '10.1.0.0/20' }),
    network.createSecurityGroup({ tag: fresh('g'), name: 'g', vNetId: vNet.id, rules: [] }),
    network.importSshKey({ tag: fresh('k'), name: 'k', publicKey: 'ssh-ed25519 AAAA' }),
  ]);
  const body = {
    specName: spec.name,
    cspImageId: image.cspImageId,
    subnetId: subnet.id,
    securityGroupId: securityGroup.id,
    sshKeyId: key.id,
    labels: {},
  };
  return (name: string, changes: Partial<CreateServerRequest> = {}): CreateServerRequest => {
    const tag = fresh('tag');
    return { ...body, token: tag, tag, name: fresh(name), ...changes };
  };
};

/** Connects, and prepares requests. */
export const openPlace = async (driver: CloudDriver, account = fresh('demo'), index = 0) => {
  const region = driver.cloud.regions[index]?.region ?? '';
  const session = driver.connect({ credential: { account }, region });
  return { region, account, session, request: await prepareRequest(driver, session, region) };
};
