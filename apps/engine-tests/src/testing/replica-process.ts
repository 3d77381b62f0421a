import { openClouds, type CloudsOptions } from './clouds.ts';

// One replica in a process of its own, so that a test can kill it at any moment.
const options = JSON.parse(process.argv[2] ?? '{}') as CloudsOptions; // written by the test that starts us
const clouds = await openClouds(options);
await clouds.engine.start();
process.stdout.write('ready\n');
