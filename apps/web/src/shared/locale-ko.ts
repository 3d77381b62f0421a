import '@fontsource-variable/noto-sans-kr/wght.css';

const files = import.meta.glob<Record<string, unknown>>(
  ['../locales/ko/{common,status,errors,rules,dashboard,tasks}.json'],
  { eager: true, import: 'default' },
);

/** Korean texts of the frame and the dashboard, by namespace; the Korean font comes along. */
export const texts = Object.fromEntries(
  Object.entries(files).map(([path, file]) => [path.replace(/^.*\/|\.json$/g, ''), file]),
);
