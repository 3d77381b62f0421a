import type { CatalogueFacts } from './catalogue-facts.ts';
import { noFacts } from './catalogue-facts.ts';
import type { GroupDocument, InfraDocument } from './document.ts';

/** Raised when the shape changes: drafts of another version are not read. */
export const draftVersion = 1;

export interface Draft {
  document: InfraDocument;
  facts: CatalogueFacts;
  /** Milliseconds since 1970. */
  savedAt: number;
}

/** Where a draft is kept: one per person, namespace and MCIS that is added to. */
export const draftKey = (username: string, ns: string, addTo?: string): string =>
  ['draft', username, ns, addTo === undefined ? 'new' : `add:${addTo}`].map(encodeURIComponent).join('.');

export const writeDraft = (draft: Draft): string => JSON.stringify({ version: draftVersion, ...draft });

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isTextOrNothing = (value: unknown): boolean => value === undefined || isText(value);
const isTexts = (value: unknown): boolean =>
  value === undefined || (isRecord(value) && Object.values(value).every(isText));
const isWhole = (value: unknown): boolean => Number.isInteger(value);

const isGroup = (value: unknown): value is GroupDocument =>
  isRecord(value) &&
  [value.name, value.connection, value.spec, value.image].every(isText) &&
  isWhole(value.size) &&
  isTextOrNothing(value.zone) &&
  isTextOrNothing(value.rootDiskType) &&
  (value.rootDiskSizeGiB === undefined || isWhole(value.rootDiskSizeGiB)) &&
  isTexts(value.labels);

const isDocument = (value: unknown): value is InfraDocument =>
  isRecord(value) &&
  isText(value.name) &&
  isText(value.description) &&
  isTexts(value.labels) &&
  ['continue', 'refine', 'rollback'].includes(String(value.policyOnPartialFailure)) &&
  Array.isArray(value.nodeGroups) &&
  value.nodeGroups.length > 0 &&
  value.nodeGroups.every(isGroup);

const isFacts = (value: unknown): value is CatalogueFacts =>
  isRecord(value) && [value.specs, value.images].every((part) => isRecord(part) && Object.values(part).every(isRecord));

/** Reads what was stored; anything that is not a draft of this version gives nothing. */
export function readDraft(text: string | undefined): Draft | undefined {
  if (text === undefined) return undefined;
  const value = parse(text);
  if (!isRecord(value) || value.version !== draftVersion || !isDocument(value.document)) return undefined;
  return {
    document: { ...value.document, hold: false },
    facts: isFacts(value.facts) ? value.facts : noFacts,
    savedAt: typeof value.savedAt === 'number' ? value.savedAt : 0,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Half-written or edited by hand: as good as none.
    return undefined;
  }
}
