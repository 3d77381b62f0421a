import { Agent, request as send } from 'node:http';
import { rows, type RowName, type RowOutput, type RowRequest } from '@waterstrider/contract';

type Rows = typeof rows;
type Given = { params?: object; query?: object; body?: object };
export type Client = {
  readonly url: string;
  readonly authorization: string;
  /** Calls a row; throws with the server's own words when it refuses. */
  call<Name extends RowName>(
    name: Name,
    request?: Partial<RowRequest<Rows[Name]>> & Given,
  ): Promise<RowOutput<Rows[Name]>>;
};

export function createClient(url: string, authorization: string): Client {
  const agent = new Agent({ keepAlive: true });
  return {
    url,
    authorization,
    async call(name, request = {}) {
      const { method, path } = rows[name];
      const target = `${url}${fillIn(path, request.params)}${writeQuery(request.query)}`;
      const payload = request.body === undefined ? undefined : JSON.stringify(request.body);
      const { status, text } = await exchange({ method, target, payload, authorization, agent });
      if (status >= 400) throw new Error(`${method} ${path} was refused with ${String(status)}: ${text}`);
      return (text === '' ? undefined : JSON.parse(text)) as never; // the server's answers fit their rows
    },
  };
}

const fillIn = (path: string, params: object = {}): string =>
  Object.entries(params).reduce(
    (filled, [key, value]) => filled.replace(`:${key}`, encodeURIComponent(String(value))),
    path,
  );

function writeQuery(query: object = {}): string {
  const pairs = Object.entries(query).flatMap(([key, value]: [string, unknown]) =>
    [value].flat().map((each) => [key, String(each)] as [string, string]),
  );
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`;
}

type Exchange = { method: string; target: string; payload: string | undefined; authorization: string; agent: Agent };

function exchange({
  method,
  target,
  payload,
  authorization,
  agent,
}: Exchange): Promise<{ status: number; text: string }> {
  const type = payload === undefined ? {} : { 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const request = send(target, { method, agent, headers: { authorization, ...type } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }),
      );
    });
    request.on('error', reject);
    request.end(payload);
  });
}
