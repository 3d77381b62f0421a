import { generateKeyPair, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import type { EngineContext } from '../context.ts';
import type { ConnectionRow, ResourceKind, ResourceRow, StoreTransaction } from '../ports/index.ts';

export const resourceKinds: readonly ResourceKind[] = ['vNet', 'subnet', 'securityGroup', 'sshKey'];
const suffix: Record<ResourceKind, string> = { vNet: '', subnet: '-01', securityGroup: '-sg', sshKey: '-key' };
const generate = promisify(generateKeyPair);

export const resourceName = (ns: string, connection: string, kind: ResourceKind): string =>
  `${ns}-shared-${connection}${suffix[kind]}`;

const lengthPrefixed = (bytes: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

/** One line for `authorized_keys` (RFC 4253 6.6, RFC 8709), and the private key as PKCS #8 PEM. */
async function newSshKey(comment: string): Promise<{ publicKey: string; privateKey: string }> {
  const pair = await generate('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const kind = Buffer.from('ssh-ed25519');
  // The raw key is the last 32 bytes of an Ed25519 SubjectPublicKeyInfo (RFC 8410).
  const blob = Buffer.concat([lengthPrefixed(kind), lengthPrefixed(pair.publicKey.subarray(-32))]);
  return { publicKey: `ssh-ed25519 ${blob.toString('base64')} ${comment}`, privateKey: pair.privateKey };
}

/** The first free 10.x.0.0/16 of the namespace; when all are taken they are used again, in separate networks of separate clouds. */
export function nextCidr(used: readonly string[]): string {
  for (let index = 1; index < 255; index += 1) {
    const cidr = `10.${index}.0.0/16`;
    if (!used.includes(cidr)) return cidr;
  }
  return `10.${1 + (used.length % 254)}.0.0/16`;
}

export const subnetOf = (cidr: string): string => cidr.replace('.0.0/16', '.0.0/18');

/**
 * Network, subnet, security group (port 22 only) and SSH key of each connection: those that exist are reused, the others are
 * written to be made. Returns those that are still to become available.
 */
export async function ensureSharedResources(
  engine: EngineContext,
  tx: StoreTransaction,
  request: { namespaceId: string; ns: string; connections: ConnectionRow[]; operationId?: string },
): Promise<ResourceRow[]> {
  const { namespaceId, ns, connections, operationId } = request;
  const ids = connections.map((connection) => connection.id);
  await tx.lockResources(namespaceId);
  const present = await tx.resources(namespaceId, ids);
  const used = await tx.usedCidrs(namespaceId);
  for (const connection of connections) {
    const missing = resourceKinds.filter(
      (kind) => !present.some((row) => row.connectionId === connection.id && row.kind === kind),
    );
    if (missing.length === 0) continue;
    const vNet = present.find((row) => row.connectionId === connection.id && row.kind === 'vNet');
    const cidr = vNet?.cidr ?? nextCidr(used);
    used.push(cidr);
    const rows = await Promise.all(
      missing.map((kind) => newResource(engine, { namespaceId, ns, connection, kind, cidr, operationId })),
    );
    await tx.insertResources(rows);
  }
  // A failed one is tried again; one that is being deleted is kept after all.
  for (const row of present.filter(({ state }) => state === 'Failed' || state === 'Deleting')) {
    await tx.writeResource(row.id, {
      state: 'Creating',
      error: null,
      attempt: 0,
      dueAt: engine.clock.now(),
      ...(operationId && { operationId }),
    });
  }
  await tx.wake(ids);
  return (await tx.resources(namespaceId, ids)).filter((row) => row.state !== 'Available');
}

async function newResource(
  engine: EngineContext,
  request: {
    namespaceId: string;
    ns: string;
    connection: ConnectionRow;
    kind: ResourceKind;
    cidr: string;
    operationId: string | undefined;
  },
) {
  const { namespaceId, ns, connection, kind, cidr, operationId } = request;
  const id = randomUUID();
  const name = resourceName(ns, connection.name, kind);
  const base = { id, namespaceId, connectionId: connection.id, kind, name, ...(operationId && { operationId }) };
  if (kind === 'vNet') return { ...base, cidr };
  if (kind === 'subnet') return { ...base, cidr: subnetOf(cidr) };
  if (kind !== 'sshKey') return base;
  const key = await newSshKey(name);
  return { ...base, publicKey: key.publicKey, secret: engine.secrets.seal(key.privateKey, `resource:${id}`) };
}
