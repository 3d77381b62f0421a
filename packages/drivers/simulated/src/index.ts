export { parseFaults, type Faults } from './faults.ts';
export { simulatedProviders } from './providers.ts';
export { createSimulatedClouds, type SimulatedClouds, type SimulatedCloudsOptions } from './simulated-clouds.ts';
export type { SimulationControl } from './control.ts';
