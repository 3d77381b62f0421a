import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { inRoot } from './root.mjs';

const locales = ['en', 'ko'];
const defaultNamespace = 'common';
const pluralSuffix = /_(zero|one|two|few|many|other)$/;

/** A problem when a key is missing in a language, a used key does not exist, or an error code has no message. */
export async function checkTranslations() {
  const [english, korean] = locales.map(readKeys);
  const used = usedKeys();
  const codes = errorCodes();
  const problems = [
    ...missing(english, korean).map((key) => `ko has no "${key}"`),
    ...missing(korean, english).map((key) => `en has no "${key}"`),
    ...used
      .filter((use) => !exists(use, english))
      .map(({ key, file }) => `${file} uses "${key}", which en does not have`),
    ...codes.filter((code) => !hasMessage(english, code)).map((code) => `errors.json has no message for ${code}`),
  ];
  if (english.size === 0) problems.push('there are no English texts at all');
  if (used.length === 0) problems.push("no t('key') was found in apps/web: this check would never fail");
  if (codes.length === 0) problems.push('no error codes were found in the contract: this check would never fail');
  return problems.length === 0 ? undefined : problems.join('\n');
}

// A language has the plural forms of its own grammar (Korean one, English two), so they are compared without ending.
function missing(from, other) {
  const plain = new Set([...other].map(withoutPlural));
  return [...new Set([...from].map(withoutPlural))].filter((key) => !plain.has(key));
}

function withoutPlural(key) {
  return key.replace(pluralSuffix, '');
}

/** True when the key is in the namespace it names, or in one of those its file uses. */
function exists({ key, namespaces }, keys) {
  const names = key.includes(':') ? [key] : namespaces.map((namespace) => `${namespace}:${key}`);
  return names.some((name) => keys.has(name) || keys.has(`${name}_other`));
}

/** A message is a text, or a group of texts such as title and text. */
function hasMessage(keys, code) {
  return [...keys].some((key) => key === `errors:${code}` || key.startsWith(`errors:${code}.`));
}

/** All keys of a language as `namespace:key`; each file is a namespace. */
function readKeys(locale) {
  const folder = inRoot('apps/web/src/locales', locale);
  if (!existsSync(folder)) return new Set();
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return new Set(
    files.flatMap((file) =>
      flatKeys(JSON.parse(readFileSync(join(folder, file), 'utf8')), `${file.slice(0, -'.json'.length)}:`),
    ),
  );
}

function flatKeys(value, prefix = '') {
  return Object.entries(value).flatMap(([key, child]) =>
    typeof child === 'object' && child !== null ? flatKeys(child, `${prefix}${key}.`) : [prefix + key],
  );
}

function usedKeys() {
  const sources = readdirSync(inRoot('apps/web/src'), { recursive: true }).filter((file) => /\.tsx?$/.test(file));
  return sources.flatMap((file) => {
    const text = readFileSync(inRoot('apps/web/src', file), 'utf8');
    const namespaces = namespacesOf(text);
    const found = text.matchAll(/(?:\bt|i18n\.t|i18next\.t)\(\s*(['"])([^'"`$]+)\1|i18nKey=(['"])([^'"]+)\3/g);
    return [...found].map((match) => ({ key: match[2] ?? match[4], file, namespaces }));
  });
}

/** The namespaces that a file asks for; a file that is handed its `t` may mean any. */
function namespacesOf(text) {
  const calls = [...text.matchAll(/(?:useTranslation|getFixedT)\(([^)]*)\)/g)];
  if (calls.length === 0) return allNamespaces();
  const named = calls.flatMap(([, options]) => [...options.matchAll(/['"](\w+)['"]/g)].map(([, name]) => name));
  return calls.some(([, options]) => options.trim() === '') ? [...named, defaultNamespace] : named;
}

function allNamespaces() {
  const files = readdirSync(inRoot('apps/web/src/locales', locales[0]));
  return files.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
}

function errorCodes() {
  const file = inRoot('packages/contract/src/errors.ts');
  const table = /errorTable = \{([\s\S]*?)\n\}/.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
  return [...table.matchAll(/^ {2}(\w+): \[/gm)].map((match) => match[1]);
}
