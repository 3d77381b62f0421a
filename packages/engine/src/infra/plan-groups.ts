import { DomainError, type Image, type InfraReview, type NodeGroupInput, type Spec } from '@waterstrider/contract';
import { driverOf, notFound, wrongState, type EngineContext } from '../context.ts';
import type { CloudDriver, ConnectionRow, StoreTransaction } from '../ports/index.ts';

type Message = InfraReview['messages'][number];

/** A server group checked against its cloud's catalogue. With an `error` message it can not be made. */
export type GroupPlan = {
  input: NodeGroupInput;
  connection?: ConnectionRow;
  driver?: CloudDriver;
  spec?: Spec;
  image?: Image;
  messages: Message[];
};

export type PlannedGroup = Required<Omit<GroupPlan, 'messages'>> & { messages: Message[] };

const problem = (field: string, key: string, text: string): Message => ({ severity: 'error', field, key, text });

/** `usable`: not another namespace's. An unusable connection looks like an unknown one. */
const isUsable = (connection: ConnectionRow, namespaceId: string): boolean =>
  !connection.namespaceIds || connection.namespaceIds.includes(namespaceId);

/** New servers need a verified connection that the namespace may use. */
export function requireUsable(connection: ConnectionRow | undefined, namespaceId: string, name: string): ConnectionRow {
  if (!connection || !isUsable(connection, namespaceId)) throw notFound('connection', name);
  const [problemFound] = checkState(connection);
  if (problemFound) throw wrongState(problemFound.text, problemFound.key);
  return connection;
}

export async function findConnections(
  tx: StoreTransaction,
  namespaceId: string,
  groups: NodeGroupInput[],
): Promise<Map<string, ConnectionRow>> {
  const rows = await tx.connectionsNamed([...new Set(groups.map((group) => group.connection))]);
  return new Map(rows.filter((row) => isUsable(row, namespaceId)).map((row) => [row.name, row]));
}

function checkState(connection: ConnectionRow): Message[] {
  if (connection.disabled)
    return [problem('connection', 'connectionDisabled', `The connection "${connection.name}" is disabled.`)];
  if (connection.state === 'Verified') return [];
  return [problem('connection', 'connectionNotVerified', `The connection "${connection.name}" is not verified.`)];
}

export function fits(image: Image, spec: Spec): boolean {
  return image.architecture === spec.architecture;
}

function checkImage(image: Image, spec: Spec): Message[] {
  if (fits(image, spec)) return [];
  return [
    problem(
      'image',
      'imageDoesNotFit',
      `The image "${image.name}" is for ${image.architecture}; the spec "${spec.name}" is ${spec.architecture}.`,
    ),
  ];
}

function checkDisk(input: NodeGroupInput, driver: CloudDriver, image: Image): Message[] {
  const messages: Message[] = [];
  const types = driver.cloud.diskTypes;
  const type =
    types.find((candidate) => candidate.name === input.rootDiskType) ?? types.find((candidate) => candidate.isDefault);
  if (input.rootDiskType && type?.name !== input.rootDiskType) {
    const known = types.map((candidate) => candidate.name).join(', ');
    messages.push(
      problem('rootDiskType', 'diskTypeUnknown', `There is no disk type "${input.rootDiskType}". Known: ${known}.`),
    );
  }
  const size = input.rootDiskSizeGiB;
  if (size !== undefined && size < image.minDiskGiB) {
    messages.push(problem('rootDiskSizeGiB', 'diskTooSmall', `The image needs at least ${image.minDiskGiB} GiB.`));
  }
  if (size !== undefined && type && size > type.maxGiB) {
    messages.push(problem('rootDiskSizeGiB', 'diskTooLarge', `At most ${type.maxGiB} GiB.`));
  }
  return messages;
}

export async function planGroup(
  engine: EngineContext,
  input: NodeGroupInput,
  connection: ConnectionRow | undefined,
): Promise<GroupPlan> {
  if (!connection)
    return {
      input,
      messages: [problem('connection', 'connectionUnknown', `There is no connection "${input.connection}".`)],
    };
  const driver = driverOf(engine, connection.provider);
  const [specs, images] = await Promise.all([driver.specs(connection.region), driver.images(connection.region)]);
  const spec = specs.find((candidate) => candidate.id === input.spec);
  const image = images.find((candidate) => candidate.id === input.image);
  const messages = checkState(connection);
  if (!spec)
    messages.push(
      problem('spec', 'specUnknown', `The connection "${connection.name}" offers no spec "${input.spec}".`),
    );
  if (!image)
    messages.push(
      problem('image', 'imageUnknown', `The connection "${connection.name}" offers no image "${input.image}".`),
    );
  if (spec && image) messages.push(...checkImage(image, spec));
  if (image) messages.push(...checkDisk(input, driver, image));
  if (input.zone !== undefined && !connection.zones.includes(input.zone)) {
    messages.push(problem('zone', 'zoneUnknown', `The region has no zone "${input.zone}".`));
  }
  return { input, connection, driver, messages, ...(spec && { spec }), ...(image && { image }) };
}

/** All groups can be made, or a `DomainError` that names every field at fault. */
export function requireMakeable(plans: GroupPlan[], fieldOf: (index: number) => string): PlannedGroup[] {
  const errors = plans.flatMap((plan, index) =>
    plan.messages.filter(({ severity }) => severity === 'error').map((message) => ({ index, message })),
  );
  const first = errors[0];
  if (!first) return plans as PlannedGroup[]; // without an error every part was found
  const issues = errors.map(({ index, message }) => ({
    field: `${fieldOf(index)}${message.field ?? ''}`,
    reason: message.text,
  }));
  const isState = errors.every(
    ({ message }) => message.key === 'connectionDisabled' || message.key === 'connectionNotVerified',
  );
  throw new DomainError(isState ? 'wrong_state' : 'invalid', { reason: first.message.text, issues });
}
