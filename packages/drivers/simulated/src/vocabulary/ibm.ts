import type { Vocabulary } from './vocabulary.ts';

/** Codes in the manner of the VPC API. */
export const ibm: Vocabulary = {
  throttled: ['too_many_requests', 'The rate limit of this account has been reached.'],
  tooManyCreates: ['concurrent_provisioning_limit', 'Too many virtual server instances are being provisioned.'],
  quota: ['over_quota', 'The quota of instances in this region is reached: {thing}.'],
  auth: ['BXNIM0415E', 'The provided API key could not be found.'],
  noRegion: ['invalid_region', 'The region {thing} is not available to this account.'],
  noServer: ['instance_not_found', 'The instance {thing} was not found.'],
  wrongState: ['instance_invalid_state', 'The instance {thing} has status {state}; the action is not possible.'],
  tokenReused: ['idempotency_key_mismatch', 'The transaction id was used with another request body.'],
  noCapacity: ['cannot_start_capacity', 'The zone has not enough capacity for profile {thing}.'],
  unknownSpec: ['instance_profile_not_found', 'The instance profile {thing} was not found.'],
  unknownImage: ['image_not_found', 'The image {thing} was not found.'],
  unknownZone: ['zone_not_found', 'The zone {thing} was not found.'],
  unknownResource: ['not_found', 'The resource {thing} was not found.'],
  unfitImage: ['image_architecture_mismatch', 'The image cannot be used with profile {thing}.'],
  unfitDisk: ['volume_capacity_invalid', 'The boot volume is not valid: {thing}.'],
  unfitNetwork: ['invalid_cidr', 'The CIDR {thing} is invalid or overlaps another subnet.'],
  addressesUsedUp: ['subnet_ips_exhausted', 'The subnet {thing} has no available addresses.'],
  inUse: ['resource_in_use', 'The resource {thing} is in use and cannot be deleted.'],
  broken: ['internal_error', 'The service met an internal error.'],
};
