import { randomUUID } from 'node:crypto';
import type { Call, MirroredConnection, MirroredGroup, MirroredInfra, MirroredNode } from '../ports/index.ts';
import type { WireInfra, WireNode } from '../wire/tumblebug-infra.ts';

/** What the mirror holds of one namespace. */
export type Held = {
  infras: MirroredInfra[];
  groups: MirroredGroup[];
  nodes: MirroredNode[];
};
export type Observed = {
  namespaceId: string;
  seen: WireInfra[];
  connections: ReadonlyMap<string, MirroredConnection>;
  /** Calls whose effect may not be in `seen` yet: not answered when the list was asked for. */
  openCalls: readonly Call[];
  /** MCIS whose creation upstream has forgotten: what it shows as on its way does not go on there. */
  unclear: ReadonlySet<string>;
};
export type Plan = {
  putInfras: MirroredInfra[];
  putGroups: MirroredGroup[];
  putNodes: MirroredNode[];
  deleteInfras: string[];
  deleteGroups: string[];
  deleteNodes: string[];
  /** What will be held once the plan is carried out. */
  after: Held;
};

/** The code of a call, and of servers, of which upstream has forgotten what became of them. */
export const unclearCode = 'unclear';
const unclearError = {
  code: unclearCode,
  message: 'CB-Tumblebug was restarted while it made this server and does not go on with it. Reconcile or abort.',
};

const makingGoals: readonly string[] = ['create', 'hold'];
const actionGoals: readonly string[] = ['suspend', 'resume', 'reboot', 'terminate'];

/**
 * What to write so that the mirror shows what upstream shows. Objects that were only asked for (a call is under way, upstream has not
 * shown them yet) stay; an object of the same name but another uid is a successor and gets an id of its own. Unchanged rows are left out.
 */
export function planNamespace(held: Held, observed: Observed): Plan {
  const plan = new NamespacePlan(held, observed);
  return plan.make();
}

class NamespacePlan {
  readonly #held: Held;
  readonly #observed: Observed;
  readonly #awaitedInfras = new Set<string>();
  readonly #awaitedNodes = new Set<string>();
  readonly #phases = new Map<string, 'Preparing' | 'Prepared'>();
  readonly #actions = new Map<string, NonNullable<MirroredNode['targetAction']>>();
  readonly #resolving = new Set<string>();
  readonly #after: Held = { infras: [], groups: [], nodes: [] };
  readonly #groupsByInfra: Map<string, MirroredGroup[]>;
  readonly #nodesByInfra: Map<string, MirroredNode[]>;

  constructor(held: Held, observed: Observed) {
    this.#held = held;
    this.#observed = observed;
    this.#groupsByInfra = groupBy(held.groups, (group) => group.infraId);
    this.#nodesByInfra = groupBy(held.nodes, (node) => node.infraId);
    for (const call of observed.openCalls) {
      if (call.goal === 'resolve' && call.infraId !== undefined) this.#resolving.add(call.infraId);
      if (makingGoals.includes(call.goal)) {
        if (call.infraId !== undefined) this.#awaitedInfras.add(call.infraId);
        for (const id of call.items) this.#awaitedNodes.add(id);
        // While it holds a creation back, upstream shows no more than "Creating".
        if (call.goal === 'hold' && call.infraId !== undefined) {
          this.#phases.set(call.infraId, call.state === 'held' ? 'Prepared' : 'Preparing');
        }
      }
      // Only those of the four were let in.
      const action = actionGoals.includes(call.goal) ? (call.goal as MirroredNode['targetAction']) : undefined;
      if (action !== undefined) for (const id of call.items) this.#actions.set(id, action);
    }
  }

