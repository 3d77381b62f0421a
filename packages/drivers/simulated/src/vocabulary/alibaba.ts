import type { Vocabulary } from './vocabulary.ts';

/** Codes as in the ECS API's error center. */
export const alibaba: Vocabulary = {
  throttled: ['Throttling.User', 'Request was denied due to user flow control.'],
  tooManyCreates: ['Throttling', 'Request was denied: too many instances are being created.'],
  quota: ['QuotaExceed.Instance', 'The instance quota of this region is used up: {thing}.'],
  auth: ['InvalidAccessKeyId.NotFound', 'The specified access key was not found.'],
  noRegion: ['InvalidRegionId.NotFound', 'The specified RegionId {thing} does not exist.'],
  noServer: ['InvalidInstanceId.NotFound', 'The specified InstanceId {thing} does not exist.'],
  wrongState: [
    'IncorrectInstanceStatus',
    'The status of instance {thing} is {state} and does not support this operation.',
  ],
  tokenReused: ['IdempotentParameterMismatch', 'The ClientToken was used with different request parameters.'],
  noCapacity: ['OperationDenied.NoStock', 'The requested resource {thing} is sold out in the specified zone.'],
  unknownSpec: ['InvalidInstanceType.NotFound', 'The specified InstanceType {thing} does not exist.'],
  unknownImage: ['InvalidImageId.NotFound', 'The specified ImageId {thing} does not exist.'],
  unknownZone: ['InvalidZoneId.NotFound', 'The specified ZoneId {thing} does not exist.'],
  unknownResource: ['InvalidParameter.NotFound', 'The specified resource {thing} does not exist.'],
  unfitImage: ['ImageNotSupportInstanceType', 'The specified image does not support instance type {thing}.'],
  unfitDisk: ['InvalidSystemDiskSize', 'The specified system disk is not valid: {thing}.'],
  unfitNetwork: ['InvalidCidrBlock', 'The specified CidrBlock {thing} is not valid or overlaps another vSwitch.'],
  addressesUsedUp: ['InvalidVSwitchId.IpNotEnough', 'The vSwitch {thing} has no free private addresses.'],
  inUse: ['DependencyViolation', 'The specified resource {thing} still has dependent resources.'],
  broken: ['InternalError', 'The request processing has failed due to some unknown error.'],
};
