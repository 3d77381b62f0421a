import { describe, expect, test } from 'vitest';
import { noFacts, keepFacts } from './catalogue-facts.ts';
import { emptyDocument } from './document.ts';
import { draftKey, draftVersion, readDraft, writeDraft } from './draft.ts';

const draft = { document: { ...emptyDocument('shop'), hold: false }, facts: noFacts, savedAt: 5 };

describe('draft', () => {
  test('comes back as it was', () => {
    expect(readDraft(writeDraft(draft))).toEqual(draft);
  });

  test('never comes back on hold', () => {
    expect(readDraft(writeDraft({ ...draft, document: { ...draft.document, hold: true } }))?.document.hold).toBe(false);
  });

  test.each([
    ['nothing', undefined],
    ['no JSON', '{"version":1,'],
    ['another version', JSON.stringify({ ...draft, version: draftVersion + 1 })],
    ['no version', JSON.stringify(draft)],
    ['no groups', writeDraft({ ...draft, document: { ...draft.document, nodeGroups: [] } })],
    ['a broken group', writeDraft(draft).replace('"size":1', '"size":"1"')],
    ['an unknown policy', writeDraft(draft).replace('"continue"', '"hope"')],
    ['labels that are no texts', writeDraft(draft).replace('"description"', '"labels":{"a":1},"description"')],
  ])('%s is no draft', (_, text) => {
    expect(readDraft(text)).toBeUndefined();
  });

  test('is kept apart by person, namespace and MCIS', () => {
    const keys = [
      draftKey('a', 'b'),
      draftKey('a', 'b', 'new'),
      draftKey('a.b', ''),
      draftKey('a', 'b.new'),
      draftKey('b', 'a'),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('carries only the facts it needs', () => {
    const spec = { id: 's', name: 'S', vcpu: 2, memoryGiB: 4, architecture: 'x86_64', hasGpu: false };
    const facts = { specs: { s: spec, other: { ...spec, id: 'other' } }, images: {} };
    expect(keepFacts(facts, [{ spec: 's', image: 'unknown' }])).toEqual({ specs: { s: spec }, images: {} });
  });
});
