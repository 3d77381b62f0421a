import type { InputOf, OutputOf, PlatformRowName, RowName } from '@waterstrider/contract';
import type { RequestContext } from './context.ts';

/** A ready JSON text: lists are joined from texts that are kept with each object. */
export class Raw {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export const rawJson = (text: string): Raw => new Raw(text);

/** Carries out a console row. The call is authenticated, validated and authorised; whatever is thrown is answered by the error handler. */
export type Handler<Name extends RowName> = (
  input: InputOf<Name>,
  context: RequestContext,
) => Promise<OutputOf<Name> | Raw>;

/** Rows kept by the console itself; the event stream has a route of its own. */
export type ConsoleRowName = Exclude<RowName, PlatformRowName | 'streamEvents'>;

/** A row without an implementation does not type-check. */
export type ConsoleHandlers = { [Name in ConsoleRowName]: Handler<Name> };
