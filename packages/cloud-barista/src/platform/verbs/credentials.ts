import { randomUUID } from 'node:crypto';
import { DomainError, type Cloud, type Credential, type Target, type Verb } from '@waterstrider/contract';
import { notFound, requireNamespace, type Adapter } from '../adapter.ts';
import { operationOf } from './tasks.ts';
import type { MirroredCredential, MirrorTransaction } from '../../ports/index.ts';
import { encryptCredential } from '../../wire/encrypt-credential.ts';
import { toDomainError } from '../../wire/to-domain-error.ts';
import { holderOf } from '../../wire/tumblebug-clouds.ts';
import { textOf, toFields } from '../../wire/tumblebug-fields.ts';
import { UpstreamError } from '../../wire/upstream-error.ts';

/** Every region is verified by upstream before it answers. */
const longestRegistrationMs = 30 * 60_000;

const invalid = (field: string, reason: string): DomainError =>
  new DomainError('invalid', { issues: [{ field, reason }] });

export const toCredential = (
  record: Omit<MirroredCredential, 'connections' | 'createdAt'> & Partial<MirroredCredential>,
  simulated: boolean,
): Credential => ({
  id: record.id,
  name: record.name,
  provider: record.provider,
  simulated,
  valueKeys: record.valueKeys,
  regions: record.regions,
  ...(record.namespaceIds === undefined ? {} : { namespaces: record.namespaceIds }),
  connections: record.connections ?? 0,
  createdAt: record.createdAt ?? new Date().toISOString(),
});

function cloudOf({ directory }: Adapter, provider: string): Cloud {
  const cloud = directory.clouds().find((known) => known.provider === provider);
  if (cloud === undefined) throw invalid('body.provider', `CB-Tumblebug knows no provider "${provider}".`);
  return cloud;
}

function checkRegions(cloud: Cloud, regions: string[] | undefined): string[] {
  const unknown = regions?.find((name) => !cloud.regions.some(({ region }) => region === name));
  if (unknown !== undefined) throw invalid('body.regions', `${cloud.provider} has no region "${unknown}".`);
  return [...new Set(regions ?? [])].sort();
}

function checkValues(cloud: Cloud, values: Record<string, string>): void {
  const required = Array.isArray(cloud.credentialSchema.required) ? cloud.credentialSchema.required : [];
  const missing = required.find((key: unknown) => typeof key === 'string' && (values[key] ?? '') === '') as
    string | undefined; // texts only
  if (missing !== undefined) throw invalid(`body.values.${missing}`, 'It is needed.');
}

async function namespaceIds(tx: MirrorTransaction, names: string[] | undefined): Promise<string[] | undefined> {
  if (names === undefined) return undefined;
  const ids: string[] = [];
  for (const name of names) ids.push((await requireNamespace(tx, name)).id);
  return ids;
}

/** Upstream keeps one credential per holder and provider, and makes a connection for each region. */
export const createCredential =
  (adapter: Adapter): Verb<'createCredential'> =>
  async ({ body }, context) => {
    const cloud = cloudOf(adapter, body.provider);
    if (holderOf(body.name, body.provider) === undefined) {
      const reason = `On Cloud-Barista a credential is named "${body.provider}", or "HOLDER-${body.provider}" with a holder of small letters, digits or "_".`;
      throw invalid('body.name', reason);
    }
    const regions = checkRegions(cloud, body.regions);
    checkValues(cloud, body.values);
    const record = await adapter.mirror.transaction(async (tx) => {
      if ((await tx.credentials()).some(({ name }) => name === body.name)) {
        throw new DomainError('exists', {
          reason: `There is a credential "${body.name}" already. Change its values instead.`,
        });
      }
      const allowed = await namespaceIds(tx, body.namespaces);
      const row = {
        id: randomUUID(),
        name: body.name,
        provider: body.provider,
        valueKeys: Object.keys(body.values).sort(),
        regions,
        ...(allowed === undefined ? {} : { namespaceIds: allowed }),
      };
      await tx.putCredentials([row]);
      await expectConnections(tx, { cloud, credential: row, operationId: operationOf(context) });
      return row;
    });
    void register(adapter, {
      name: record.name,
      provider: record.provider,
      values: body.values,
      operationId: operationOf(context),
    });
    return { credential: toCredential(record, cloud.simulated) };
  };

