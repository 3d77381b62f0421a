import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { report, round } from './lib/report.ts';

const scriptLimit = 240 * 1024;
const styleLimit = 45 * 1024;

/** Written by the build of the web app, which fails by itself above the limits. */
const file = join(import.meta.dirname, '..', '..', 'dist', 'web', 'bundle.json');

type Sums = { scriptGzip: number; styleGzip: number; scripts: unknown[] };

const { scriptGzip, styleGzip, scripts } = JSON.parse(readFileSync(file, 'utf8')) as Sums; // written by our own build
report({
  bench: 'bundle',
  figure: round(scriptGzip / 1024, 1),
  unit: 'KiB of JavaScript up to the dashboard, gzip',
  goal: 'at most 240, CSS at most 45',
  isMet: scriptGzip <= scriptLimit && styleGzip <= styleLimit,
  conditions: { styleKiB: round(styleGzip / 1024, 1), scripts: scripts.length },
});
