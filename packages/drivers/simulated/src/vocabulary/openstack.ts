import type { Vocabulary } from './vocabulary.ts';

/** HTTP status and exception name, as Nova, Neutron and Keystone answer. */
export const openstack: Vocabulary = {
  throttled: ['413 OverLimit', 'This request was rate-limited. Retry later.'],
  tooManyCreates: ['413 OverLimit', 'Too many builds are in progress in this project.'],
  quota: ['403 Forbidden', 'Quota exceeded for instances: {thing}.'],
  auth: ['401 Unauthorized', 'The request you have made requires authentication.'],
  noRegion: ['404 EndpointNotFound', 'No compute endpoint for region {thing} in the service catalog.'],
  noServer: ['404 itemNotFound', 'Instance {thing} could not be found.'],
  wrongState: ['409 conflictingRequest', 'Cannot do this with instance {thing} while it is in vm_state {state}.'],
  tokenReused: ['409 conflictingRequest', 'The request differs from the earlier one.'],
  noCapacity: ['500 NoValidHost', 'No valid host was found for flavor {thing}: there are not enough hosts available.'],
  unknownSpec: ['400 FlavorNotFound', 'Flavor {thing} could not be found.'],
  unknownImage: ['400 ImageNotFound', 'Image {thing} could not be found.'],
  unknownZone: ['400 badRequest', 'The requested availability zone {thing} is not available.'],
  unknownResource: ['400 badRequest', 'Resource {thing} could not be found.'],
  unfitImage: ['400 badRequest', "The image's architecture does not match what flavor {thing} runs on."],
  unfitDisk: ['400 FlavorDiskSmallerThanMinDisk', 'The root disk does not fit: {thing}.'],
  unfitNetwork: ['400 InvalidInput', 'The cidr {thing} is invalid or overlaps with another subnet.'],
  addressesUsedUp: ['409 IpAddressGenerationFailure', 'No more IP addresses available on network {thing}.'],
  inUse: ['409 InUse', 'Unable to delete {thing}: there are one or more ports in use.'],
  broken: ['500 computeFault', 'The server has either erred or is incapable of performing the requested operation.'],
};

/** NHN Cloud speaks OpenStack, with limits of its own. */
export const nhn: Vocabulary = {
  ...openstack,
  throttled: ['429 TooManyRequests', 'Too many requests for this tenant.'],
  tooManyCreates: ['429 TooManyRequests', 'Too many instances of this tenant are being built.'],
  quota: ['403 forbidden', 'The instance limit of the project is reached: {thing}.'],
};

/** KT Cloud's VPC zones speak OpenStack behind a gateway. */
export const kt: Vocabulary = {
  ...openstack,
  throttled: ['429 Too Many Requests', 'The API gateway limits the calls of this account.'],
  tooManyCreates: ['429 Too Many Requests', 'Too many servers of this account are being created.'],
  quota: ['403 ResourceLimit', 'The number of servers allowed for this account is exceeded: {thing}.'],
};
