// Stands for a console: holds the database of the folder given until it is stopped. Run by the tests as a process of its own.
import { DatabaseStartError, startDatabase } from '../index.ts';

async function main(): Promise<void> {
  const [dataDir = ''] = process.argv.slice(2);
  try {
    const runtime = await startDatabase({ dataDir, log: (message) => process.stdout.write(`log ${message}\n`) });
    process.on('SIGTERM', () => void runtime.stop().then(() => process.exit(0)));
    process.stdout.write(`ready ${runtime.url}\n`);
    setInterval(() => undefined, 60_000);
  } catch (error) {
    process.stdout.write(`refused ${error instanceof DatabaseStartError ? error.reason : String(error)}\n`);
    process.exitCode = 1;
  }
}

void main();
