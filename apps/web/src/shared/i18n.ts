import i18next from 'i18next';
import type { BackendModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { readStored, writeStored } from '../ui/stored.ts';

export const languages = ['en', 'ko'] as const;
export type Language = (typeof languages)[number];

type Texts = Record<string, unknown>;

/** One JSON file per feature and language; put it into the folder and use its name as the namespace. */
const files = import.meta.glob<Texts>(
  ['../locales/*/*.json', '!../locales/*/{common,status,errors,rules,dashboard,tasks}.json'],
  { import: 'default' },
);

/** What the frame and the dashboard need comes in one piece per language. */
const starters: Record<Language, () => Promise<Record<string, Texts>>> = {
  en: async () => (await import('./locale-en.ts')).texts,
  ko: async () => (await import('./locale-ko.ts')).texts,
};

const isLanguage = (value: string): value is Language => languages.some((language) => language === value);

async function load(language: string, namespace: string): Promise<Texts> {
  if (!isLanguage(language)) return {};
  const starter = (await starters[language]())[namespace];
  if (starter) return starter;
  const file = files[`../locales/${language}/${namespace}.json`];
  if (!file) throw new Error(`There is no locale file ${language}/${namespace}.json`);
  return file();
}

const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, namespace, done) => {
    load(language, namespace).then(
      (texts) => done(null, texts),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), null),
    );
  },
};

const detect = (): Language => {
  const wanted = (readStored('language') ?? navigator.language).slice(0, 2);
  return isLanguage(wanted) ? wanted : 'en';
};

/** Sets up languages; resolves when the first one is loaded. */
export async function startI18n(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: detect(),
      fallbackLng: false,
      supportedLngs: [...languages],
      ns: ['common', 'status', 'errors', 'rules'],
      defaultNS: 'common',
      interpolation: { escapeValue: false },
      returnNull: false,
    });
}

/** Switches at once and remembers it. */
export async function setLanguage(language: Language): Promise<void> {
  writeStored('language', language);
  await i18next.changeLanguage(language);
}

/** The language on screen, for code outside components. */
export const currentLanguage = (): Language => (isLanguage(i18next.language) ? i18next.language : 'en');
