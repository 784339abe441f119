// Whether an IP address is one of the public internet: nothing on this computer, in its network, or kept for another purpose.
import { BlockList, isIP } from 'node:net';

/** From the IANA IPv4 Special-Purpose Address Registry; multicast and what is reserved above it. */
const SPECIAL_4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.31.196.0/24', '192.52.193.0/24', '192.88.99.0/24', '192.168.0.0/16', '192.175.48.0/24'],
  ...['198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
];
/** All that is given out of the IPv6 space for hosts of the internet, and what of it is kept (IANA IPv6 registry). */
const GLOBAL_6 = ['2000::/3'];
const SPECIAL_6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'];
/** An IPv4 address stands in the last 32 bits, put there by a network that has no IPv4 (RFC 6052). */
const TRANSLATED = ['64:ff9b::/96'];

const special4 = listOf(SPECIAL_4, 'ipv4');
const global6 = listOf(GLOBAL_6, 'ipv6');
const special6 = listOf(SPECIAL_6, 'ipv6');
const translated = listOf(TRANSLATED, 'ipv6');

/** False for anything that is no IP address. IPv6 addresses that only wrap an IPv4 one (`::ffff:…`) are none of the internet. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !special4.check(address, 'ipv4');
    case 6:
      // One with a zone is of a network that this computer is in.
      if (address.includes('%')) return false;
      if (translated.check(address, 'ipv6')) return isPublicAddress(lastIPv4(address));
      return global6.check(address, 'ipv6') && !special6.check(address, 'ipv6');
    default:
      return false;
  }
}

function listOf(ranges: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', bits] = range.split('/');
    list.addSubnet(network, Number(bits), family);
  }
  return list;
}

function lastIPv4(address: string): string {
  // As the URL parser writes it, in groups of hexadecimal.
  const groups = new URL(`http://[${address}]`).hostname.slice(1, -1).split(':').slice(-2);
  return groups
    .map((group) => Number.parseInt(group || '0', 16))
    .flatMap((bits) => [bits >> 8, bits & 0xff])
    .join('.');
}
