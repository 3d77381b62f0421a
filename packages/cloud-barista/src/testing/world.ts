import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { entriesOf, recordingOf, type Json } from './recordings.ts';

export type NodeModel = {
  id: string;
  uid: string;
  group: string;
  connection: string;
  spec: string;
  image: string;
  zone?: string;
  status: string;
  targetStatus: string;
  targetAction: string;
  systemMessage: string;
};
export type InfraModel = {
  id: string;
  uid: string;
  description: string;
  label: Record<string, string>;
  /** `POST infraDynamic` has not ended. */
  isCreating: boolean;
  nodes: NodeModel[];
  /** Held back: what continue and withdraw open. */
  gate?: (verdict: 'continue' | 'withdraw') => void;
};
export type SharedModel = { kind: 'vNet' | 'securityGroup' | 'sshKey'; id: string; connection: string };
export type NamespaceModel = {
  id: string;
  description: string;
  infras: Map<string, InfraModel>;
  shared: SharedModel[];
};
export type GroupRequest = {
  name: string;
  nodeGroupSize: number;
  specId: string;
  imageId: string;
  connectionName?: string;
  zone?: string;
};

/** The image that has a row in the catalogue and nothing behind it in the cloud. */
export const ghostImage = 'ghost-image';
/** A value of a credential with which no connection is verified. */
export const refusedValue = 'refuse-me';

export const newUid = (): string => `tb${randomBytes(9).toString('hex')}`;

/** What is in the recorded CB-Tumblebug's world, changed by requests and, as from outside, by tests. */
export class World {
  readonly namespaces = new Map<string, NamespaceModel>();
  readonly connections = new Map<string, Json>();
  /** Grows with each restart: what was under way before it does not go on. */
  epoch = 0;
  /** How long one step of a cloud takes, in ms. */
  stepMs: number;

  constructor(stepMs: number) {
    this.stepMs = stepMs;
    this.addNamespace('default', 'Default Namespace');
    for (const connection of entriesOf('connConfig-all', 'connectionconfig')) {
      this.connections.set(String(connection.configName), connection);
    }
  }

  addNamespace(id: string, description = ''): NamespaceModel {
    const namespace: NamespaceModel = { id, description, infras: new Map(), shared: [] };
    this.namespaces.set(id, namespace);
    return namespace;
  }

  /** An MCIS that runs already, made by another client. */
  addInfra(ns: string, id: string, groups: GroupRequest[]): InfraModel {
    const infra = newInfra(id, {});
    this.namespaces.get(ns)?.infras.set(id, infra);
    for (const group of groups) {
      const nodes = this.newNodes(infra, group, group.nodeGroupSize);
      infra.nodes.push(...nodes.map((node) => settled(node, 'Running')));
    }
    infra.isCreating = false;
    return infra;
  }

  infraOf(uid: string): InfraModel | undefined {
    return [...this.namespaces.values()]
      .flatMap(({ infras }) => [...infras.values()])
      .find((infra) => infra.uid === uid);
  }

  specs(): Json[] {
    const templates = recordingOf('recommendSpec-provider-region').response.body as Json[]; // a bare list
    return [...this.regions()].flatMap(({ provider, region, connection }) =>
      templates.map((spec) => {
        const id = `${provider}+${region}+${String(spec.cspSpecName)}`;
        return { ...spec, id, name: id, connectionName: connection, providerName: provider, regionName: region };
      }),
    );
  }

  images(provider: string): Json[] {
    const templates = entriesOf('searchImage-provider-region-os', 'imageList');
    const regionList = this.regions().flatMap((place) => (place.provider === provider ? [place.region] : []));
    const images = templates.map((image): Json => {
      const id = String(image.cspImageName).replace(/^alpha/, provider);
      return { ...image, id, name: id, cspImageName: id, providerName: provider, regionList };
    });
    const [first] = images.filter(({ osArchitecture }) => osArchitecture === 'x86_64');
    const ghost = { ...first, id: ghostImage, name: ghostImage, cspImageName: ghostImage };
    return first === undefined ? [] : [...images, ghost];
  }

  /** Each region once, with its first connection. */
  regions(): { provider: string; region: string; connection: string }[] {
    const places = [...this.connections.values()].map((config) => ({
      provider: String(config.providerName),
      region: String((config.regionDetail as Json).regionName), // every recorded connection has one
      connection: String(config.configName),
    }));
    return [...new Map(places.reverse().map((place) => [`${place.provider}+${place.region}`, place])).values()];
  }

  connectionOf(group: GroupRequest): string {
    const [provider, region] = group.specId.split('+');
    return group.connectionName ?? `${String(provider)}-${String(region)}`;
  }

  newNodes(infra: InfraModel, group: GroupRequest, count: number): NodeModel[] {
    const numbers = infra.nodes
      .filter((node) => node.group === group.name)
      .map(({ id }) => Number(/\d+$/.exec(id)?.[0] ?? 0));
    const first = Math.max(0, ...numbers) + 1;
    return Array.from({ length: count }, (_, index) => ({
      id: `${group.name}-${String(first + index)}`,
      uid: newUid(),
      group: group.name,
      connection: this.connectionOf(group),
      spec: group.specId,
      image: group.imageId,
      ...(group.zone === undefined ? {} : { zone: group.zone }),
      status: 'Creating',
      targetStatus: 'Running',
      targetAction: 'Create',
      systemMessage: '',
    }));
  }

  /** Rejects when there was a restart meanwhile: nothing goes on then. */
  async steps(count: number): Promise<void> {
    const { epoch } = this;
    await sleep(count * this.stepMs);
    if (this.epoch !== epoch) throw new Forgotten();
  }
}

/** A restart ended what was under way. */
export class Forgotten extends Error {}

export const newInfra = (id: string, of: { description?: string; label?: Record<string, string> }): InfraModel => ({
  id,
  uid: newUid(),
  description: of.description ?? '',
  label: of.label ?? {},
  isCreating: true,
  nodes: [],
});

export function settled(node: NodeModel, status: string): NodeModel {
  return Object.assign(node, { status, targetStatus: 'None', targetAction: 'None' });
}
