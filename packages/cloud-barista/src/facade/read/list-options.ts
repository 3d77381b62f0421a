/** `filterKey` and `filterVal`: the field, at any case, holds the text. Without both everything passes. */
export function filterByQuery<Item extends object>(
  items: readonly Item[],
  query: Readonly<Record<string, string>>,
): Item[] {
  const { filterKey = '', filterVal = '' } = query;
  if (filterKey === '' || filterVal === '') return [...items];
  const wanted = filterVal.toLowerCase();
  return items.filter((item) => {
    const field = Object.entries(item).find(([key]) => key.toLowerCase() === filterKey.toLowerCase())?.[1] as unknown; // any JSON
    return textOf(field).toLowerCase().includes(wanted);
  });
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
