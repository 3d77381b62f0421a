import { keepFacts, isFitting, noFacts, withFacts } from './catalogue-facts.ts';
import type { CatalogueFacts, ImageFact, SpecFact } from './catalogue-facts.ts';
import { copyName, emptyDocument, emptyGroup, mostGroups, suggestGroupName } from './document.ts';
import type { GroupDocument, InfraDocument } from './document.ts';
import type { Draft } from './draft.ts';

/** The document, what is known about what was chosen in it, and which group is being edited. */
export interface StudioState {
  document: InfraDocument;
  facts: CatalogueFacts;
  /** One per group, stable while groups come and go. */
  keys: readonly number[];
  selected: number;
  /** Somebody changed something: worth a draft. */
  isTouched: boolean;
  /** Places whose catalogue has nothing to offer, by group key. */
  empties: Readonly<Record<number, boolean>>;
}

export type StudioAction =
  | { type: 'change'; change: Partial<Omit<InfraDocument, 'nodeGroups'>> }
  | { type: 'changeGroup'; key: number; change: Partial<GroupDocument> }
  | { type: 'move'; key: number; connection: string; isOtherProvider: boolean; isDefault?: boolean }
  | { type: 'fill'; key: number; connection: string; spec: SpecFact | undefined; image: ImageFact | undefined }
  | { type: 'pickSpec'; key: number; spec: SpecFact }
  | { type: 'fillImage'; key: number; spec: string; image: ImageFact | undefined }
  | { type: 'pickImage'; key: number; image: ImageFact }
  | { type: 'add'; takenGroups: readonly string[] }
  | { type: 'copy'; key: number; takenGroups: readonly string[] }
  | { type: 'remove'; key: number }
  | { type: 'select'; key: number }
  | { type: 'discard'; document: InfraDocument };

const nextKey = (keys: readonly number[]): number => Math.max(-1, ...keys) + 1;

/** A fresh form, or the draft. */
export function startStudio(draft: Draft | undefined, fresh: InfraDocument = emptyDocument()): StudioState {
  const document = draft?.document ?? fresh;
  return {
    document,
    facts: draft?.facts ?? noFacts,
    keys: document.nodeGroups.map((_, index) => index),
    selected: 0,
    isTouched: draft !== undefined,
    empties: {},
  };
}

/** The group of a key and where it stands. */
export function findGroup(state: Pick<StudioState, 'document' | 'keys'>, key: number): GroupDocument | undefined {
  return state.document.nodeGroups[state.keys.indexOf(key)];
}

/** What a draft holds of it. */
export const toDraft = (state: StudioState, savedAt: number): Draft => ({
  document: state.document,
  facts: keepFacts(state.facts, state.document.nodeGroups),
  savedAt,
});

const withGroup = (state: StudioState, key: number, change: (group: GroupDocument) => GroupDocument): StudioState => {
  const index = state.keys.indexOf(key);
  const nodeGroups = state.document.nodeGroups.map((group, at) => (at === index ? change(group) : group));
  return { ...state, document: { ...state.document, nodeGroups } };
};

const touched = (state: StudioState): StudioState => (state.isTouched ? state : { ...state, isTouched: true });

export function studioReducer(state: StudioState, action: StudioAction): StudioState {
  switch (action.type) {
    case 'change':
      return touched({ ...state, document: { ...state.document, ...action.change } });
    case 'changeGroup':
      return touched(withGroup(state, action.key, (group) => ({ ...group, ...action.change })));
    case 'move':
      return moveGroup(state, action);
    case 'fill':
      return fillGroup(state, action);
    case 'pickSpec':
      return touched(pickSpec(state, action.key, action.spec));
    case 'fillImage':
      return fillImage(state, action);
    case 'pickImage':
      return touched(
        withGroup({ ...state, facts: withFacts(state.facts, undefined, action.image) }, action.key, (group) => ({
          ...group,
          image: action.image.id,
        })),
      );
    case 'add':
      return touched(appendGroup(state, emptyGroup(suggestGroupName(namesOf(state, action.takenGroups)))));
    case 'copy': {
      const group = findGroup(state, action.key);
      if (!group) return state;
      return touched(appendGroup(state, { ...group, name: copyName(group.name, namesOf(state, action.takenGroups)) }));
    }
    case 'remove':
      return touched(removeGroup(state, action.key));
    case 'select':
      return { ...state, selected: action.key };
    case 'discard':
      return startStudio(undefined, action.document);
  }
}

