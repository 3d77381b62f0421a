import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

interface BudgetOptions {
  /** Where the figures go, relative to the web app. */
  report: string;
  /** Bytes after gzip. */
  scriptLimit: number;
  styleLimit: number;
  /** Module path endings loaded before the dashboard is usable, besides the entry. */
  modules: string[];
}

type Bundle = Rolldown.OutputBundle;
type Chunk = Rolldown.OutputChunk & { viteMetadata?: { importedCss: Set<string> } };

const chunksOf = (bundle: Bundle): Chunk[] => Object.values(bundle).filter((file) => file.type === 'chunk');

function closure(bundle: Bundle, modules: string[]): Set<Chunk> {
  const chunks = chunksOf(bundle);
  const found = new Set<Chunk>();
  const add = (chunk: Chunk | undefined): void => {
    if (!chunk || found.has(chunk)) return;
    found.add(chunk);
    for (const name of chunk.imports) add(chunks.find((candidate) => candidate.fileName === name));
  };
  for (const chunk of chunks) if (chunk.isEntry) add(chunk);
  for (const ending of modules) {
    const owner = chunks.find((chunk) => chunk.moduleIds.some((id) => id.endsWith(ending)));
    if (!owner) throw new Error(`bundle budget: no chunk holds ${ending}`);
    add(owner);
  }
  return found;
}

const gzipSize = (content: string | Uint8Array): number => gzipSync(content, { level: 9 }).length;

function stylesOf(bundle: Bundle, chunks: Set<Chunk>): { file: string; gzip: number }[] {
  const names = new Set([...chunks].flatMap((chunk) => [...(chunk.viteMetadata?.importedCss ?? [])]));
  return [...names].map((file) => {
    const asset = bundle[file];
    if (asset?.type !== 'asset') throw new Error(`bundle budget: ${file} is not in the bundle`);
    return { file, gzip: gzipSize(asset.source) };
  });
}

const total = (files: { gzip: number }[]): number => files.reduce((sum, file) => sum + file.gzip, 0);

/** Sums what moves over the wire up to the dashboard, prints it, and fails the build above the budget. */
export function bundleBudget(options: BudgetOptions): Plugin {
  let root = '';
  return {
    name: 'bundle-budget',
    apply: 'build',
    configResolved(config) {
      root = config.root;
    },
    async writeBundle(_output, bundle) {
      const chunks = closure(bundle, options.modules);
      const scripts = [...chunks].map((chunk) => ({ file: chunk.fileName, gzip: gzipSize(chunk.code) }));
      const styles = stylesOf(bundle, chunks);
      const figures = { scriptGzip: total(scripts), styleGzip: total(styles), scripts, styles };
      const { scriptLimit, styleLimit } = options;
      await writeFile(
        resolve(root, options.report),
        `${JSON.stringify({ ...figures, scriptLimit, styleLimit }, null, 2)}\n`,
      );
      const text = `up to the dashboard: ${kib(figures.scriptGzip)} of ${kib(scriptLimit)} JavaScript, ${kib(figures.styleGzip)} of ${kib(styleLimit)} CSS (gzip)`;
      if (figures.scriptGzip > scriptLimit || figures.styleGzip > styleLimit)
        this.error(`bundle budget exceeded, ${text}`);
      this.info(text);
    },
  };
}

const kib = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`;
