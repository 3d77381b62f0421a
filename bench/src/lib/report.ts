import { cpus, loadavg } from 'node:os';

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

/** One line of JSON: a figure, its unit, the goal where there is one, and under which conditions it was measured. */
export function report(result: {
  bench: string;
  figure: number;
  unit: string;
  goal?: string;
  isMet?: boolean;
  conditions: Record<string, unknown>;
}): void {
  const machine = {
    processors: cpus().length,
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    // Other work on the machine makes every figure worse.
    loadAverage: round(loadavg()[0] ?? 0),
  };
  const conditions = { ...result.conditions, ...machine };
  process.stdout.write(`${JSON.stringify({ ...result, conditions })}\n`);
}

/** What happens meanwhile, apart from the figures on standard output. */
export const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** The value below which `share` (0..1) of the sorted values lie; 0 of none. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
