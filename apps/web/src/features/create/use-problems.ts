import type { InfraReview } from '@waterstrider/contract';
import { useEffect, useMemo, useState } from 'react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problems } from '../../shared/form-problems.ts';
import { useFormat } from '../../shared/format.ts';
import { toDiskBounds } from './disk-bounds.ts';
import { checkDocument, groupOfPath, placeReview } from './problems.ts';
import { useReviewWords } from './use-review-words.ts';
import type { Connections } from './use-connections.ts';
import type { Studio } from './use-studio.ts';

interface ProblemOptions {
  studio: Studio;
  connections: Connections;
  review: InfraReview | undefined;
  /** What the server found when the document was sent. */
  found: Problems;
  takenGroups: readonly string[] | undefined;
  element: RefObject<HTMLFormElement | null>;
}

/** What is wrong where: one's own checks from the first blur on, then the server's refusal, then the review's errors. */
export function useProblems({ studio, connections, review, found, takenGroups, element }: ProblemOptions) {
  const { t } = useTranslation(['create', 'forms']);
  const format = useFormat();
  const words = useReviewWords(studio, review);
  const { document, facts, keys, dispatch } = studio;
  const [visited, setVisited] = useState<ReadonlySet<string>>(new Set());
  const [attempts, setAttempts] = useState(0);
  const bounds = useMemo(() => toDiskBounds(connections, facts), [connections, facts]);
  const local = useMemo(
    () => checkDocument(document, { diskBounds: bounds, ...(takenGroups ? { takenGroups } : {}) }),
    [document, bounds, takenGroups],
  );
  const reviewed = review ? placeReview(review, document, words) : {};

  useEffect(() => {
    if (attempts === 0) return;
    const first = element.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-problem]');
    first?.focus();
    first?.scrollIntoView({ block: 'center' });
  }, [attempts, element]);

  const sayLocal = (path: string): string | undefined => {
    const problem = visited.has(path) ? local[path] : undefined;
    if (problem === undefined) return undefined;
    if (problem === 'nameNeeded' || problem === 'nameLong' || problem === 'namePattern') return t(`forms:${problem}`);
    const group = document.nodeGroups[groupOfPath(path) ?? -1];
    const { least, most } = group ? bounds(group) : { least: 0, most: 0 };
    return t(`problem.${problem}`, { least: format.number(least), most: format.number(most) });
  };

  /** Goes to the first of the named fields, in the order of the form. */
  const showFirst = (paths: readonly string[]) => {
    const isOfForm = paths.some((path) => groupOfPath(path) === undefined);
    const [first] = paths.flatMap((path) => groupOfPath(path) ?? []).sort((left, right) => left - right);
    const key = first === undefined ? undefined : keys[first];
    if (!isOfForm && key !== undefined) dispatch({ type: 'select', key });
    if (paths.length > 0) setAttempts((before) => before + 1);
  };

  return {
    bounds,
    /** Fields that say something now. */
    shown: [...new Set([...visited, ...Object.keys(found), ...Object.keys(reviewed)])],
    of: (path: string): string | undefined => sayLocal(path) ?? found[path] ?? reviewed[path],
    visit: (path: string) => setVisited((before) => (before.has(path) ? before : new Set(before).add(path))),
    showFirst,
    /** Shows everything one's own checks find and goes to the first; false when there is nothing. */
    showLocal: (): boolean => {
      const paths = Object.keys(local).filter((path) => local[path] !== undefined);
      setVisited((before) => new Set([...before, ...paths]));
      showFirst(paths);
      return paths.length > 0;
    },
  };
}

export type FormProblems = ReturnType<typeof useProblems>;
