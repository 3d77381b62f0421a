import { z } from 'zod';
import { reference, storedLabels, timestamp } from '../text.ts';
import { nodeStatuses } from './status.ts';

/** The cloud's own code and words. */
export const cloudMessage = z.object({ code: z.string(), message: z.string() });
export type CloudMessage = z.output<typeof cloudMessage>;

/** One server (VM). */
export const node = z.object({
  id: z.string(),
  /** Unique in its infra: `{nodeGroup}-{n}`. */
  name: z.string(),
  ns: z.string(),
  infra: z.string(),
  infraId: z.string(),
  nodeGroup: z.string(),
  status: z.enum(nodeStatuses),
  /** What is wanted. */
  targetStatus: z.enum(['Running', 'Suspended', 'Terminated']),
  /** The action under way; absent when nothing is pending. */
  targetAction: z.enum(['create', 'suspend', 'resume', 'reboot', 'terminate']).optional(),
  /** When the present status was first seen. */
  statusSince: timestamp,
  /** Why it failed or differs, in the cloud's words. */
  error: cloudMessage.optional(),
  /** What changed outside: the server vanished, or its state was changed in the cloud. */
  drift: z.enum(['gone', 'state']).optional(),
  provider: z.string(),
  region: z.string(),
  zone: z.string().optional(),
  connection: z.string(),
  spec: z.string(),
  image: z.string(),
  /** For people: `Ubuntu 22.04`. */
  os: z.string().optional(),
  rootDiskType: z.string().optional(),
  rootDiskSizeGiB: z.number().optional(),
  publicIp: z.string().optional(),
  privateIp: z.string().optional(),
  /** The cloud's id of the server; absent until it was made. */
  cspResourceId: z.string().optional(),
  /** List price per hour while running; absent when unknown. */
  costPerHourUsd: z.number().optional(),
  labels: storedLabels,
  unsupportedActions: z.array(z.string()).optional(),
  createdAt: timestamp,
  /** When the cloud was last asked about it. */
  observedAt: timestamp.optional(),
});
export type Node = z.output<typeof node>;

export const nodeStatusChange = z.object({
  at: timestamp,
  status: z.enum(nodeStatuses),
  reason: z.string().optional(),
});
export type NodeStatusChange = z.output<typeof nodeStatusChange>;

export const nodePath = z.strictObject({ ns: reference, node: reference });

export const nodeSortKeys = [
  'name',
  'status',
  'infra',
  'provider',
  'region',
  'spec',
  'costPerHourUsd',
  'createdAt',
] as const;
export const nodeFilterKeys = [
  'infra',
  'nodeGroup',
  'provider',
  'region',
  'zone',
  'status',
  'spec',
  'image',
  'connection',
  'label',
] as const;
