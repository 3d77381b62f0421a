import { randomBytes } from 'node:crypto';
import type {
  CloudDriver,
  CloudResource,
  CloudServer,
  CloudServerState,
  CloudSession,
  CreateServerRequest,
} from '../ports/index.ts';
import { CloudError } from '../ports/index.ts';

/** What a driver brings to be tested: an account that may be filled and emptied, in one region. */
export type DriverSubject = {
  driver: CloudDriver;
  credential: Record<string, string>;
  region: string;
  /** A credential of the right form that the cloud does not accept. */
  wrongCredential?: Record<string, string>;
  /** An account with room for so few servers that the test can use them up. */
  smallAccount?: { credential: Record<string, string>; servers: number };
  /** What to start; by default the cheapest spec with the first image that fits it. */
  choice?: { specName: string; cspImageId: string };
  /** Ends what makeSubject opened. */
  close?(): Promise<void>;
};

/** Names of the checks; a skip names one of them. */
export const driverCheckNames = [
  'description',
  'credential form',
  'verify',
  'wrong credential',
  'catalogue',
  'life of a server',
  'list and find',
  'unknown ids',
  'repeated create',
  'same token, another body',
  'quota',
  'aborted signal',
  'repeated resources',
  'resources in use',
] as const;
export type DriverCheckName = (typeof driverCheckNames)[number];

/** A subject under test, with what several checks need. */
export type Bench = DriverSubject & {
  session: CloudSession;
  /** A create request with a network of its own behind it; name, token and tag are fresh. */
  request(session?: CloudSession): Promise<CreateServerRequest>;
  /** Waits until the server is in the state; fails when the time is over. */
  reach(id: string, state: CloudServerState, session?: CloudSession): Promise<CloudServer>;
  /** Waits until the check holds; fails when the time is over. */
  until(what: string, holds: () => Promise<boolean>): Promise<void>;
  /** Terminates and waits until it is gone, where the driver can. */
  remove(ids: readonly string[], session?: CloudSession): Promise<void>;
  /** Removes the networks behind the requests. */
  clear(): Promise<void>;
};

/** One requirement of the port. `skip(reason)` ends it: a driver may lack a capability, never without saying so. */
export type DriverCheck = (bench: Bench, skip: (reason: string) => never) => Promise<void>;

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
export const fresh = (prefix: string): string => `${prefix}-${randomBytes(5).toString('hex')}`;

/** Repeats while the cloud asks to slow down: a conformance run must not fail for its own haste. */
export const patiently = async <Result>(call: () => Promise<Result>): Promise<Result> => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof CloudError) || error.kind !== 'throttled' || attempt >= 50) throw error;
      await pause(Math.min(5000, error.retryAfterMs ?? 200 * (attempt + 1)));
    }
  }
};

const choose = async ({ driver, region, choice }: DriverSubject): Promise<{ specName: string; cspImageId: string }> => {
  if (choice) return choice;
  const [specs, images] = await Promise.all([driver.specs(region), driver.images(region)]);
  const price = (usd: number | undefined): number => usd ?? Number.POSITIVE_INFINITY;
  for (const spec of specs.toSorted((a, b) => price(a.costPerHourUsd) - price(b.costPerHourUsd))) {
    const image = images.find((known) => known.architecture === spec.architecture && !known.gpuReady);
    if (image) return { specName: spec.name, cspImageId: image.cspImageId };
  }
  throw new Error(`No image of ${driver.provider} ${region} fits any spec.`);
};

type Ground = { vNet: CloudResource; subnet: CloudResource; securityGroup: CloudResource; sshKey: CloudResource };

/** Made up: nobody has its private half. */
const publicKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB5p3S0m2hVbq0mGgEX2jQm0l5l0fIhYxqBqI0u7n1cQ conformance';

const makeGround = async ({ network }: CloudSession): Promise<Ground> => {
  const tag = fresh('ground');
  const vNet = await patiently(() => network.createVNet({ tag: `${tag}-v`, name: `${tag}-v`, cidr: '10.77.0.0/16' }));
  const subnet = await patiently(() =>
    network.createSubnet({ tag: `${tag}-s`, name: `${tag}-s`, vNetId: vNet.id, cidr: '10.77.1.0/24' }),
  );
  const rules = [{ protocol: 'tcp', ports: '22', direction: 'inbound', cidr: '0.0.0.0/0' }] as const;
  const securityGroup = await patiently(() =>
    network.createSecurityGroup({ tag: `${tag}-g`, name: `${tag}-g`, vNetId: vNet.id, rules: [...rules] }),
  );
  const sshKey = await patiently(() => network.importSshKey({ tag: `${tag}-k`, name: `${tag}-k`, publicKey }));
  return { vNet, subnet, securityGroup, sshKey };
};

const clearGround = async ({ network }: CloudSession, ground: Ground): Promise<void> => {
  for (const kind of ['subnet', 'securityGroup', 'sshKey', 'vNet'] as const)
    await patiently(() => network.deleteResource(kind, ground[kind].id));
};

/** `patienceMs`: how long a state may take to come; by default many times the driver's own figure. */
export const createBench = (subject: DriverSubject, patienceMs: number): Bench => {
  const session = subject.driver.connect(subject);
  const grounds = new Map<CloudSession, Promise<Ground>>();
  const pollMs = subject.driver.limits.pollIntervalMs;

  const groundOf = (owner: CloudSession): Promise<Ground> => {
    const ground = grounds.get(owner) ?? makeGround(owner);
    grounds.set(owner, ground);
    return ground;
  };

  const until: Bench['until'] = async (what, holds) => {
    const endsAt = performance.now() + patienceMs;
    while (!(await holds())) {
      if (performance.now() > endsAt) throw new Error(`${what}: not within ${patienceMs} ms.`);
      await pause(pollMs);
    }
  };

  const find = async (id: string, owner: CloudSession): Promise<CloudServer | undefined> =>
    (await patiently(() => owner.compute.getServers([id])))[0];

  return {
    ...subject,
    session,
    until,
    request: async (owner = session) => {
      const [{ subnet, securityGroup, sshKey }, choice] = await Promise.all([groundOf(owner), choose(subject)]);
      return {
        ...choice,
        token: fresh('token'),
        tag: fresh('tag'),
        name: fresh('conformance'),
        subnetId: subnet.id,
        securityGroupId: securityGroup.id,
        sshKeyId: sshKey.id,
        labels: { purpose: 'conformance' },
      };
    },
    reach: async (id, state, owner = session) => {
      let last: CloudServer | undefined;
      await until(`Server ${id} in state ${state}`, async () => {
        last = await find(id, owner);
        if (last?.state === 'failed' && state !== 'failed')
          throw new Error(`Server ${id} failed: ${last.error?.code ?? ''} ${last.error?.message ?? ''}`);
        return last?.state === state;
      });
      if (!last) throw new Error(`Server ${id} is gone.`);
      return last;
    },
    clear: async () => {
      for (const [owner, ground] of grounds) await clearGround(owner, await ground);
    },
    remove: async (ids, owner = session) => {
      const { terminateServer } = owner.compute;
      if (!terminateServer) return;
      for (const id of ids) await patiently(() => terminateServer(id));
      await until('Terminated servers are gone', async () => {
        const left = await patiently(() => owner.compute.getServers(ids));
        return left.every(({ state }) => state === 'deleted');
      });
    },
  };
};
