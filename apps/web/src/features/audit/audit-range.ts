/** A day as a date field gives it, `2026-11-22`, in the person's own time zone. */
const dayPattern = /^\d{4}-\d\d-\d\d$/;

function startOf(day: string, addDays = 0): string | undefined {
  if (!dayPattern.test(day)) return undefined;
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const start = new Date(year, month - 1, date + addDays);
  return Number.isNaN(start.getTime()) ? undefined : start.toISOString();
}

/** Both days included; a day that is no day is left out. */
export function toRange(from: string | undefined, to: string | undefined): { from?: string; to?: string } {
  const start = from && startOf(from);
  const end = to && startOf(to, 1);
  return { ...(start ? { from: start } : {}), ...(end ? { to: end } : {}) };
}
