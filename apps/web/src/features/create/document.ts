import type { InfraInput, NodeGroupInput } from '@waterstrider/contract';

/**
 * The one model of the studio: the document that is sent, as the contract has it. A group's `connection`, `spec` and `image` are
 * empty until chosen.
 */
export type InfraDocument = InfraInput;
export type GroupDocument = NodeGroupInput;

export const largestGroup = 1000;
export const mostGroups = 50;

/** A group of one server, nothing chosen yet. */
export const emptyGroup = (name: string): GroupDocument => ({ name, connection: '', spec: '', image: '', size: 1 });

/** One empty group, the name still to be given. */
export const emptyDocument = (name = ''): InfraDocument => ({
  name,
  description: '',
  policyOnPartialFailure: 'continue',
  hold: false,
  nodeGroups: [emptyGroup('group-1')],
});

const isSame = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();
const isTaken = (name: string, taken: readonly string[]): boolean => taken.some((other) => isSame(other, name));

/** `group-3`: the first that is not taken, counting from the number of groups on. */
export function suggestGroupName(taken: readonly string[]): string {
  let number = taken.length + 1;
  while (isTaken(`group-${number}`, taken)) number += 1;
  return `group-${number}`;
}

const longestGroupName = 50;

/** `web` gives `web-2`, `web-2` gives `web-3`; never one that is taken, never longer than a group's name may be. */
export function copyName(name: string, taken: readonly string[]): string {
  const [, stem = name, digits] = /^(.*?)(?:-(\d{1,6}))?$/.exec(name) ?? [];
  let number = Number(digits ?? 1) + 1;
  const made = () => `${(stem || 'group').slice(0, longestGroupName - String(number).length - 1)}-${number}`;
  while (isTaken(made(), taken)) number += 1;
  return made();
}

/** Everything chosen that must be chosen. */
export const isGroupChosen = ({ connection, spec, image }: GroupDocument): boolean =>
  connection !== '' && spec !== '' && image !== '';

/** Servers of all groups. */
export const countServers = (groups: readonly GroupDocument[]): number =>
  groups.reduce((sum, group) => sum + group.size, 0);

const hasKeys = (labels: Record<string, string> | undefined): boolean => Object.keys(labels ?? {}).length > 0;

/** A group as it is sent: what was left to the cloud is not in it. */
export function toGroupBody(group: GroupDocument): GroupDocument {
  const { zone, rootDiskType, rootDiskSizeGiB, labels } = group;
  return {
    name: group.name,
    connection: group.connection,
    spec: group.spec,
    image: group.image,
    size: group.size,
    ...(zone ? { zone } : {}),
    ...(rootDiskType ? { rootDiskType } : {}),
    ...(rootDiskSizeGiB !== undefined ? { rootDiskSizeGiB } : {}),
    ...(hasKeys(labels) ? { labels } : {}),
  };
}

/** The document as it is sent. The same document always gives the same body. */
export function toBody(document: InfraDocument): InfraDocument {
  return {
    name: document.name,
    description: document.description.trim(),
    ...(hasKeys(document.labels) ? { labels: document.labels } : {}),
    policyOnPartialFailure: document.policyOnPartialFailure,
    hold: document.hold,
    nodeGroups: document.nodeGroups.map(toGroupBody),
  };
}