  make(): Plan {
    const held = new Map(this.#held.infras.map((infra) => [infra.name.toLowerCase(), infra]));
    const kept = new Set<string>();
    for (const wire of this.#observed.seen) {
      const known = held.get(wire.name.toLowerCase());
      const isSuccessor = known?.uid !== undefined && wire.uid !== '' && known.uid !== wire.uid;
      const same = isSuccessor ? undefined : known;
      if (same !== undefined) kept.add(same.id);
      this.#takeInfra(wire, same);
    }
    for (const infra of this.#held.infras) {
      if (kept.has(infra.id)) continue;
      // Not shown yet, or gone.
      if (infra.uid === undefined && this.#awaitedInfras.has(infra.id)) this.#keepInfra(infra);
    }
    return this.#toPlan();
  }

  #keepInfra(infra: MirroredInfra): void {
    this.#after.infras.push(infra);
    this.#after.groups.push(...(this.#groupsByInfra.get(infra.id) ?? []));
    this.#after.nodes.push(...(this.#nodesByInfra.get(infra.id) ?? []));
  }

  #takeInfra(wire: WireInfra, known: MirroredInfra | undefined): void {
    const phase = (known && this.#phases.get(known.id)) ?? phaseOf(wire);
    const createdAt = known?.createdAt ?? earliest(wire.nodes);
    const infra: MirroredInfra = {
      id: known?.id ?? randomUUID(),
      namespaceId: this.#observed.namespaceId,
      ...(wire.uid === '' ? {} : { uid: wire.uid }),
      name: known?.name ?? wire.name,
      description: wire.description,
      labels: sorted(wire.labels),
      policy: toPolicy(wire.policy) ?? known?.policy ?? 'continue',
      ...(phase === undefined ? {} : { phase }),
      ...(known?.runningOperation === undefined ? {} : { runningOperation: known.runningOperation }),
      createdBy: known?.createdBy ?? '',
      ...(createdAt === undefined ? {} : { createdAt }),
    };
    this.#after.infras.push(infra);
    this.#takeServers(infra, wire);
  }

  #takeServers(infra: MirroredInfra, wire: WireInfra): void {
    const groups = new Map((this.#groupsByInfra.get(infra.id) ?? []).map((group) => [group.name, group]));
    const held = this.#nodesByInfra.get(infra.id) ?? [];
    const byUid = new Map(held.flatMap((node) => (node.uid === undefined ? [] : [[node.uid, node] as const])));
    const unseen = new Map(held.filter((node) => node.uid === undefined).map((node) => [node.name, node]));
    const nodes: MirroredNode[] = [];
    const takeAny = (group: string): MirroredNode | undefined =>
      [...unseen.values()].find(({ name, groupId }) => groups.get(group)?.id === groupId && !shown.has(name));
    const shown = new Set(wire.nodes.map(({ name }) => name));
    for (const seen of wire.nodes) {
      // Upstream's numbers go on where ours may not: then any server that was asked for in the group is meant.
      const known = byUid.get(seen.uid) ?? unseen.get(seen.name) ?? takeAny(seen.group);
      const connection = this.#observed.connections.get(seen.connection);
      const connectionId = connection?.id ?? known?.connectionId;
      // Named nowhere yet: it is shown as soon as upstream says where it is.
      if (connectionId === undefined) continue;
      const group = this.#takeGroup(groups, { infra, seen, connectionId });
      nodes.push(this.#toNode({ infra, group, seen, known, connectionId }));
      if (known !== undefined) unseen.delete(known.name);
    }
    // Asked for, not shown yet.
    const isHeld = this.#phases.has(infra.id);
    nodes.push(...[...unseen.values()].filter((node) => isHeld || this.#awaitedNodes.has(node.id)));
    const sizes = groupBy(nodes, (node) => node.groupId);
    for (const group of groups.values()) {
      const size = sizes.get(group.id)?.length ?? 0;
      if (size > 0) this.#after.groups.push({ ...group, size });
    }
    this.#after.nodes.push(...nodes);
  }

  #takeGroup(
    groups: Map<string, MirroredGroup>,
    { infra, seen, connectionId }: { infra: MirroredInfra; seen: WireNode; connectionId: string },
  ): MirroredGroup {
    const known = groups.get(seen.group);
    const place = this.#place(seen, connectionId);
    const group: MirroredGroup = {
      id: known?.id ?? randomUUID(),
      infraId: infra.id,
      name: seen.group,
      position: known?.position ?? groups.size,
      connectionId,
      ...place,
      ...optional({ zone: known?.zone }),
      spec: seen.spec || (known?.spec ?? ''),
      image: seen.image || (known?.image ?? ''),
      ...optional({
        os: seen.os ?? known?.os,
        rootDiskType: seen.rootDiskType ?? known?.rootDiskType,
        rootDiskSizeGiB: seen.rootDiskSizeGiB ?? known?.rootDiskSizeGiB,
      }),
      labels: known?.labels ?? {},
      size: known?.size ?? 0,
    };
    groups.set(seen.group, group);
    return group;
  }

  #place(seen: WireNode, connectionId: string): { provider: string; region: string } {
    const connection = [...this.#observed.connections.values()].find(({ id }) => id === connectionId);
    return {
      provider: connection?.provider ?? seen.provider,
      region: connection?.region ?? seen.region,
    };
  }

  #toNode(of: {
    infra: MirroredInfra;
    group: MirroredGroup;
    seen: WireNode;
    known: MirroredNode | undefined;
    connectionId: string;
  }): MirroredNode {
    const { infra, group, seen, known } = of;
    const isUnclear = this.#isUnclear(infra.id, seen, known);
    const action = (known && this.#actions.get(known.id)) ?? toAction(seen.targetAction);
    const targetAction = isUnclear ? undefined : action;
    const createdAt = known?.createdAt ?? seen.createdAt;
    return {
      id: known?.id ?? randomUUID(),
      namespaceId: infra.namespaceId,
      infraId: infra.id,
      groupId: group.id,
      ...(seen.uid === '' ? {} : { uid: seen.uid }),
      name: seen.name,
      index: Number(/\d+$/.exec(seen.name)?.[0] ?? 0),
      connectionId: of.connectionId,
      provider: group.provider,
      region: group.region,
      ...optional({ zone: seen.zone ?? known?.zone }),
      spec: seen.spec || (known?.spec ?? ''),
      image: seen.image || (known?.image ?? ''),
      ...optional({
        os: seen.os ?? known?.os,
        rootDiskType: seen.rootDiskType,
        rootDiskSizeGiB: seen.rootDiskSizeGiB,
      }),
      labels: sorted(seen.labels),
      ...optional({ costPerHourUsd: seen.costPerHourUsd ?? known?.costPerHourUsd }),
      status: isUnclear ? 'Undefined' : seen.status,
      targetStatus: toTargetStatus(seen),
      ...optional({
        targetAction,
        cspId: seen.cspResourceId,
        publicIp: seen.publicIp,
        privateIp: seen.privateIp,
        error: isUnclear ? unclearError : errorOf(seen),
        operationId: known?.operationId,
        createdAt,
      }),
    };
  }

  /** Stays so until somebody reconciles or aborts, or upstream shows that it went on after all. */
  #isUnclear(infraId: string, seen: WireNode, known: MirroredNode | undefined): boolean {
    if (seen.status !== 'Creating' || this.#resolving.has(infraId)) return false;
    return this.#observed.unclear.has(infraId) || known?.error?.code === unclearError.code;
  }

  #toPlan(): Plan {
    const { infras, groups, nodes } = this.#after;
    return {
      putInfras: changed(this.#held.infras, infras),
      putGroups: changed(this.#held.groups, groups),
      putNodes: changed(this.#held.nodes, nodes),
      deleteInfras: gone(this.#held.infras, infras),
      deleteGroups: gone(this.#held.groups, groups),
      deleteNodes: gone(this.#held.nodes, nodes),
      after: this.#after,
    };
  }
}

const phaseOf = ({ status, nodes }: WireInfra): MirroredInfra['phase'] =>
  nodes.length === 0 && (status === 'Preparing' || status === 'Prepared') ? status : undefined;

const toPolicy = (text: string | undefined): MirroredInfra['policy'] | undefined =>
  text === 'continue' || text === 'refine' || text === 'rollback' ? text : undefined;

const actions: Record<string, NonNullable<MirroredNode['targetAction']>> = {
  Create: 'create',
  Suspend: 'suspend',
  Resume: 'resume',
  Reboot: 'reboot',
  Terminate: 'terminate',
};
const toAction = (text: string | undefined): MirroredNode['targetAction'] =>
  text === undefined ? undefined : actions[text];

function toTargetStatus({ targetStatus, status }: WireNode): MirroredNode['targetStatus'] {
  const wanted = targetStatus ?? status;
  if (wanted === 'Suspended' || wanted === 'Suspending') return 'Suspended';
  return wanted === 'Terminated' || wanted === 'Terminating' ? 'Terminated' : 'Running';
}

function errorOf({ status, systemMessage, nativeStatus }: WireNode): MirroredNode['error'] {
  if (status !== 'Failed' && status !== 'Undefined') return undefined;
  const message = systemMessage ?? (nativeStatus && `CB-Tumblebug reports the state "${nativeStatus}".`);
  return message === undefined ? undefined : { code: 'tumblebug', message };
}

const earliest = (nodes: WireNode[]): string | undefined => nodes.flatMap((node) => node.createdAt ?? []).sort()[0];

const sorted = (labels: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(labels).sort(([left], [right]) => (left < right ? -1 : 1)));

/** Leaves out what is undefined. */
function optional<Members extends object>(members: Members): { [Key in keyof Members]?: NonNullable<Members[Key]> } {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof Members]?: NonNullable<Members[Key]> }; // only those went
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

function changed<Row extends { id: string }>(before: readonly Row[], after: readonly Row[]): Row[] {
  const known = new Map(before.map((row) => [row.id, row]));
  return after.filter((row) => {
    const old = known.get(row.id);
    return old === undefined || (old !== row && fingerprint(old) !== fingerprint(row));
  });
}

/** The database gives members, and labels inside, in an order of its own. */
const fingerprint = (row: object): string =>
  JSON.stringify(
    Object.entries(row)
      .filter(([key]) => key !== 'createdAt')
      .map(([key, value]: [string, unknown]) => [
        key,
        key === 'labels' ? sorted(value as Record<string, string>) : value,
      ]) // labels are texts
      .sort(([left], [right]) => (String(left) < String(right) ? -1 : 1)),
  );

function gone<Row extends { id: string }>(before: readonly Row[], after: readonly Row[]): string[] {
  const left = new Set(after.map((row) => row.id));
  return before.filter((row) => !left.has(row.id)).map((row) => row.id);
}
