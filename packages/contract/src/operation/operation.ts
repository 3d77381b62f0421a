import { z } from 'zod';
import { cloudMessage } from '../node/node.ts';
import { reference, timestamp } from '../text.ts';

export const operationKinds = [
  'createInfra',
  'addNodeGroup',
  'scaleNodeGroup',
  'deleteInfra',
  'suspend',
  'resume',
  'reboot',
  'terminate',
  'refine',
  'continue',
  'withdraw',
  'reconcile',
  'abort',
  'createCredential',
  'updateCredential',
  'verifyConnection',
  'trySimulatedClouds',
] as const;
export type OperationKind = (typeof operationKinds)[number];

/** `partial`: some items done, some failed. Ended states: succeeded, partial, failed, cancelled. */
export const operationStates = ['pending', 'running', 'succeeded', 'partial', 'failed', 'cancelled'] as const;
export type OperationState = (typeof operationStates)[number];

/** `unknown`: the outcome in the cloud is unclear; reconcile or abort. */
export const itemStates = ['pending', 'running', 'succeeded', 'failed', 'cancelled', 'unknown'] as const;
export type ItemState = (typeof itemStates)[number];

export const target = z.object({ kind: z.string(), id: z.string(), name: z.string() });
export type Target = z.output<typeof target>;

export const operationItem = z.object({
  target,
  state: z.enum(itemStates),
  /** What happens now, as a locale key: `creating`, `waitingForCapacity`. */
  step: z.string().optional(),
  error: cloudMessage.optional(),
  startedAt: timestamp.optional(),
  finishedAt: timestamp.optional(),
});
export type OperationItem = z.output<typeof operationItem>;

/** A task. Lists leave `items` empty; the single task has them, failed ones first. */
export const operation = z.object({
  id: z.string(),
  kind: z.enum(operationKinds),
  /** Absent for tasks that belong to no namespace. */
  ns: z.string().optional(),
  target,
  state: z.enum(operationStates),
  progress: z.object({ total: z.number().int(), done: z.number().int(), failed: z.number().int() }),
  items: z.array(operationItem),
  actor: z.string(),
  error: cloudMessage.optional(),
  canCancel: z.boolean(),
  canRetry: z.boolean(),
  startedAt: timestamp,
  finishedAt: timestamp.optional(),
});
export type Operation = z.output<typeof operation>;
export const operationPath = z.strictObject({ operation: reference });
export const operationSortKeys = ['startedAt', 'finishedAt'] as const;
export const operationFilterKeys = ['state', 'kind', 'target'] as const;
/** The answer to every change that goes on after it. */
export const accepted = z.object({ operation });
