import type { Vocabulary } from './vocabulary.ts';

/** Codes as in the EC2 API's list of error codes. */
export const aws: Vocabulary = {
  throttled: ['RequestLimitExceeded', 'Request limit exceeded for this account and region.'],
  tooManyCreates: ['RequestLimitExceeded', 'Resource limit of RunInstances exceeded: too many instances are pending.'],
  quota: ['InstanceLimitExceeded', 'Launching {thing} would go beyond the instance quota of this account and region.'],
  auth: ['AuthFailure', 'The provided access credentials could not be validated.'],
  noRegion: ['InvalidRegion', "The region '{thing}' does not exist or is not enabled for this account."],
  noServer: ['InvalidInstanceID.NotFound', "The instance ID '{thing}' does not exist."],
  wrongState: ['IncorrectInstanceState', "The instance '{thing}' is in state '{state}', which does not allow this."],
  tokenReused: ['IdempotentParameterMismatch', 'The client token was used before with other parameters.'],
  noCapacity: ['InsufficientInstanceCapacity', 'There is not enough {thing} capacity in the requested zone now.'],
  unknownSpec: ['InvalidInstanceType', "The instance type '{thing}' does not exist in this region."],
  unknownImage: ['InvalidAMIID.NotFound', "The image id '[{thing}]' does not exist."],
  unknownZone: ['InvalidParameterValue', "Invalid availability zone: '{thing}'."],
  unknownResource: ['InvalidParameterValue', "The ID '{thing}' does not exist."],
  unfitImage: [
    'InvalidParameterValue',
    "The architecture of the image does not match that of instance type '{thing}'.",
  ],
  unfitDisk: ['InvalidBlockDeviceMapping', 'The root volume does not fit: {thing}.'],
  unfitNetwork: ['InvalidSubnet.Range', "The CIDR '{thing}' is invalid or conflicts with another one."],
  addressesUsedUp: ['InsufficientFreeAddressesInSubnet', "The subnet '{thing}' has no free addresses left."],
  inUse: ['DependencyViolation', "The resource '{thing}' has a dependent object and cannot be deleted."],
  broken: ['InternalError', 'An internal error has occurred.'],
};