export const updateCredential =
  (adapter: Adapter): Verb<'updateCredential'> =>
  async ({ params, body }, context) => {
    const operationId = operationOf(context);
    const { record, simulated } = await adapter.mirror.transaction(async (tx) => {
      const credential = (await tx.credentials()).find(
        ({ id, name }) => id === params.credential || name === params.credential,
      );
      if (credential === undefined) throw notFound('credential', params.credential);
      const cloud = cloudOf(adapter, credential.provider);
      if (body.values !== undefined) checkValues(cloud, body.values);
      const allowed =
        body.namespaces === null ? undefined : ((await namespaceIds(tx, body.namespaces)) ?? credential.namespaceIds);
      const rest = { ...credential };
      delete rest.namespaceIds;
      const changed = {
        ...rest,
        ...(body.values === undefined ? {} : { valueKeys: Object.keys(body.values).sort() }),
        ...(body.regions === undefined ? {} : { regions: checkRegions(cloud, body.regions) }),
        ...(allowed === undefined ? {} : { namespaceIds: allowed }),
      };
      await tx.putCredentials([changed]);
      if (body.values !== undefined) await expectConnections(tx, { cloud, credential: changed, operationId });
      else {
        const target = { kind: 'credential', id: credential.id, name: credential.name };
        await tx.addItems(operationId, [{ target, state: 'succeeded' }]);
        await tx.finishOperation(operationId, 'succeeded');
      }
      return { record: changed, simulated: cloud.simulated };
    });
    if (body.values !== undefined) {
      void register(adapter, { name: record.name, provider: record.provider, values: body.values, operationId });
    }
    adapter.hurry('topology');
    return { credential: toCredential(record, simulated) };
  };

/** Shown as being verified from now on; the call is marked as sent, as it goes out at once and its body is never kept. */
async function expectConnections(
  tx: MirrorTransaction,
  of: {
    cloud: Cloud;
    credential: { id: string; name: string; provider: string; regions: string[] };
    operationId: string;
  },
): Promise<void> {
  const { cloud, credential, operationId } = of;
  const held = new Map((await tx.connections()).map((connection) => [connection.name, connection]));
  const rows = cloud.regions
    .filter(({ region }) => credential.regions.length === 0 || credential.regions.includes(region))
    .map(({ region, zones }) => {
      const name = `${credential.name}-${region}`;
      return {
        id: held.get(name)?.id ?? randomUUID(),
        name,
        credentialId: credential.id,
        provider: credential.provider,
        region,
        zones,
        state: 'Verifying' as const,
        reachable: true,
      };
    });
  await tx.putConnections(rows);
  const targets: Target[] = rows.map(({ id, name }) => ({ kind: 'connection', id, name }));
  await tx.addItems(
    operationId,
    targets.map((target) => ({ target, state: 'running' as const })),
  );
  await tx.insertCalls([
    {
      id: operationId,
      operationId,
      goal: 'credential',
      method: 'POST',
      path: '/credential',
      items: targets.map(({ id }) => id),
      state: 'sent',
    },
  ]);
}

