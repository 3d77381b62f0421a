import type { Operation, OutputOf, RequestOf, RowName } from '@waterstrider/contract';
import type { CredentialKeys } from './credential-keys.ts';
import type { RequestLog } from './request-log.ts';

/** What the facade may do: call rows of the contract, each with the caller's rights, validated and audited as everywhere. */
export type FacadeConsole = {
  readonly actor: { readonly username: string; readonly admin: boolean };
  /** Throws `DomainError` as the row does; parts of the request that are left out are empty. */
  call<Name extends RowName>(name: Name, request?: Partial<RequestOf<Name>>): Promise<OutputOf<Name>>;
  /** The task once it has ended. Throws `unavailable` when the server stops first. */
  waitForOperation(id: string): Promise<Operation>;
  /** Resolves when something may have changed, after a second at the latest. Throws `unavailable` when the server stops. */
  waitForChange(): Promise<void>;
};

/** One call of the open API. `body` is what was sent, unchecked. */
export type FacadeRequest = {
  /** From `X-Request-Id`, or given out by the server. */
  readonly id: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** From `X-Credential-Holder`, in lower case. */
  readonly credentialHolder: string;
};

/** Kept by the server for all calls. */
export type FacadeTools = {
  readonly requests: RequestLog;
  readonly keys: CredentialKeys;
  isReady(): Promise<boolean>;
};

export type FacadeCall = {
  readonly console: FacadeConsole;
  readonly request: FacadeRequest;
  readonly tools: FacadeTools;
};
/** Answers with what becomes the JSON body; throws `FacadeError` or `DomainError`. */
export type FacadeHandler = (call: FacadeCall) => Promise<unknown>;

export const param = ({ params }: FacadeRequest, name: string): string => params[name] ?? '';
