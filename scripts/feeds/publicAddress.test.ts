import { describe, expect, it } from 'vitest';
import { isPublicAddress } from './publicAddress.ts';

describe('addresses of the public internet', () => {
  it.each([
    '93.184.215.14',
    '1.1.1.1',
    '172.15.255.255',
    '172.32.0.1',
    '100.63.255.255',
    '100.128.0.1',
    '223.255.255.255',
  ])('%s is one', (address) => expect(isPublicAddress(address)).toBe(true));
  it.each(['2606:4700:4700::1111', '2a00:1450:4001:82a::200e', '64:ff9b::5db8:d70e'])('%s is one', (address) =>
    expect(isPublicAddress(address)).toBe(true),
  );
  it.each([
    ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '10.255.255.255', '100.64.0.1', '100.127.255.254', '127.0.0.1', '127.1.2.3'],
    ...['169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.8', '192.0.2.1', '192.168.1.1', '198.18.0.1'],
    ...['198.51.100.7', '203.0.113.9', '224.0.0.251', '239.255.255.250', '240.0.0.1', '255.255.255.255'],
  ])('IPv4 %s is none', (address) => expect(isPublicAddress(address)).toBe(false));
  it.each([
    ...[
      '::',
      '::1',
      '::ffff:127.0.0.1',
      '::ffff:93.184.215.14',
      '::7f00:1',
      'fe80::1',
      'fe80::1%eth0',
      'fc00::1',
      'fd12::1',
    ],
    ...[
      'fec0::1',
      'ff02::1',
      '2001:db8::1',
      '2001::1',
      '2002:7f00:1::',
      '3fff::1',
      '64:ff9b::7f00:1',
      '64:ff9b::a00:1',
    ],
    ...['64:ff9b:1::1', '100::1', '5f00::1', '2606:4700::1%1'],
  ])('IPv6 %s is none', (address) => expect(isPublicAddress(address)).toBe(false));
  it.each(['', 'localhost', '127.1', '0x7f000001', '1.2.3', '::g'])('“%s” is no address at all', (address) =>
    expect(isPublicAddress(address)).toBe(false),
  );
});
