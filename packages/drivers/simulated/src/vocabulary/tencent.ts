import type { Vocabulary } from './vocabulary.ts';

/** Codes as in the CVM API's error codes. */
export const tencent: Vocabulary = {
  throttled: ['RequestLimitExceeded', 'The frequency of requests is above the limit of this interface.'],
  tooManyCreates: ['RequestLimitExceeded.InstanceCreating', 'Too many instances are being created at the same time.'],
  quota: ['LimitExceeded.InstanceQuota', 'The instance quota of the region is used up: {thing}.'],
  auth: ['AuthFailure.SecretIdNotFound', 'The SecretId is not found.'],
  noRegion: ['UnsupportedRegion', 'The region {thing} is not supported.'],
  noServer: ['InvalidInstanceId.NotFound', 'The instance {thing} does not exist.'],
  wrongState: [
    'UnsupportedOperation.InstanceState',
    'The instance {thing} is {state}: the operation is not supported.',
  ],
  tokenReused: ['InvalidClientToken.ParameterMismatch', 'The ClientToken was used with other parameters.'],
  noCapacity: ['ResourceInsufficient.SpecifiedInstanceType', 'The instance type {thing} is insufficient in this zone.'],
  unknownSpec: ['InvalidInstanceType.NotFound', 'The instance type {thing} was not found.'],
  unknownImage: ['InvalidImageId.NotFound', 'The image {thing} was not found.'],
  unknownZone: ['InvalidZone.MismatchRegion', 'The zone {thing} does not belong to this region.'],
  unknownResource: ['ResourceNotFound', 'The resource {thing} was not found.'],
  unfitImage: ['InvalidParameterValue.InvalidImageForGivenInstanceType', 'The image does not fit {thing}.'],
  unfitDisk: ['InvalidParameterValue.Range', 'The system disk is out of range: {thing}.'],
  unfitNetwork: ['InvalidParameterValue.SubnetRange', 'The CIDR {thing} is invalid or overlaps another subnet.'],
  addressesUsedUp: ['ResourceInsufficient.SubnetIp', 'The subnet {thing} has no addresses left.'],
  inUse: ['ResourceInUse', 'The resource {thing} is in use.'],
  broken: ['InternalError', 'An internal error occurred.'],
};
