import { createHash } from 'node:crypto';
import { DomainError } from '@waterstrider/contract';

/** Where a page ended: the sort value and id of its last item. `null`: the item has no such value (those come last). */
export type CursorPosition = { value: string | number | null; id: string };

/** What a cursor holds for: another list, sort, filter or platform makes it stale. */
export type CursorScope = {
  /** Name of the row. */
  list: string;
  sort: string;
  /** Whatever else decides which items are in the list: search, filters, namespace, platform. */
  filter: readonly unknown[];
};

const version = 1;

/** Opaque text (base64url) that brings the next page. */
export function encodeCursor(scope: CursorScope, position: CursorPosition): string {
  return Buffer.from(JSON.stringify([version, hashScope(scope), position.value, position.id])).toString('base64url');
}

/** Throws `invalid` for a cursor that is damaged, or was made for another list, sort, filter or platform. */
export function decodeCursor(scope: CursorScope, cursor: string): CursorPosition {
  const parts = parseJson(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (!Array.isArray(parts) || parts.length !== 4 || parts[0] !== version) throw staleCursor('is not a cursor of ours');
  const [, hash, value, id] = parts as unknown[]; // the length was checked
  if (hash !== hashScope(scope)) throw staleCursor('belongs to another list, sort or filter');
  if (typeof id !== 'string' || !isPositionValue(value)) throw staleCursor('is not a cursor of ours');
  return { value, id };
}

function hashScope(scope: CursorScope): string {
  const text = JSON.stringify([scope.list, scope.sort, scope.filter]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

function isPositionValue(value: unknown): value is CursorPosition['value'] {
  return value === null || typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Whatever is not JSON is no cursor; the caller says so.
    return undefined;
  }
}

function staleCursor(reason: string): DomainError {
  const full = `This cursor ${reason}. Load the first page again.`;
  return new DomainError('invalid', { reason: full, issues: [{ field: 'query.cursor', reason: full }] });
}
