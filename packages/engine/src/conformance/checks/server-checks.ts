import { expect } from 'vitest';
import type { CloudServer } from '../../ports/index.ts';
import { fresh, patiently, type DriverCheck } from '../driver-subject.ts';
import { expectCloudError } from './expect-cloud-error.ts';

const lifeOfAServer: DriverCheck = async ({ session, request, reach, remove }) => {
  const { compute } = session;
  const wanted = await request();
  const created = await patiently(() => compute.createServer(wanted));
  expect(created).toMatchObject({ name: wanted.name, tag: wanted.tag });
  expect(['creating', 'running']).toContain(created.state);
  const running = await reach(created.id, 'running');
  expect(running).toMatchObject({ id: created.id, name: wanted.name, tag: wanted.tag });
  expect(running.publicIp ?? running.privateIp).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
  const { suspendServer, resumeServer, rebootServer } = compute;
  if (suspendServer) {
    await patiently(() => suspendServer(created.id));
    await patiently(() => suspendServer(created.id));
    await reach(created.id, 'stopped');
    if (rebootServer) await expectCloudError(() => patiently(() => rebootServer(created.id)), ['refused']);
  }
  if (suspendServer && resumeServer) {
    await patiently(() => resumeServer(created.id));
    await patiently(() => resumeServer(created.id));
    await reach(created.id, 'running');
  }
  if (rebootServer) {
    await patiently(() => rebootServer(created.id));
    await reach(created.id, 'running');
  }
  await remove([created.id]);
};

const listAndFind: DriverCheck = async ({ session, request, until, remove }) => {
  const { compute } = session;
  const wanted = await request();
  const { id } = await patiently(() => compute.createServer(wanted));
  const isIn = (servers: CloudServer[]): boolean => servers.some((each) => each.id === id && each.tag === wanted.tag);
  expect(isIn(await patiently(() => compute.getServers([id, fresh('unknown')])))).toBe(true);
  await until('The list shows the new server', async () => isIn(await patiently(() => compute.listServers())));
  await until('The server is found by its tag', async () => {
    const found = await patiently(() => compute.findServers([wanted.tag, fresh('unknown')]));
    expect(found.every((each) => each.id === id)).toBe(true);
    return isIn(found);
  });
  expect(await patiently(() => compute.findServers([fresh('unknown')]))).toEqual([]);
  await remove([id]);
  if (!compute.terminateServer) return;
  await until('The list forgets the server', async () => {
    const listed = await patiently(() => compute.listServers());
    return listed.every((each) => each.id !== id || each.state === 'deleted');
  });
};

const unknownIds: DriverCheck = async ({ session: { compute } }) => {
  const unknown = fresh('unknown');
  expect(await patiently(() => compute.getServers([unknown]))).toEqual([]);
  expect(await patiently(() => compute.getServers([]))).toEqual([]);
  const { suspendServer, resumeServer, rebootServer, terminateServer } = compute;
  for (const act of [suspendServer, resumeServer, rebootServer])
    if (act) await expectCloudError(() => patiently(() => act(unknown)), ['not_found']);
  if (!terminateServer) return;
  const outcome = await patiently(() => terminateServer(unknown)).then(
    () => 'done',
    (error: unknown) => error,
  );
  if (outcome !== 'done') expect(outcome).toMatchObject({ kind: 'not_found' });
};

const repeatedCreate: DriverCheck = async ({ driver, session, request, reach, until, remove }) => {
  const { compute } = session;
  const wanted = await request();
  const first = await patiently(() => compute.createServer(wanted));
  if (driver.limits.idempotentCreate) {
    const again = await Promise.all([1, 2].map(() => patiently(() => compute.createServer(wanted))));
    expect(again.map(({ id }) => id)).toEqual([first.id, first.id]);
  }
  // However the cloud makes repeats harmless, after its window the tag leads to every server that was made with it.
  await reach(first.id, 'running');
  await until('The server is found by its tag', async () => {
    const found = await patiently(() => compute.findServers([wanted.tag]));
    return found.some(({ id }) => id === first.id);
  });
  expect((await patiently(() => compute.findServers([wanted.tag]))).map(({ id }) => id)).toEqual([first.id]);
  await remove([first.id]);
};

const sameTokenAnotherBody: DriverCheck = async ({ driver, session: { compute }, request, remove }, skip) => {
  if (!driver.limits.idempotentCreate) return skip('This cloud knows no create tokens.');
  const wanted = await request();
  const { id } = await patiently(() => compute.createServer(wanted));
  const other = { ...wanted, name: fresh('other') };
  await expectCloudError(() => patiently(() => compute.createServer(other)), ['refused']);
  await remove([id]);
};

const quota: DriverCheck = async ({ driver, region, smallAccount, request, remove }, skip) => {
  if (!smallAccount) return skip('The subject brings no account with a small quota.');
  const small = driver.connect({ credential: smallAccount.credential, region });
  const { serversLeft } = await patiently(() => small.quota());
  if (serversLeft !== undefined) expect(serversLeft).toBe(smallAccount.servers);
  const ids: string[] = [];
  for (let index = 0; index < smallAccount.servers; index += 1) {
    const wanted = await request(small);
    ids.push((await patiently(() => small.compute.createServer(wanted))).id);
  }
  const oneMore = await request(small);
  await expectCloudError(() => patiently(() => small.compute.createServer(oneMore)), ['quota']);
  await remove(ids, small);
};

const abortedSignal: DriverCheck = async ({ session: { compute }, request, until }) => {
  const wanted = await request();
  const signal = AbortSignal.abort();
  await expectCloudError(() => compute.listServers(signal), ['unreachable', 'unknown_outcome']);
  await expectCloudError(() => compute.createServer(wanted, signal), ['unreachable']);
  await until('Nothing was made', async () => (await patiently(() => compute.findServers([wanted.tag]))).length === 0);
};

export const serverChecks = {
  'life of a server': lifeOfAServer,
  'list and find': listAndFind,
  'unknown ids': unknownIds,
  'repeated create': repeatedCreate,
  'same token, another body': sameTokenAnotherBody,
  quota,
  'aborted signal': abortedSignal,
};
