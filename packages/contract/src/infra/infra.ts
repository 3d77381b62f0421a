import { z } from 'zod';
import { infraActions, infraStatuses } from '../node/status.ts';
import { operation } from '../operation/operation.ts';
import { labels, name, paragraph, reference, storedLabels, timestamp } from '../text.ts';

export const failurePolicies = ['continue', 'refine', 'rollback'] as const;
export const maxGroupSize = 1000;

/** Server group as asked for: identical servers of one connection, spec and image. */
export const nodeGroupInput = z.strictObject({
  // Room for `-1000` in the servers' names.
  name: name.max(50, 'At most 50 characters.'),
  connection: reference,
  spec: reference,
  image: reference,
  size: z.number().int().min(1).max(maxGroupSize),
  zone: reference.optional(),
  rootDiskType: reference.optional(),
  rootDiskSizeGiB: z.number().int().min(1).max(65_536).optional(),
  labels: labels.optional(),
});
export type NodeGroupInput = z.output<typeof nodeGroupInput>;

export const infraInput = z.strictObject({
  name,
  description: paragraph().default(''),
  labels: labels.optional(),
  /** `continue` keeps what was made, `refine` also forgets the failed, `rollback` removes everything made. */
  policyOnPartialFailure: z.enum(failurePolicies).default('continue'),
  /** Stop before servers are made; then `continue` or `withdraw`. */
  hold: z.boolean().default(false),
  nodeGroups: z
    .array(nodeGroupInput)
    .min(1)
    .max(50)
    .refine(
      (groups) => new Set(groups.map((group) => group.name.toLowerCase())).size === groups.length,
      'Group names must differ.',
    ),
});
export type InfraInput = z.output<typeof infraInput>;
export const infraChange = z.strictObject({ description: paragraph().optional(), labels: labels.optional() });

const statusCounts = z.record(z.string(), z.number().int());

export const nodeGroup = z.object({
  id: z.string(),
  name: z.string(),
  connection: z.string(),
  provider: z.string(),
  region: z.string(),
  zone: z.string().optional(),
  spec: z.string(),
  image: z.string(),
  rootDiskType: z.string().optional(),
  rootDiskSizeGiB: z.number().optional(),
  labels: storedLabels,
  /** Servers wanted. */
  size: z.number().int(),
  nodes: z.number().int(),
  statusCounts,
});
export type NodeGroup = z.output<typeof nodeGroup>;

/** One infrastructure service (MCIS). */
export const infra = z.object({
  id: z.string(),
  name: z.string(),
  ns: z.string(),
  description: z.string(),
  labels: storedLabels,
  status: z.enum(infraStatuses),
  /** Servers per status; terminated ones are counted too. */
  statusCounts,
  /** All servers listed, the terminated among them. */
  nodes: z.number().int(),
  providers: z.array(z.string()),
  regions: z.array(z.string()),
  nodeGroups: z.array(nodeGroup),
  policyOnPartialFailure: z.enum(failurePolicies),
  /** Of the servers that are billed now; `unpriced` servers have no known price. */
  costPerHourUsd: z.number(),
  unpriced: z.number().int(),
  /** The running task on it, if any. */
  runningOperation: z.string().optional(),
  /**
   * One letter per server in group order, for the squares of a card (at most 40 per group; the counts say the rest):
   * `{ group, provider, squares: "RRFS" }` with R running, S suspended, F failed, U undefined, T terminated, M in transition.
   */
  squares: z.array(z.object({ group: z.string(), provider: z.string(), squares: z.string(), more: z.number().int() })),
  createdAt: timestamp,
  createdBy: z.string(),
});
export type Infra = z.output<typeof infra>;

export const infraPath = z.strictObject({ ns: reference, infra: reference });
export const nodeGroupPath = z.strictObject({ ns: reference, infra: reference, nodeGroup: reference });
export const infraSortKeys = ['name', 'status', 'nodes', 'costPerHourUsd', 'createdAt'] as const;
export const infraFilterKeys = ['status', 'provider', 'region', 'connection', 'label'] as const;

/** Without `nodes` and `nodeGroup`: every server that the action fits. `nodes` holds ids or names. */
export const infraActionInput = z.strictObject({
  action: z.enum(infraActions),
  nodes: z.array(reference).min(1).max(10_000).optional(),
  nodeGroup: reference.optional(),
});
/** Over several MCIS (`infras`: names) and servers (`nodes`: ids) of a namespace. */
export const bulkActionInput = z
  .strictObject({
    action: z.enum(['suspend', 'resume', 'reboot', 'terminate']),
    infras: z.array(reference).min(1).max(1000).optional(),
    nodes: z.array(reference).min(1).max(10_000).optional(),
  })
  .refine((input) => input.infras !== undefined || input.nodes !== undefined, 'Name at least one MCIS or server.');
/** Larger: out. Smaller: in, the newest first or the named ones. */
export const scaleInput = z.strictObject({
  size: z.number().int().min(1).max(maxGroupSize),
  nodes: z.array(reference).max(1000).optional(),
});
export const deleteInfraQuery = z.strictObject({
  /** `terminate` ends living servers first. */ option: z.enum(['terminate']).optional(),
});

export const groupVerdict = z.object({
  nodeGroup: z.string(),
  verdict: z.enum(['ok', 'warning', 'error']),
  /** Each names the field it is about, in plain words. */
  messages: z.array(
    z.object({
      severity: z.enum(['info', 'warning', 'error']),
      field: z.string().optional(),
      key: z.string(),
      text: z.string(),
    }),
  ),
  provider: z.string().optional(),
  region: z.string().optional(),
  size: z.number().int(),
  costPerHourUsd: z.number().optional(),
  /** Servers the account may still make there; absent when the cloud does not say. */
  quotaLeft: z.number().int().optional(),
  expectedSeconds: z.number().optional(),
});
export const infraReview = z.object({
  verdict: z.enum(['ok', 'warning', 'error']),
  messages: z.array(
    z.object({
      severity: z.enum(['info', 'warning', 'error']),
      field: z.string().optional(),
      key: z.string(),
      text: z.string(),
    }),
  ),
  nodeGroups: z.array(groupVerdict),
  resources: z.array(
    z.object({
      kind: z.enum(['vNet', 'subnet', 'securityGroup', 'sshKey']),
      name: z.string(),
      connection: z.string(),
      action: z.enum(['create', 'reuse']),
    }),
  ),
  nodes: z.number().int(),
  costPerHourUsd: z.number(),
  /** 730 hours. */
  costPerMonthUsd: z.number(),
  /** Servers without a known price: they are not in the sums. */
  unpriced: z.number().int(),
  approximate: z.boolean(),
  expectedSeconds: z.number().optional(),
});
export type InfraReview = z.output<typeof infraReview>;

/** A network, firewall or key that was made for a connection of a namespace. */
export const resource = z.object({
  id: z.string(),
  kind: z.enum(['vNet', 'subnet', 'securityGroup', 'sshKey']),
  name: z.string(),
  connection: z.string(),
  provider: z.string(),
  region: z.string(),
  state: z.enum(['Creating', 'Available', 'Failed', 'Deleting']),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  cspResourceId: z.string().optional(),
  /** `10.1.0.0/16`, `22/tcp from 0.0.0.0/0`, a key's fingerprint. */
  summary: z.string().optional(),
  usedBy: z.array(z.string()),
  createdAt: timestamp,
});
export type Resource = z.output<typeof resource>;
export const createdInfra = z.object({ operation, infra });
