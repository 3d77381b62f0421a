/** Authenticated encryption of small secrets under the master key. Throws when a text was changed or made with another key. */
export type Secrets = {
  /** `context` binds the text to its place, such as `credential:<id>`. */
  seal(plain: string, context: string): Buffer;
  open(sealed: Buffer, context: string): string;
};
