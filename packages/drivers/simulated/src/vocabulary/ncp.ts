import type { Vocabulary } from './vocabulary.ts';

/** Numbers in the manner of the VPC Server API. */
export const ncp: Vocabulary = {
  throttled: ['429', 'Too Many Requests: the call quota of the API is used up for the moment.'],
  tooManyCreates: ['1300006', 'Servers are still being created. Try again when they are done.'],
  quota: ['1300005', 'The number of servers that can be created is exceeded: {thing}.'],
  auth: ['200', 'Authentication Failed: the access key is not valid.'],
  noRegion: ['1002001', 'The region {thing} does not exist.'],
  noServer: ['1001001', 'The server instance {thing} does not exist.'],
  wrongState: ['25013', 'The server instance {thing} is {state}; this cannot be done now.'],
  tokenReused: ['1001017', 'The request differs from the earlier one.'],
  noCapacity: ['1300001', 'There are not enough resources for server spec {thing} in this zone.'],
  unknownSpec: ['1300003', 'The server spec {thing} does not exist.'],
  unknownImage: ['1300002', 'The server image {thing} does not exist.'],
  unknownZone: ['1002002', 'The zone {thing} does not exist.'],
  unknownResource: ['1001002', 'The resource {thing} does not exist.'],
  unfitImage: ['1300004', 'The server image cannot be used with server spec {thing}.'],
  unfitDisk: ['1004001', 'The block storage is not valid: {thing}.'],
  unfitNetwork: ['1001010', 'The address range {thing} is not valid or in use.'],
  addressesUsedUp: ['1001011', 'The subnet {thing} has no free addresses.'],
  inUse: ['1001015', 'The resource {thing} is being used.'],
  broken: ['900', 'Unexpected error.'],
};
