/** A refusal in Tumblebug's form: `{ "message": … }` with this HTTP status. The message never holds a secret. */
export class FacadeError extends Error {
  override readonly name = 'FacadeError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Tumblebug's words for a namespace that does not exist, or that one may not see. */
export const noNamespace = (): FacadeError => new FacadeError(404, 'Not valid namespace');
export const missing = (kind: string, name: string): FacadeError =>
  new FacadeError(404, `The ${kind} ${name} does not exist.`);
