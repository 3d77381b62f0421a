export type SquareKind = 'run' | 'susp' | 'fail' | 'undef' | 'term' | 'move';

/** One server as a square. */
export interface Square {
  id: string;
  name: string;
  kind: SquareKind;
}

/** Servers of one provider; `more` counts those that are not drawn. */
export interface SquareGroup {
  provider: string;
  squares: Square[];
  more: number;
}

const letters: Record<string, SquareKind> = { R: 'run', S: 'susp', F: 'fail', U: 'undef', T: 'term', M: 'move' };
const mostPerGroup = 40;

/** Joins groups of the same provider and cuts each at 40 squares. */
function joinByProvider(groups: SquareGroup[]): SquareGroup[] {
  const joined = new Map<string, SquareGroup>();
  for (const group of groups) {
    const known = joined.get(group.provider) ?? { provider: group.provider, squares: [], more: 0 };
    const squares = [...known.squares, ...group.squares];
    const more = known.more + group.more + Math.max(0, squares.length - mostPerGroup);
    joined.set(group.provider, { provider: group.provider, squares: squares.slice(0, mostPerGroup), more });
  }
  return [...joined.values()];
}

/** Squares from the letters an MCIS carries (`RRFS`). */
export function squaresFromLetters(
  groups: { group: string; provider: string; squares: string; more: number }[],
): SquareGroup[] {
  return joinByProvider(
    groups.map(({ group, provider, squares, more }) => ({
      provider,
      more,
      squares: [...squares].map((letter, index) => ({
        id: `${group}/${index + 1}`,
        name: `${group} ${index + 1}`,
        kind: letters[letter] ?? 'undef',
      })),
    })),
  );
}
