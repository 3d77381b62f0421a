import { readFileSync } from 'node:fs';

/** One exchange with a real CB-Tumblebug; lists are cut to a few entries, secrets were masked before it was written. */
export type Recording = {
  /** Name and version of what answered. */
  source: string;
  /** Day of the recording. */
  date: string;
  response: { status: number; body: unknown };
};
export type Reply = { status: number; body: unknown };
export type Json = { [key: string]: unknown };

const texts = new Map<string, string>();

function textOf(name: string): string {
  const known = texts.get(name);
  if (known !== undefined) return known;
  const text = readFileSync(new URL(`./recordings/${name}.json`, import.meta.url), 'utf8');
  texts.set(name, text);
  return text;
}

/** A fresh copy each time. Throws when there is no recording of that name. */
export const recordingOf = (name: string): Recording => JSON.parse(textOf(name)) as Recording; // the files beside this one

/** What the real one answered, with names of the recording put in place of others: `{ nope: 'shop' }`. */
export function replyAs(name: string, replace: Record<string, string> = {}): Reply {
  const { status, body } = recordingOf(name).response;
  let text = JSON.stringify(body);
  for (const [from, to] of Object.entries(replace)) {
    text = text.replaceAll(escaped(from), () => escaped(to));
  }
  return { status, body: JSON.parse(text) as unknown }; // it was JSON before
}

const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);

/** The body of a recording, to be filled in. */
export const templateOf = (name: string): Json => recordingOf(name).response.body as Json; // every recorded body used so is an object

/** The entries of a list inside a recorded body. */
export const entriesOf = (name: string, key: string): Json[] => (templateOf(name)[key] ?? []) as Json[]; // upstream's lists hold objects