const namesOf = (state: StudioState, taken: readonly string[]): string[] => [
  ...state.document.nodeGroups.map(({ name }) => name),
  ...taken,
];

function appendGroup(state: StudioState, group: GroupDocument): StudioState {
  if (state.keys.length >= mostGroups) return state;
  const key = nextKey(state.keys);
  return {
    ...state,
    document: { ...state.document, nodeGroups: [...state.document.nodeGroups, group] },
    keys: [...state.keys, key],
    selected: key,
  };
}

/** The last group stays: an MCIS has at least one. */
function removeGroup(state: StudioState, key: number): StudioState {
  const index = state.keys.indexOf(key);
  if (index < 0 || state.keys.length === 1) return state;
  const keys = state.keys.filter((other) => other !== key);
  const nodeGroups = state.document.nodeGroups.filter((_, at) => at !== index);
  const selected = state.selected === key ? (keys[Math.min(index, keys.length - 1)] ?? 0) : state.selected;
  return { ...state, document: { ...state.document, nodeGroups }, keys, selected };
}

/** Another place has other specs, images, zones, and another provider other disks: they are chosen anew. */
function moveGroup(state: StudioState, action: Extract<StudioAction, { type: 'move' }>): StudioState {
  const moved = withGroup(state, action.key, (group) => {
    const next = { ...group, connection: action.connection, spec: '', image: '' };
    delete next.zone;
    if (action.isOtherProvider) delete next.rootDiskType;
    return next;
  });
  const next = { ...moved, empties: { ...state.empties, [action.key]: false } };
  return action.isDefault ? next : touched(next);
}

/** Comes late: only what is still open is filled. */
function fillGroup(state: StudioState, action: Extract<StudioAction, { type: 'fill' }>): StudioState {
  const { key, connection, spec, image } = action;
  const group = findGroup(state, key);
  if (group?.connection !== connection || group.spec !== '') return state;
  const isEmpty = !spec || !image;
  const filled = withGroup({ ...state, facts: withFacts(state.facts, spec, image) }, key, (before) => ({
    ...before,
    spec: spec?.id ?? '',
    image: image?.id ?? '',
    ...raisedDisk(before, image),
  }));
  return { ...filled, empties: { ...state.empties, [key]: isEmpty } };
}

/** The image stays when the spec can start it; else it is open until one is found. */
function pickSpec(state: StudioState, key: number, spec: SpecFact): StudioState {
  const next = { ...state, facts: withFacts(state.facts, spec) };
  return withGroup(next, key, (group) => {
    const image = state.facts.images[group.image];
    const stays = image === undefined || isFitting(image, spec);
    return { ...group, spec: spec.id, image: stays ? group.image : '' };
  });
}

function fillImage(state: StudioState, action: Extract<StudioAction, { type: 'fillImage' }>): StudioState {
  const { key, spec, image } = action;
  const group = findGroup(state, key);
  if (group?.spec !== spec || group.image !== '' || !image) return state;
  return withGroup({ ...state, facts: withFacts(state.facts, undefined, image) }, key, (before) => ({
    ...before,
    image: image.id,
    ...raisedDisk(before, image),
  }));
}

/** A disk that was chosen for a smaller image grows with the image that is filled in. */
const raisedDisk = ({ rootDiskSizeGiB: size }: GroupDocument, image: ImageFact | undefined): Partial<GroupDocument> =>
  size !== undefined && image && size < image.minDiskGiB ? { rootDiskSizeGiB: image.minDiskGiB } : {};
