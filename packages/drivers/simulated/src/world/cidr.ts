/** An IPv4 block as numbers: `first` is the network address. */
export type Cidr = { first: number; size: number; prefix: number };

const toNumber = (address: string): number | undefined => {
  const parts = address.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
};

/** `10.1.2.3` of its number. */
export const toAddress = (value: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');

/** Undefined when the text is not an IPv4 block, or has bits set behind its prefix. */
export const parseCidr = (text: string): Cidr | undefined => {
  const [address, length, ...rest] = text.split('/');
  if (!address || !length || rest.length > 0 || !/^(0|[1-9]\d?)$/.test(length)) return undefined;
  const first = toNumber(address);
  const prefix = Number(length);
  if (first === undefined || prefix > 32) return undefined;
  const size = 2 ** (32 - prefix);
  return first % size === 0 ? { first, size, prefix } : undefined;
};

export const cidrContains = (outer: Cidr, inner: Cidr): boolean =>
  inner.first >= outer.first && inner.first + inner.size <= outer.first + outer.size;

export const cidrsOverlap = (a: Cidr, b: Cidr): boolean => a.first < b.first + b.size && b.first < a.first + a.size;

/** Addresses of a subnet that servers may get: clouds keep the first four and the last. */
export const usableAddresses = ({ first, size }: Cidr): { from: number; to: number } => ({
  from: first + 4,
  to: first + size - 2,
});
