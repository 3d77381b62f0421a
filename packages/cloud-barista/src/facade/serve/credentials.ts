import { DomainError } from '@waterstrider/contract';
import type { FacadeConsole, FacadeHandler } from '../console.ts';
import { FacadeError } from '../facade-error.ts';
import { allOf } from '../read/all-pages.ts';
import { list, object, text } from '../read/body.ts';
import { defaultHolder, toCredentialName } from '../write/connection.ts';
import { orNull } from '../write/texts.ts';
import { toConnConfigs } from './connections.ts';

const readCredential = object({
  credentialHolder: text,
  providerName: text,
  publicKeyTokenId: text,
  encryptedClientAesKeyByPublicKey: text,
  credentialKeyValueList: list(object({ key: text, value: text })),
});

export const getPublicKey: FacadeHandler = ({ tools }) => tools.keys.create();

/** Makes the credential, or replaces its values; answers when each of its connections has been verified or refused. */
export const registerCredential: FacadeHandler = async ({ console, request, tools }) => {
  const given = readCredential(request.body, '');
  const provider = given.providerName.toLowerCase();
  const holder = (given.credentialHolder || defaultHolder).toLowerCase();
  if (!/^[a-z0-9_]+$/.test(holder))
    throw new FacadeError(400, 'credentialHolder: only lowercase alphanumeric and underscores are allowed');
  const values = tools.keys.open(
    given.publicKeyTokenId,
    given.encryptedClientAesKeyByPublicKey,
    given.credentialKeyValueList,
  );
  const name = toCredentialName(holder, provider);
  const { operation } = await createOrReplace(console, { name, provider, values });
  await console.waitForOperation(operation.id);
  const connections = await allOf(console, 'listConnections', { query: { filter: `credential:${name}` } });
  return {
    credentialName: name,
    credentialHolder: holder,
    providerName: provider,
    keyValueInfoList: Object.keys(values).map((key) => ({ key, value: '************' })),
    allConnections: { connectionconfig: orNull(await toConnConfigs(console, connections)) },
    openBaoStatus: 'skipped: the console encrypts credentials itself',
  };
};

async function createOrReplace(
  console: FacadeConsole,
  { name, provider, values }: { name: string; provider: string; values: Record<string, string> },
) {
  try {
    return await console.call('createCredential', { body: { name, provider, values } });
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'exists') throw error;
    return console.call('updateCredential', { params: { credential: name }, body: { values } });
  }
}
