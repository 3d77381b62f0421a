const files = import.meta.glob<Record<string, unknown>>(
  ['../locales/en/{common,status,errors,rules,dashboard,tasks}.json'],
  { eager: true, import: 'default' },
);

/** English texts of the frame and the dashboard, by namespace. */
export const texts = Object.fromEntries(
  Object.entries(files).map(([path, file]) => [path.replace(/^.*\/|\.json$/g, ''), file]),
);
