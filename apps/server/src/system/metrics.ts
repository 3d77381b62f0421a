import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Services } from '../services.ts';
import { version } from './product.ts';
import { startedAt } from './replica.ts';

const delay = monitorEventLoopDelay({ resolution: 20 });

export const startMeasuring = (): void => void delay.enable();

type Figure = { name: string; kind: 'gauge' | 'counter'; help: string; value: number; labels?: string };

/** Figures of this process in Prometheus's text format (version 0.0.4). */
export function writeMetrics({ inventory, platform }: Services, requests: ReadonlyMap<string, number>): string {
  const memory = process.memoryUsage();
  const cpu = process.cpuUsage();
  const figures: Figure[] = [
    gauge('waterstrider_info', 'Version and platform.', 1, `version="${version}",platform="${platform.kind}"`),
    gauge('process_start_time_seconds', 'When the process started.', startedAt.getTime() / 1000),
    gauge('process_resident_memory_bytes', 'Memory in use.', memory.rss),
    gauge('nodejs_heap_size_used_bytes', 'Heap in use.', memory.heapUsed),
    { ...gauge('process_cpu_seconds_total', 'Processor time.', (cpu.user + cpu.system) / 1e6), kind: 'counter' },
    gauge(
      'nodejs_eventloop_lag_p99_seconds',
      'Delay of the event loop since the last look.',
      delay.percentile(99) / 1e9,
    ),
    gauge('waterstrider_inventory_age_seconds', 'Since the platform was last heard of.', inventory.ageMs() / 1000),
    gauge('waterstrider_namespaces', 'Namespaces.', inventory.model.namespaces().length),
    gauge('waterstrider_connections', 'Cloud connections.', inventory.model.connections.size),
    gauge('waterstrider_nodes', 'Servers known.', inventory.model.nodes.size),
  ];
  for (const [status, value] of requests) {
    const labels = `status="${status}"`;
    figures.push({ name: 'waterstrider_http_requests_total', kind: 'counter', help: 'Answers given.', value, labels });
  }
  delay.reset();
  return write(figures);
}

export const metricsType = 'text/plain; version=0.0.4; charset=utf-8';

const gauge = (name: string, help: string, value: number, labels?: string): Figure => ({
  name,
  kind: 'gauge',
  help,
  value,
  ...(labels === undefined ? {} : { labels }),
});

function write(figures: readonly Figure[]): string {
  const seen = new Set<string>();
  const lines = figures.flatMap(({ name, kind, help, value, labels }) => {
    const line = `${name}${labels === undefined ? '' : `{${labels}}`} ${String(Number.isFinite(value) ? value : 0)}`;
    if (seen.has(name)) return [line];
    seen.add(name);
    return [`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`, line];
  });
  return `${lines.join('\n')}\n`;
}
