import { constants, createCipheriv, publicEncrypt, randomBytes } from 'node:crypto';
import { addNamespace } from '../../testing/people.ts';
import { startTestServer, type Answer, type CallOptions, type TestServer } from '../../testing/start-test-server.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
type GroupRequest = { name: string; nodeGroupSize: number; specId: string; imageId: string };

/** A client of the open API, with a namespace `team`, a credential of `sim-aws` and what is needed to make servers there. */
export type OpenApiClient = {
  server: TestServer;
  call(method: Method, path: string, options?: CallOptions): Promise<Answer>;
  /** The body of an answer that must be 200. */
  body<Body>(method: Method, path: string, options?: CallOptions): Promise<Body>;
  /** Registers a credential of `sim-aws` by the hybrid encryption. */
  sendCredential(values: Record<string, string>, holder?: string): Promise<Answer>;
  specId: string;
  imageId: string;
  /** A request for two servers. */
  request(name: string): { name: string; nodeGroups: GroupRequest[] };
};

/** Every refusal has one. */
export const messageOf = (answer: Answer): string => (answer.body as { message: string }).message; // of its form

export async function openClient(): Promise<OpenApiClient> {
  const server = await startTestServer();
  await addNamespace(server, 'team');
  const call: OpenApiClient['call'] = (method, path, options = {}) => server.call(method, `/tumblebug${path}`, options);
  const body = async <Body>(method: Method, path: string, options: CallOptions = {}): Promise<Body> => {
    const answer = await call(method, path, options);
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${String(answer.status)} ${answer.text}`);
    return answer.body as Body; // each test looks at what it needs
  };
  const sendCredential = async (values: Record<string, string>, holder = 'admin'): Promise<Answer> => {
    const key = await body<{ publicKeyTokenId: string; publicKey: string }>('GET', '/credential/publicKey');
    return call('POST', '/credential', {
      body: { credentialHolder: holder, providerName: 'sim-aws', ...seal(key, values) },
    });
  };
  const registered = await sendCredential({ account: 'canary-account' });
  if (registered.status !== 200) throw new Error(`the credential was refused: ${registered.text}`);
  const policy = [{ metric: 'providerName', condition: [{ operator: '==', operand: 'sim-aws' }] }];
  const [spec] = await body<{ id: string }[]>('POST', '/recommendSpec', { body: { filter: { policy }, limit: 1 } });
  const specId = spec?.id ?? '';
  // Keys match in any case.
  const search = { body: { MatchedSpecID: specId } };
  const images = await body<{ imageList: { id: string }[] }>('POST', '/ns/system/resources/searchImage', search);
  const imageId = images.imageList[0]?.id ?? '';
  const request = (name: string) => ({ name, nodeGroups: [{ name: 'g1', nodeGroupSize: 2, specId, imageId }] });
  return { server, call, body, sendCredential, specId, imageId, request };
}

function seal(key: { publicKeyTokenId: string; publicKey: string }, values: Record<string, string>) {
  const aesKey = randomBytes(32);
  const sealOne = (text: string): string => {
    const iv = randomBytes(16);
    const cipher = createCipheriv('aes-256-cbc', aesKey, iv);
    return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
  };
  const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
  return {
    publicKeyTokenId: key.publicKeyTokenId,
    encryptedClientAesKeyByPublicKey: publicEncrypt({ key: key.publicKey, ...padding }, aesKey).toString('base64'),
    credentialKeyValueList: Object.entries(values).map(([name, value]) => ({ key: name, value: sealOne(value) })),
  };
}
