import type { FacadeHandler } from '../console.ts';
import { FacadeError } from '../facade-error.ts';
import { findConnection, findSpec } from '../read/catalogue.ts';
import { orNull } from '../write/texts.ts';

/** Zones of the spec's region, as far as a connection reaches it. A `+` may come as a space. */
export const availableZones: FacadeHandler = async ({ console, request }) => {
  const began = performance.now();
  const { specId = '', credentialHolder } = request.query;
  const holder = (credentialHolder ?? request.credentialHolder).toLowerCase();
  const spec = await findSpec(console, specId);
  if (spec === undefined) throw new FacadeError(400, `The specKey ${specId} not found by any of ID, CspSpecName`);
  const connection = await findConnection(console, spec, { holder });
  if (connection === undefined)
    throw new FacadeError(400, `There is no connection of ${holder} to ${spec.provider} ${spec.region}.`);
  const isVerified = connection.state === 'Verified';
  const verified = isVerified ? connection.zones : [];
  return {
    specId: spec.id,
    providerName: spec.provider,
    regionName: spec.region,
    cspSpecName: spec.name,
    credentialHolder: holder,
    availableZones: orNull(verified),
    ...(verified.length === 0 ? {} : { allVerifiedZones: verified }),
    ...(isVerified || connection.zones.length === 0 ? {} : { unavailableZones: connection.zones }),
    hasZoneConcept: connection.zones.length > 0,
    queryDurationMs: Math.round(performance.now() - began),
  };
};
