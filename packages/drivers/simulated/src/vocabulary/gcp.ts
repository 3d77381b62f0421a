import type { Vocabulary } from './vocabulary.ts';

/** Reasons as in Compute Engine's error answers. */
export const gcp: Vocabulary = {
  throttled: ['rateLimitExceeded', 'Rate of requests exceeded for this project and region.'],
  tooManyCreates: ['operationRateLimitExceeded', 'Too many insert operations are pending in this region.'],
  quota: ['quotaExceeded', "Quota 'INSTANCES' exceeded by {thing} in this region."],
  auth: ['authError', 'The service account could not be authenticated.'],
  noRegion: ['invalid', "Invalid value for field 'region': '{thing}'. Unknown region."],
  noServer: ['notFound', "The resource 'instances/{thing}' was not found."],
  wrongState: ['resourceNotReady', "The resource 'instances/{thing}' is not ready: it is {state}."],
  tokenReused: ['invalid', "Invalid value for field 'requestId': it was used with another request."],
  noCapacity: ['ZONE_RESOURCE_POOL_EXHAUSTED', 'The zone does not have enough {thing} resources available now.'],
  unknownSpec: ['invalid', "Invalid value for field 'machineType': '{thing}'. It does not exist."],
  unknownImage: ['invalid', "Invalid value for field 'sourceImage': '{thing}'. It was not found."],
  unknownZone: ['invalid', "Invalid value for field 'zone': '{thing}'. Unknown zone."],
  unknownResource: ['invalid', "The referenced resource '{thing}' cannot be found."],
  unfitImage: ['invalid', "The architecture of the source image does not fit machine type '{thing}'."],
  unfitDisk: ['invalid', "Invalid value for field 'disks[0]': {thing}."],
  unfitNetwork: ['invalid', "Invalid IPCidrRange: '{thing}' is wrong or conflicts with an existing subnetwork."],
  addressesUsedUp: ['IP_SPACE_EXHAUSTED', "The address space of subnetwork '{thing}' is exhausted."],
  inUse: ['resourceInUseByAnotherResource', "The resource '{thing}' is already being used by another resource."],
  broken: ['backendError', 'Internal error of the backend. Try again.'],
};
