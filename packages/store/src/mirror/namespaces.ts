import type { MirrorTransaction } from '@waterstrider/cloud-barista/ports';
import type { TransactionSql } from '../database.ts';
import type { Touched } from '../engine/announce.ts';
import { namespacePart, toNamespace } from '../engine/namespaces.ts';

type Part = Pick<MirrorTransaction, 'namespaces' | 'dropNamespace'>;

export const mirroredNamespacePart = (tx: TransactionSql, touched: Touched, platform: string): Part => ({
  async namespaces() {
    const rows = await tx<Parameters<typeof toNamespace>[0][]>`
      select id, name, description, created_at as "createdAt" from namespace where platform = ${platform} order by id`;
    return rows.map(toNamespace);
  },
  async dropNamespace(id) {
    const nodes = await tx<{ id: string }[]>`delete from node where namespace_id = ${id} returning id`;
    const infras = await tx<{ id: string }[]>`delete from infra where namespace_id = ${id} returning id`;
    touched.add('node', ...nodes.map((row) => row.id));
    touched.add('infra', ...infras.map((row) => row.id));
    await namespacePart(tx, touched, platform).deleteNamespace(id);
  },
});
