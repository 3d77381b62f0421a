import { useQueryClient } from '@tanstack/react-query';
import type { Connection } from '@waterstrider/contract';
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { readStored, writeStored } from '../../ui/stored.ts';
import type { SpecFact } from './catalogue-facts.ts';
import { chooseImage, chooseSpec, firstWish } from './defaults.ts';
import type { ImageWish, SpecWish } from './defaults.ts';
import type { GroupDocument, InfraDocument } from './document.ts';
import { readDraft, writeDraft } from './draft.ts';
import { findGroup, startStudio, studioReducer, toDraft } from './studio-state.ts';
import type { StudioState } from './studio-state.ts';

interface StudioOptions {
  /** Where the draft is kept. */
  storageKey: string;
  /** What a form without a draft starts with. */
  fresh: () => InfraDocument;
  /** Groups that exist already where groups are added. */
  takenGroups: readonly string[];
  isSingle: boolean;
}

interface Wish {
  spec: SpecWish;
  image?: ImageWish | undefined;
}

/** The form's state: reads and keeps the draft, and fills in what a choice leaves open. */
export function useStudio({ storageKey, fresh, takenGroups, isSingle }: StudioOptions) {
  const client = useQueryClient();
  const [state, dispatch] = useReducer(studioReducer, undefined, () =>
    startStudio(readDraft(readStored(storageKey)), fresh()),
  );
  const draft = useDraft(state, storageKey);
  const latest = useRef(state);
  latest.current = state;
  const wishes = useRef(new Map<number, Wish>());
  const [fillFailure, setFillFailure] = useState<{ key: number; error: unknown }>();

  const fill = useCallback(
    (key: number, task: () => Promise<void>) => {
      setFillFailure(undefined);
      task().catch((error: unknown) => setFillFailure({ key, error }));
    },
    [setFillFailure],
  );

  const actions = useMemo(() => {
    /** What the group has, or had before it was put elsewhere a moment ago. */
    const wishOf = (key: number): Wish => {
      const { facts } = latest.current;
      const group = findGroup(latest.current, key);
      const spec = facts.specs[group?.spec ?? ''];
      const image = facts.images[group?.image ?? ''];
      const before = wishes.current.get(key) ?? { spec: firstWish };
      const wish = { spec: spec ?? before.spec, image: image ?? before.image };
      wishes.current.set(key, wish);
      return wish;
    };
    return {
      change: (change: Partial<Omit<InfraDocument, 'nodeGroups'>>) => dispatch({ type: 'change', change }),
      changeGroup: (key: number, change: Partial<GroupDocument>) => dispatch({ type: 'changeGroup', key, change }),
      /** Puts a group elsewhere; spec and image are chosen there as alike as the place has them. */
      move: (key: number, to: Connection, from?: Connection, isDefault = false) => {
        const wish = wishOf(key);
        const isOtherProvider = from !== undefined && from.provider !== to.provider;
        dispatch({ type: 'move', key, connection: to.name, isOtherProvider, isDefault });
        fill(key, async () => {
          const spec = await chooseSpec(client, to.name, wish.spec);
          const image = spec && (await chooseImage(client, to.name, spec.id, wish.image));
          dispatch({ type: 'fill', key, connection: to.name, spec, image });
        });
      },
      pickSpec: (key: number, spec: SpecFact) => {
        const group = findGroup(latest.current, key);
        const { image: wished } = wishOf(key);
        wishes.current.set(key, { spec, image: wished });
        dispatch({ type: 'pickSpec', key, spec });
        if (!group) return;
        fill(key, async () => {
          const image = await chooseImage(client, group.connection, spec.id, wished);
          dispatch({ type: 'fillImage', key, spec: spec.id, image });
        });
      },
      dispatch,
    };
  }, [client, fill]);

  return {
    ...state,
    ...actions,
    /** One group only: it is added to an MCIS. */
    isSingle,
    fillFailure,
    savedAt: draft.savedAt,
    add: () => dispatch({ type: 'add', takenGroups }),
    copy: (key: number) => dispatch({ type: 'copy', key, takenGroups }),
    /** Back to a fresh form. */
    discard: () => {
      draft.forget();
      wishes.current.clear();
      dispatch({ type: 'discard', document: fresh() });
    },
    /** The document was sent: nothing is left to keep. */
    forgetDraft: draft.forget,
  };
}

export type Studio = ReturnType<typeof useStudio>;

/** Writes what was changed to this browser, so that leaving the page or a reload loses nothing. */
function useDraft(state: StudioState, storageKey: string) {
  const [savedAt, setSavedAt] = useState(() => readDraft(readStored(storageKey))?.savedAt);
  const { document, facts, isTouched } = state;
  useEffect(() => {
    if (!isTouched) return;
    const now = Date.now();
    writeStored(storageKey, writeDraft(toDraft({ ...state, document, facts }, now)));
    setSavedAt(now);
    // of the state only these are written
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [document, facts, isTouched, storageKey]);
  return {
    savedAt: isTouched ? savedAt : undefined,
    forget: () => {
      writeStored(storageKey, undefined);
      setSavedAt(undefined);
    },
  };
}
