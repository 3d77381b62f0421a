import type { Infra } from '@waterstrider/contract';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../shared/session.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { BasicsBox } from './BasicsBox.tsx';
import { emptyDocument, suggestGroupName } from './document.ts';
import { DraftMark } from './DraftMark.tsx';
import { draftKey } from './draft.ts';
import { GroupCards } from './GroupCards.tsx';
import { GroupEditor } from './GroupEditor.tsx';
import { nextPlace } from './places.ts';
import { groupOfPath } from './problems.ts';
import { toReviewRequest } from './review-document.ts';
import { ReviewPanel } from './ReviewPanel.tsx';
import classes from './studio.module.css';
import { SummaryBar } from './SummaryBar.tsx';
import type { Connections } from './use-connections.ts';
import { useProblems } from './use-problems.ts';
import { useReview } from './use-review.ts';
import { useStudio } from './use-studio.ts';
import { useSubmit } from './use-submit.ts';

interface StudioProps {
  ns: string;
  /** The MCIS a group is added to; without it a new one is made. */
  infra: Infra | undefined;
  connections: Connections;
}

/** The form, its review beside it, and what is done with both. */
export function Studio({ ns, infra, connections }: StudioProps) {
  const { t } = useTranslation('create');
  const { username } = useSession();
  const takenGroups = useMemo(() => infra?.nodeGroups.map(({ name }) => name) ?? [], [infra]);
  const fresh = useCallback(() => {
    const document = emptyDocument(infra?.name);
    const [first] = document.nodeGroups;
    return first && infra ? { ...document, nodeGroups: [{ ...first, name: suggestGroupName(takenGroups) }] } : document;
  }, [infra, takenGroups]);
  const studio = useStudio({
    storageKey: draftKey(username, ns, infra?.name),
    fresh,
    takenGroups,
    isSingle: infra !== undefined,
  });
  const { document, keys, selected, dispatch } = studio;
  const known = infra && takenGroups;
  const request = useMemo(() => toReviewRequest(document, known), [document, known]);
  const states = document.nodeGroups.map(({ connection }) => connections.byName.get(connection)?.state ?? '');
  const review = useReview(ns, request, states.join());
  const element = useRef<HTMLFormElement>(null);
  const submit = useSubmit({
    ns,
    addTo: infra?.name,
    onSent: studio.forgetDraft,
    onRefused: (found) => {
      review.retry();
      problems.showFirst(Object.keys(found));
    },
  });
  const problems = useProblems({
    studio,
    connections,
    review: review.review,
    found: submit.found,
    takenGroups: known,
    element,
  });
  useDefaultPlaces(studio, connections, infra);

  const select = (key: number) => dispatch({ type: 'select', key });
  const selectGroup = (name: string) => {
    const key = keys[document.nodeGroups.findIndex((group) => group.name === name)];
    if (key !== undefined) select(key);
  };
  const create = (hold: boolean) => {
    if (!problems.showLocal()) void submit.send(document, hold);
  };
  const index = keys.indexOf(selected);
  const group = document.nodeGroups[index];
  const groupProblems = document.nodeGroups.map((_, at) =>
    problems.shown.some((path) => groupOfPath(path) === at && problems.of(path) !== undefined),
  );
  return (
    <>
      <PageHeader
        title={infra ? t('titleAdd', { name: infra.name }) : t('title')}
        {...(infra ? { crumbs: crumbsOf(ns, infra.name) } : {})}
        status={<DraftMark savedAt={studio.savedAt} onDiscard={studio.discard} />}
      />
      <form
        ref={element}
        className={classes.studio}
        noValidate
        aria-label={infra ? t('titleAdd', { name: infra.name }) : t('title')}
        onSubmit={(event) => event.preventDefault()}
      >
        <div className={classes.work}>
          {!infra && <BasicsBox studio={studio} problems={problems} forget={submit.forget} />}
          {!infra && (
            <GroupCards
              studio={studio}
              connections={connections}
              review={review}
              troubled={groupProblems}
              onSelect={select}
            />
          )}
          {group && (
            <GroupEditor
              key={selected}
              groupKey={selected}
              index={index}
              group={group}
              studio={studio}
              connections={connections}
              review={review}
              problems={problems}
              forget={submit.forget}
            />
          )}
        </div>
        <ReviewPanel
          studio={studio}
          infra={infra}
          review={review}
          isComplete={request !== undefined}
          connections={connections}
          submit={submit}
          problems={problems}
          onCreate={create}
          onSelect={selectGroup}
        />
      </form>
      <SummaryBar review={review} document={document} />
    </>
  );
}

const crumbsOf = (ns: string, name: string) => [
  { label: 'MCIS', to: `/ns/${encodeURIComponent(ns)}/mcis` },
  { label: name, to: `/ns/${encodeURIComponent(ns)}/mcis/${encodeURIComponent(name)}` },
];

/** A group without a place gets one: the first a verified connection, each further one another cloud. */
function useDefaultPlaces(
  studio: ReturnType<typeof useStudio>,
  { places, byName }: Connections,
  infra: Infra | undefined,
): void {
  const present = infra?.nodeGroups;
  const { document, keys, move } = studio;
  useEffect(() => {
    document.nodeGroups.forEach((group, index) => {
      const key = keys[index];
      if (group.connection !== '' || key === undefined) return;
      const used = [...(present ?? []), ...document.nodeGroups].flatMap(
        ({ connection }) => byName.get(connection) ?? [],
      );
      const place = nextPlace(places, used);
      if (place) move(key, place, undefined, true);
    });
  }, [document.nodeGroups, keys, places, byName, move, present]);
}