/** Upstream's hybrid encryption: values travel under a one-time key. Goes on after the answer; its end is the task's. */
async function register(
  adapter: Adapter,
  request: { name: string; provider: string; values: Record<string, string>; operationId: string },
): Promise<void> {
  const { name, provider, values, operationId } = request;
  let error: { code: string; message: string } | undefined;
  try {
    const key = toFields(await adapter.tumblebug.call({ method: 'GET', path: '/credential/publicKey' }));
    const encrypted = encryptCredential(textOf(key, 'publicKey') ?? '', values);
    await adapter.tumblebug.call({
      method: 'POST',
      path: '/credential',
      requestId: operationId,
      timeoutMs: longestRegistrationMs,
      body: {
        credentialHolder: holderOf(name, provider),
        providerName: provider,
        publicKeyTokenId: textOf(key, 'publicKeyTokenId'),
        ...encrypted,
      },
    });
  } catch (caught) {
    // Sent, and no answer: upstream's log of requests is asked for it, as of any other call.
    if (
      caught instanceof UpstreamError &&
      caught.maySent &&
      caught.fault !== 'refused' &&
      caught.fault !== 'loginRefused'
    )
      return;
    const known = toDomainError(caught);
    const message =
      known instanceof DomainError ? known.message : 'The values could not be encrypted for CB-Tumblebug.';
    error = { code: 'tumblebug', message };
  }
  try {
    await adapter.mirror.transaction((tx) =>
      tx.writeCall(operationId, { state: 'answered', ...(error === undefined ? {} : { error }) }),
    );
  } catch (caught) {
    // The task stays open: the watcher asks upstream what became of the request.
    adapter.log('warn', 'the end of a registration could not be recorded', { err: caught });
  }
  adapter.hurry('topology');
}

/** Upstream has no check of its own: looking for the keys of the region makes it ask the cloud with the credential. */
export const verifyConnection =
  (adapter: Adapter): Verb<'verifyConnection'> =>
  async ({ params }, context) => {
    const operationId = operationOf(context);
    const connection = await adapter.mirror.transaction(async (tx) => {
      const [found] = await tx.connections([params.connection]);
      if (found === undefined) throw notFound('connection', params.connection);
      if (found.disabled) {
        throw new DomainError(
          'wrong_state',
          { reason: 'disabled' },
          { message: `"${found.name}" is disabled. Enable it first.` },
        );
      }
      await tx.addItems(operationId, [{ target: { kind: 'connection', id: found.id, name: found.name } }]);
      await tx.insertCalls([
        {
          id: operationId,
          operationId,
          goal: 'answer',
          method: 'POST',
          path: '/inspectResources',
          body: { connectionName: found.name, resourceType: 'sshKey' },
          items: [found.id],
          state: 'waiting',
        },
      ]);
      return found;
    });
    adapter.hurry('calls');
    const facts = adapter.directory.describeRegion(connection.provider, connection.region);
    return { connection: { ...toShown(connection), ...facts } };
  };

/** The console shows its own view of it. */
const toShown = (connection: {
  id: string;
  name: string;
  credential: string;
  provider: string;
  region: string;
  zones: string[];
  state: 'Verifying' | 'Verified' | 'Failed';
  disabled: boolean;
  reachable: boolean;
}) => ({
  id: connection.id,
  name: connection.name,
  credential: connection.credential,
  provider: connection.provider,
  region: connection.region,
  zones: connection.zones,
  state: connection.disabled ? ('Disabled' as const) : connection.state,
  reachable: connection.reachable,
  nodes: 0,
  unknownServers: 0,
});

const setDisabled = async (adapter: Adapter, nameOrId: string, disabled: boolean) => {
  const connection = await adapter.mirror.transaction(async (tx) => {
    const [found] = await tx.connections([nameOrId]);
    if (found === undefined) throw notFound('connection', nameOrId);
    await tx.setDisabled(found.id, disabled);
    return { ...found, disabled };
  });
  return { ...toShown(connection), ...adapter.directory.describeRegion(connection.provider, connection.region) };
};

export const disableConnection =
  (adapter: Adapter): Verb<'disableConnection'> =>
  ({ params }) =>
    setDisabled(adapter, params.connection, true);

export const enableConnection =
  (adapter: Adapter): Verb<'enableConnection'> =>
  ({ params }) =>
    setDisabled(adapter, params.connection, false);
