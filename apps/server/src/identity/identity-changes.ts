/** Tells who keeps something about a person (caches, streams) that rights, password or session changed. `undefined`: maybe anybody's. */
export class IdentityChanges {
  readonly #listeners = new Set<(userId: string | undefined) => void>();

  /** Returns the way to stop listening. */
  listen(listener: (userId: string | undefined) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  emit(userId: string | undefined): void {
    for (const listener of [...this.#listeners]) listener(userId);
  }
}
