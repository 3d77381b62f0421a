import type { InfraReview } from '@waterstrider/contract';
import { ApiError, issuesOf } from '../../shared/api-error.ts';
import { fieldOf } from '../../shared/form-problems.ts';
import type { Problems } from '../../shared/form-problems.ts';
import { nameProblem } from '../../shared/name-rule.ts';
import type { NameProblem } from '../../shared/name-rule.ts';
import type { GroupDocument, InfraDocument } from './document.ts';

/** What is wrong before anything is sent; the words are in the locale files. */
export type LocalProblem =
  NameProblem | 'groupNameLong' | 'groupNameTaken' | 'notChosen' | 'diskTooSmall' | 'diskTooLarge';
export type LocalProblems = Record<string, LocalProblem | undefined>;

const groupFields = [
  'name',
  'size',
  'connection',
  'zone',
  'spec',
  'image',
  'rootDiskType',
  'rootDiskSizeGiB',
  'labels',
] as const;
export type GroupField = (typeof groupFields)[number];

/** `nodeGroups.0.spec`. */
export const groupPath = (index: number, field: GroupField): string => `nodeGroups.${index}.${field}`;

/** The group a finding belongs to, if any. */
export function groupOfPath(path: string): number | undefined {
  const [, index] = /^nodeGroups\.(\d+)(?:\.|$)/.exec(path) ?? [];
  return index === undefined ? undefined : Number(index);
}

/** Every field of the form, as the server names them below `body.`. */
export const fieldsOf = (document: InfraDocument): string[] => [
  'name',
  'description',
  'labels',
  'policyOnPartialFailure',
  ...document.nodeGroups.flatMap((_, index) => groupFields.map((field) => groupPath(index, field))),
];

export interface DiskBounds {
  least: number;
  most: number;
}

interface CheckContext {
  /** Adding to an MCIS: its groups' names are taken, its own name is not asked for. */
  takenGroups?: readonly string[];
  diskBounds?: (group: GroupDocument) => DiskBounds;
}

/** What the form itself can tell; the server's review tells the rest. */
export function checkDocument(document: InfraDocument, context: CheckContext = {}): LocalProblems {
  const { takenGroups, diskBounds } = context;
  const problems: LocalProblems = takenGroups ? {} : { name: nameProblem(document.name) };
  document.nodeGroups.forEach((group, index) => {
    const others = document.nodeGroups.filter((_, other) => other !== index).map(({ name }) => name);
    problems[groupPath(index, 'name')] = groupNameProblem(group.name, [...others, ...(takenGroups ?? [])]);
    for (const field of ['connection', 'spec', 'image'] as const)
      if (group[field] === '') problems[groupPath(index, field)] = 'notChosen';
    const bounds = diskBounds?.(group);
    const { rootDiskSizeGiB: size } = group;
    if (bounds && size !== undefined)
      problems[groupPath(index, 'rootDiskSizeGiB')] =
        size < bounds.least ? 'diskTooSmall' : size > bounds.most ? 'diskTooLarge' : undefined;
  });
  return problems;
}

function groupNameProblem(name: string, others: readonly string[]): LocalProblem | undefined {
  const problem = nameProblem(name);
  if (problem !== undefined && problem !== 'nameLong') return problem;
  if (name.length > 50) return 'groupNameLong';
  return others.some((other) => other.toLowerCase() === name.toLowerCase()) ? 'groupNameTaken' : undefined;
}

interface Placed {
  problems: Problems;
  /** What has no field; absent when every finding has one. */
  rest?: unknown;
}

/**
 * Sorts a refusal of the server into findings at fields and the rest. `isGroupBody`: a single group was sent, so `body.spec` is the
 * first group's.
 */
export function placeRefusal(
  error: unknown,
  document: InfraDocument,
  { isGroupBody, exists }: { isGroupBody: boolean; exists: string },
): Placed {
  if (error instanceof ApiError && error.code === 'exists')
    return { problems: { [isGroupBody ? groupPath(0, 'name') : 'name']: exists } };
  const fields = fieldsOf(document);
  const problems: Problems = {};
  let isCovered = issuesOf(error).length > 0;
  for (const { field, reason } of issuesOf(error)) {
    const place = fieldOf(isGroupBody ? field.replace(/^body\./, 'nodeGroups.0.') : field, fields);
    if (place === undefined) isCovered = false;
    else problems[place] ??= reason;
  }
  return isCovered ? { problems } : { problems, rest: error };
}

type Message = InfraReview['messages'][number];

/** The review's errors at the fields they are about; `say` puts a message into words. */
export function placeReview(
  review: InfraReview,
  document: InfraDocument,
  say: (message: Message, group?: number) => string,
): Problems {
  const fields = fieldsOf(document);
  const problems: Problems = {};
  const place = (message: Message, prefix: string, group?: number) => {
    const path = `${prefix}${message.field ?? ''}`;
    if (message.severity === 'error' && fields.includes(path)) problems[path] ??= say(message, group);
  };
  for (const message of review.messages) place(message, '');
  document.nodeGroups.forEach((group, index) => {
    const verdict = review.nodeGroups.find(({ nodeGroup }) => nodeGroup === group.name);
    for (const message of verdict?.messages ?? []) place(message, `nodeGroups.${index}.`, index);
  });
  return problems;
}
