import type { Connection, Image, NodeGroupInput, RequestOf, Spec } from '@waterstrider/contract';
import type { FacadeConsole } from '../console.ts';
import { FacadeError } from '../facade-error.ts';
import { flag, list, object, text, textMap, whole } from './body.ts';
import { findConnection, findImage, findSpec } from './catalogue.ts';
import { orUndefined } from './or-undefined.ts';

const group = {
  name: text,
  nodeGroupSize: whole,
  label: textMap,
  description: text,
  specId: text,
  imageId: text,
  rootDiskType: text,
  rootDiskSize: whole,
  connectionName: text,
  zone: text,
  vNetTemplateId: text,
  sgTemplateId: text,
  distributeSubnets: flag,
};
const postCommand = object({ command: list(text) });
export const readGroup = object({ ...group, postCommands: list(postCommand) });
export type GroupRequest = ReturnType<typeof readGroup>;

const readRequest = object({
  name: text,
  policyOnPartialFailure: text,
  installMonAgent: text,
  nodeGroups: list(readGroup),
  postCommands: list(postCommand),
  description: text,
  label: textMap,
  vNetTemplateId: text,
  sgTemplateId: text,
});
export type InfraRequest = ReturnType<typeof readRequest>;

/** The body of `infraDynamic` and its review. Throws 400 for what is not of its type. */
export function readInfraRequest(body: unknown): InfraRequest {
  const request = readRequest(body, '');
  const named = request.nodeGroups.map((entry, index) => ({ ...entry, name: entry.name || `g${String(index + 1)}` }));
  return { ...request, nodeGroups: named };
}

/** What a request asks for that can not be done here. Throws 501: what is asked is never quietly left out. */
export function refuseUnbuilt({
  postCommands,
  installMonAgent,
  vNetTemplateId,
  sgTemplateId,
}: Partial<InfraRequest>): void {
  const refuse = (field: string, what: string): never => {
    throw new FacadeError(501, `${field} is not supported by this platform: ${what}. Leave it out.`);
  };
  if ((postCommands ?? []).length > 0) refuse('postCommands', 'it does not run commands on servers yet');
  if (installMonAgent?.toLowerCase() === 'yes') refuse('installMonAgent', 'there is no monitoring agent');
  if (vNetTemplateId) refuse('vNetTemplateId', 'networks are made by its own rule');
  if (sgTemplateId) refuse('sgTemplateId', 'firewalls open port 22 only');
}

/** A server group with what its ids stand for. What could not be found is told in `errors`. */
export type ResolvedGroup = {
  request: GroupRequest;
  connectionName: string;
  connection?: Connection;
  spec?: Spec;
  image?: Image;
  specError?: string;
  imageError?: string;
  connectionError?: string;
};

/** Finds spec, image and connection of a group; by default the holder's connection of the spec's region. */
export async function resolveGroup(
  console: FacadeConsole,
  request: GroupRequest,
  { ns, holder }: { ns?: string; holder: string },
): Promise<ResolvedGroup> {
  const { specId, imageId, connectionName } = request;
  const spec = await findSpec(console, specId);
  if (spec === undefined) {
    const specError = `The specKey ${specId} not found by any of ID, CspSpecName`;
    return { request, connectionName, specError, imageError: 'Cannot validate image without valid spec' };
  }
  const [image, connection] = await Promise.all([
    findImage(console, spec, imageId),
    connectionName === ''
      ? findConnection(console, spec, { ns, holder })
      : orUndefined(console.call('getConnection', { params: { connection: connectionName } })),
  ]);
  const place = `${spec.provider} ${spec.region}`;
  return {
    request,
    connectionName: connection?.name ?? connectionName,
    spec,
    ...(connection === undefined
      ? { connectionError: `There is no connection of ${holder} to ${place} that may be used here.` }
      : { connection }),
    ...(image === undefined ? { imageError: `image '${imageId}' not found in ${place}` } : { image }),
  };
}

export const errorsOf = ({ specError, imageError, connectionError, spec }: ResolvedGroup): string[] =>
  [specError, spec === undefined ? undefined : imageError, connectionError].filter((error) => error !== undefined);

/** The group as the contract takes it; parts that were not found keep their own names, for the platform to refuse. */
export function toGroupInput({ request, connectionName, spec, image }: ResolvedGroup): NodeGroupInput {
  const { name, nodeGroupSize, label, rootDiskType, rootDiskSize, zone } = request;
  const isDefaultDisk = rootDiskType === '' || rootDiskType.toLowerCase() === 'default';
  return {
    name,
    connection: connectionName,
    spec: spec?.id ?? request.specId,
    image: image?.id ?? request.imageId,
    size: nodeGroupSize === undefined || nodeGroupSize === 0 ? 1 : nodeGroupSize,
    ...(zone === '' ? {} : { zone }),
    ...(isDefaultDisk ? {} : { rootDiskType }),
    ...(rootDiskSize === undefined || rootDiskSize <= 0 ? {} : { rootDiskSizeGiB: rootDiskSize }),
    ...(Object.keys(label).length === 0 ? {} : { labels: label }),
  };
}

type InfraBody = RequestOf<'createInfra'>['body'];

/** The body for the contract. An unknown policy is refused by the row. */
export function toInfraBody(request: InfraRequest, groups: readonly ResolvedGroup[], hold: boolean): InfraBody {
  const policy = (request.policyOnPartialFailure || 'continue') as InfraBody['policyOnPartialFailure']; // the row checks it
  return {
    name: request.name,
    description: request.description,
    policyOnPartialFailure: policy,
    hold,
    nodeGroups: groups.map(toGroupInput),
    ...(Object.keys(request.label).length === 0 ? {} : { labels: request.label }),
  };
}
