// Who stands behind an address of the network, for whoever counts what it does without an account.

/** Whoever has one address of version 6 has its whole network: the first 64 bits are one source. */
export function sourceOf(address: string): string {
  const bare = address.replace(/%.*$/, '');
  // Version 4, also as version 6 writes it.
  if (!bare.includes(':') || /\.\d+$/.test(bare)) return bare.replace(/^.*:/, '');
  const [head = '', tail] = bare.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const all = tail === undefined ? left : [...left, ...Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0'), ...right];
  return all.slice(0, 4).map((part) => part.replace(/^0+(?=.)/, '').toLowerCase()).join(':');
}
