import type { CloudMetric, cloudMetricNames } from '@waterstrider/contract';
import { DomainError } from '@waterstrider/contract';
import { askSpider } from './ask-spider.ts';
import { listOf, numberOf, textOf, toFields } from './tumblebug-fields.ts';
import { UpstreamError } from './upstream-error.ts';
import type { Upstream } from './upstream.ts';

const cloudTimeoutMs = 60_000;
const units: Record<(typeof cloudMetricNames)[number], string> = {
  cpu_usage: 'Percent',
  memory_usage: 'Percent',
  disk_read: 'Bytes',
  disk_write: 'Bytes',
  disk_read_ops: 'CountPerSecond',
  disk_write_ops: 'CountPerSecond',
  network_in: 'Bytes',
  network_out: 'Bytes',
};

/** Azure takes these only; each keeps a series under 400 points. */
function intervalMinutesOf(hours: number): number {
  if (hours <= 6) return 1;
  if (hours <= 24) return 5;
  return hours <= 72 ? 15 : 30;
}

// AWS and GCP answer an error where there are no values yet, such as for a server that just started.
const saysNoValues = (error: unknown): boolean =>
  error instanceof DomainError &&
  error.cause instanceof UpstreamError &&
  error.cause.fault === 'refused' &&
  /^no \S+ data\b/i.test(error.cause.message);

export type CloudMetricRequest = {
  connection: string;
  /** CB-Spider's name of the server (its NameId). */
  vmName: string;
  metric: (typeof cloudMetricNames)[number];
  /** Back from now. */
  hours: number;
};

/**
 * A series of one server that its cloud measured itself, oldest first; no points where the cloud has none yet.
 * @throws DomainError `unsupported` where that cloud does not measure it for us
 */
export async function cloudMetric(spider: Upstream, request: CloudMetricRequest): Promise<CloudMetric> {
  const { metric, hours } = request;
  try {
    const answer = await askSpider(spider, `${metric} figures`, {
      path: `/monitoring/vm/${encodeURIComponent(request.vmName)}/${metric}`,
      query: { ConnectionName: request.connection, IntervalMinute: intervalMinutesOf(hours), TimeBeforeHour: hours },
      timeoutMs: cloudTimeoutMs,
    });
    const series = toFields(answer);
    return {
      name: metric,
      unit: textOf(series, 'metricUnit', 'MetricUnit') ?? units[metric],
      points: pointsOf(series.timestampValues ?? series.TimestampValues),
    };
  } catch (error) {
    if (saysNoValues(error)) return { name: metric, unit: units[metric], points: [] };
    throw error;
  }
}

function pointsOf(values: unknown): CloudMetric['points'] {
  return listOf(values, 'timestampValues')
    .flatMap((entry) => {
      const at = Date.parse(textOf(entry, 'timestamp', 'Timestamp') ?? '');
      const value = numberOf(entry, 'value') ?? numberOf(entry, 'Value');
      return Number.isNaN(at) || value === undefined ? [] : [{ at: new Date(at).toISOString(), value }];
    })
    .sort((left, right) => (left.at < right.at ? -1 : 1));
}
