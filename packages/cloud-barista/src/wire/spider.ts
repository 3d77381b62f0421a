export { readDrivers, cloudSystems, type SpiderDriver } from './spider-clouds.ts';
export { quota } from './spider-quota.ts';
export { prices } from './spider-prices.ts';
export { cloudMetric, type CloudMetricRequest } from './spider-metric.ts';
