import type { CloudErrorKind } from '@waterstrider/engine/ports';

/** Everything a simulated cloud can complain about, and what kind of failure it is to the engine. */
export const complaints = {
  throttled: 'throttled',
  tooManyCreates: 'throttled',
  quota: 'quota',
  auth: 'auth',
  noRegion: 'refused',
  noServer: 'not_found',
  wrongState: 'refused',
  tokenReused: 'refused',
  noCapacity: 'refused',
  unknownSpec: 'refused',
  unknownImage: 'refused',
  unknownZone: 'refused',
  unknownResource: 'refused',
  unfitImage: 'refused',
  unfitDisk: 'refused',
  unfitNetwork: 'refused',
  addressesUsedUp: 'refused',
  inUse: 'refused',
  broken: 'failure',
} as const satisfies Record<string, CloudErrorKind>;
export type Complaint = keyof typeof complaints;

/** Code and text in the cloud's manner; `{thing}` and `{state}` are filled in. */
export type Words = readonly [code: string, message: string];
export type Vocabulary = Readonly<Record<Complaint, Words>>;
