// Which addresses nobody outside may make this server call: its own, its network's, and all that is no address of one host in the internet. Pure.
import { BlockList, isIP } from 'node:net';

// IANA special-purpose registries (RFC 6890 and what follows it). Everything here is refused unless the operator names the host.
const V4 = [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.31.196.0', 24], ['192.52.193.0', 24],
  ['192.88.99.0', 24], ['192.168.0.0', 16], ['192.175.48.0', 24], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
] as const;
/** Of version 6 only global unicast (2000::/3) is called; of that not what carries another address within or is no host. */
const V6 = [['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20]] as const;

const forbidden4 = new BlockList();
for (const [net, prefix] of V4) forbidden4.addSubnet(net, prefix, 'ipv4');
const forbidden6 = new BlockList();
for (const [net, prefix] of V6) forbidden6.addSubnet(net, prefix, 'ipv6');
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');

/** True for an address that may be called by order of somebody who is not the operator. Texts that are no address are not public. */
export function isPublicAddress(address: string): boolean {
  const plain = address.replace(/%.*$/, '');
  switch (isIP(plain)) {
    case 4: return !forbidden4.check(plain, 'ipv4');
    // A version 4 address within one of version 6 (::ffff:…, 64:ff9b::…) lies outside of 2000::/3.
    case 6: return global6.check(plain, 'ipv6') && !forbidden6.check(plain, 'ipv6');
    default: return false;
  }
}
