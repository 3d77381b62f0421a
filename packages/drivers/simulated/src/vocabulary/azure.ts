import type { Vocabulary } from './vocabulary.ts';

/** Codes as Azure Resource Manager and Compute give them. */
export const azure: Vocabulary = {
  throttled: ['TooManyRequests', 'The request was throttled: too many calls within the window. Retry later.'],
  tooManyCreates: ['OperationNotAllowed', 'Too many virtual machine deployments are under way in this location.'],
  quota: ['QuotaExceeded', 'Operation could not be completed: {thing} exceeds the approved regional quota.'],
  auth: ['InvalidAuthenticationToken', 'The access token could not be obtained: the client is not authorized.'],
  noRegion: ['LocationNotAvailableForResourceType', "The location '{thing}' is not available for this subscription."],
  noServer: ['ResourceNotFound', "The resource 'Microsoft.Compute/virtualMachines/{thing}' was not found."],
  wrongState: ['OperationNotAllowed', "The VM '{thing}' is '{state}'; the operation is not allowed in this state."],
  tokenReused: ['PropertyChangeNotAllowed', 'Changing this property of an existing virtual machine is not allowed.'],
  noCapacity: ['AllocationFailed', 'Allocation failed: not enough capacity for size {thing} in this location.'],
  unknownSpec: ['InvalidParameter', "The VM size '{thing}' is not offered in this location."],
  unknownImage: ['PlatformImageNotFound', "The platform image '{thing}' is not available."],
  unknownZone: ['InvalidAvailabilityZone', "The zone '{thing}' is not supported in this location."],
  unknownResource: ['InvalidResourceReference', "The referenced resource '{thing}' was not found."],
  unfitImage: ['BadRequest', "The image's architecture is not supported by VM size '{thing}'."],
  unfitDisk: ['InvalidParameter', 'The OS disk does not fit: {thing}.'],
  unfitNetwork: ['NetcfgInvalidSubnet', "The address range '{thing}' is not valid or overlaps another subnet."],
  addressesUsedUp: ['SubnetIsFull', "Subnet '{thing}' has no more addresses available."],
  inUse: ['InUseResourceCannotBeDeleted', "The resource '{thing}' is in use and cannot be deleted."],
  broken: ['InternalServerError', 'The server met an internal error. Retry the request.'],
};
