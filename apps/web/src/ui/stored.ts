// Where storage is blocked, preferences last for this page only.
const memory = new Map<string, string>();

/** Reads a remembered value. */
export function readStored(key: string): string | undefined {
  try {
    return localStorage.getItem(`waterstrider.${key}`) ?? undefined;
  } catch {
    return memory.get(key);
  }
}

/** Remembers a value in this browser; `undefined` forgets it. */
export function writeStored(key: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(`waterstrider.${key}`);
    else localStorage.setItem(`waterstrider.${key}`, value);
  } catch {
    if (value === undefined) memory.delete(key);
    else memory.set(key, value);
  }
}
