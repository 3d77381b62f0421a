import type { Vocabulary } from './vocabulary.ts';

/** Made up: Cloudit's API has no public list of codes. */
export const cloudit: Vocabulary = {
  throttled: ['TOO_MANY_REQUESTS', 'The API server is busy with requests of this tenant.'],
  tooManyCreates: ['SERVER_CREATE_BUSY', 'Too many servers of this tenant are being created.'],
  quota: ['TENANT_QUOTA_EXCEEDED', 'The server quota of the tenant is exceeded: {thing}.'],
  auth: ['INVALID_TOKEN', 'The authentication token is not valid for this tenant.'],
  noRegion: ['SITE_NOT_FOUND', 'The site {thing} does not exist.'],
  noServer: ['SERVER_NOT_FOUND', 'The server {thing} does not exist.'],
  wrongState: ['SERVER_STATE_INVALID', 'The server {thing} is {state}.'],
  tokenReused: ['REQUEST_DIFFERS', 'The request differs from the earlier one.'],
  noCapacity: ['HOST_RESOURCE_SHORTAGE', 'No host has room for a server of spec {thing}.'],
  unknownSpec: ['SPEC_NOT_FOUND', 'The server spec {thing} does not exist.'],
  unknownImage: ['TEMPLATE_NOT_FOUND', 'The template {thing} does not exist.'],
  unknownZone: ['CLUSTER_NOT_FOUND', 'The cluster {thing} does not exist.'],
  unknownResource: ['RESOURCE_NOT_FOUND', 'The resource {thing} does not exist.'],
  unfitImage: ['TEMPLATE_NOT_SUPPORTED', 'The template does not support spec {thing}.'],
  unfitDisk: ['VOLUME_SIZE_INVALID', 'The root volume does not fit: {thing}.'],
  unfitNetwork: ['SUBNET_INVALID', 'The address range {thing} is invalid or in use.'],
  addressesUsedUp: ['IP_EXHAUSTED', 'The subnet {thing} has no addresses left.'],
  inUse: ['RESOURCE_IN_USE', 'The resource {thing} is in use.'],
  broken: ['INTERNAL_SERVER_ERROR', 'The API server failed.'],
};
