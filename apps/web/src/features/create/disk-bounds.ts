import type { CatalogueFacts } from './catalogue-facts.ts';
import type { GroupDocument } from './document.ts';
import type { DiskBounds } from './problems.ts';
import type { Connections } from './use-connections.ts';

const mostGiB = 65_536;

/** How small and how large a root disk of a group may be: what the image needs and what the disk type allows. */
export const toDiskBounds =
  ({ byName, clouds }: Connections, facts: CatalogueFacts) =>
  (group: GroupDocument): DiskBounds => {
    const types = clouds.known.get(byName.get(group.connection)?.provider ?? '')?.diskTypes ?? [];
    const type = types.find(({ name }) => name === group.rootDiskType) ?? types.find(({ isDefault }) => isDefault);
    return {
      least: Math.max(1, facts.images[group.image]?.minDiskGiB ?? 1, type?.minGiB ?? 1),
      most: type?.maxGiB ?? mostGiB,
    };
  };
