/**
 * Does CB-Tumblebug take a credential of this name? `{provider}` is its own (holder `admin`), `{holder}-{provider}` another
 * holder's; a holder has small letters, digits and `_`.
 */
export function isHolderName(name: string, provider: string): boolean {
  if (name === provider) return true;
  const holder = name.endsWith(`-${provider}`) ? name.slice(0, -provider.length - 1) : '';
  return /^[a-z0-9_]+$/.test(holder) && holder !== 'admin';
}
