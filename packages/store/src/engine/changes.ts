import type { ChangeSet, Store } from '@waterstrider/engine/ports';
import type { Queryable, Sql } from '../database.ts';
import { channels, type TouchedKind } from './announce.ts';
import { readConnections, readInfras, readNamespaces, readNodes, type RecordReader } from './records.ts';

type Part = Pick<Store, 'snapshot' | 'changesAfter' | 'sequence' | 'listen'>;
type OutboxRow = { seq: number; kind: TouchedKind; id: string };

const oneView = 'isolation level repeatable read read only';

/** The order of changes: the outbox's sequence, which is the order of commits. */
export function changePart(sql: Sql, options: Omit<RecordReader, 'sql'>): Part {
  return {
    snapshot: () =>
      sql.begin(oneView, async (tx) => {
        const { newest } = await readBounds(tx);
        return { ...nothingChanged(newest), ...(await readAll({ ...options, sql: tx })) };
      }),
    changesAfter: (sequence, limit) =>
      sql.begin(oneView, async (tx) => {
        const { newest, pruned } = await readBounds(tx);
        // Ahead of everything: the database is not the one it was.
        if (sequence < pruned || sequence > newest) return undefined;
        if (sequence === newest) return nothingChanged(sequence);
        const rows = await tx<OutboxRow[]>`
          select seq::float8 as seq, kind, id from outbox where seq > ${sequence} order by seq limit ${limit}`;
        return readChanged({ ...options, sql: tx }, rows, sequence);
      }),
    sequence: async () => (await readBounds(sql)).newest,
    listen: (topic, callback) => listen(sql, channels[topic], callback),
  };
}

async function readBounds(sql: Queryable): Promise<{ newest: number; pruned: number }> {
  const [bounds] = await sql<{ newest: number; pruned: number }[]>`
    select pruned::float8 as pruned, greatest(pruned, (select max(seq) from outbox))::float8 as newest from outbox_horizon`;
  return bounds ?? { newest: 0, pruned: 0 };
}

const nothingChanged = (sequence: number): ChangeSet => ({
  sequence,
  namespaces: [],
  connections: [],
  infras: [],
  nodes: [],
  operations: [],
  removed: { namespaces: [], connections: [], infras: [], nodes: [] },
});

async function readAll(
  reader: RecordReader,
): Promise<Pick<ChangeSet, 'namespaces' | 'connections' | 'infras' | 'nodes'>> {
  const [namespaces, connections, infras, nodes] = await Promise.all([
    readNamespaces(reader),
    readConnections(reader),
    readInfras(reader),
    readNodes(reader),
  ]);
  return { namespaces, connections, infras, nodes };
}

/** The present state of what changed; what is not there any more was removed. */
async function readChanged(reader: RecordReader, rows: readonly OutboxRow[], sequence: number): Promise<ChangeSet> {
  const idsOf = (kind: TouchedKind): string[] => [
    ...new Set(rows.filter((row) => row.kind === kind).map((row) => row.id)),
  ];
  const read = async <Item extends { id: string }>(
    kind: TouchedKind,
    find: (reader: RecordReader, ids: string[]) => Promise<Item[]>,
  ): Promise<{ found: Item[]; removed: string[] }> => {
    const ids = idsOf(kind);
    const found = ids.length > 0 ? await find(reader, ids) : [];
    const living = new Set(found.map((item) => item.id));
    return { found, removed: ids.filter((id) => !living.has(id)) };
  };
  const [namespaces, connections, infras, nodes] = await Promise.all([
    read('namespace', readNamespaces),
    read('connection', readConnections),
    read('infra', readInfras),
    read('node', readNodes),
  ]);
  return {
    sequence: rows.at(-1)?.seq ?? sequence,
    namespaces: namespaces.found,
    connections: connections.found,
    infras: infras.found,
    nodes: nodes.found,
    operations: idsOf('operation'),
    removed: {
      namespaces: namespaces.removed,
      connections: connections.removed,
      infras: infras.removed,
      nodes: nodes.removed,
    },
  };
}

/** postgres.js keeps one connection for all channels and subscribes again by itself; then something may have been missed. */
async function listen(sql: Sql, channel: string, callback: () => void): Promise<() => Promise<void>> {
  let isFirst = true;
  const onListen = (): void => {
    if (!isFirst) callback();
    isFirst = false;
  };
  const { unlisten } = await sql.listen(channel, callback, onListen);
  return unlisten;
}
