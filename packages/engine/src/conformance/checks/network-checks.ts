import { expect } from 'vitest';
import { fresh, patiently, type DriverCheck } from '../driver-subject.ts';
import { expectCloudError } from './expect-cloud-error.ts';

const repeatedResources: DriverCheck = async ({ session: { network } }) => {
  const twice = async (create: () => Promise<{ id: string }>): Promise<string> => {
    const first = await patiently(create);
    const second = await patiently(create);
    expect(second.id).toBe(first.id);
    return first.id;
  };
  const [v, s, g, k] = ['v', 's', 'g', 'k'].map((kind) => ({ tag: fresh(kind), name: fresh(kind) }));
  if (!v || !s || !g || !k) throw new Error('Four names are needed.');
  const vNetId = await twice(() => network.createVNet({ ...v, cidr: '10.78.0.0/16' }));
  const subnetId = await twice(() => network.createSubnet({ ...s, vNetId, cidr: '10.78.1.0/24' }));
  const securityGroupId = await twice(() => network.createSecurityGroup({ ...g, vNetId, rules: [] }));
  const sshKeyId = await twice(() => network.importSshKey({ ...k, publicKey: 'ssh-ed25519 AAAA conformance' }));
  await expectCloudError(() => patiently(() => network.deleteResource('vNet', vNetId)), ['refused']);
  const parts = [
    ['subnet', subnetId],
    ['securityGroup', securityGroupId],
    ['sshKey', sshKeyId],
    ['vNet', vNetId],
  ] as const;
  for (const [kind, id] of parts) {
    await patiently(() => network.deleteResource(kind, id));
    await patiently(() => network.deleteResource(kind, id));
  }
  const anew = await patiently(() => network.createVNet({ ...v, cidr: '10.78.0.0/16' }));
  expect(anew.id).not.toBe(vNetId);
  await patiently(() => network.deleteResource('vNet', anew.id));
};

const resourcesInUse: DriverCheck = async ({ session: { compute, network }, request, remove }, skip) => {
  if (!compute.terminateServer) return skip('The driver can not remove the server again.');
  const wanted = await request();
  const { id } = await patiently(() => compute.createServer(wanted));
  await expectCloudError(() => patiently(() => network.deleteResource('subnet', wanted.subnetId)), ['refused']);
  await remove([id]);
};

export const networkChecks = {
  'repeated resources': repeatedResources,
  'resources in use': resourcesInUse,
};
