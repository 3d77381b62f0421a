export { describeDriver, type DescribeDriverOptions } from './describe-driver.ts';
export type { DriverCheckName, DriverSubject } from './driver-subject.ts';
export { describePlatform, type EndedTask, type PlatformSubject } from './describe-platform.ts';
