import { BlockList, isIPv4, isIPv6 } from 'node:net'

/** Blocks of the special-purpose registry that are not globally reachable, multicast, and what is reserved (RFC 6890). */
const special4 = blocks('ipv4', [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
])

/** Global unicast is 2000::/3 (RFC 4291 §2.4); of it these lead elsewhere, or into a tunnel to any IPv4 address. */
const global6 = blocks('ipv6', [['2000::', 3]])
const special6 = blocks('ipv6', [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
])

/** Whether an IP address is one of the public Internet: not of this machine, its network, or anything reserved. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !special4.check(address, 'ipv4')
  if (!isIPv6(address) || address.includes('%')) return false
  return global6.check(address, 'ipv6') && !special6.check(address, 'ipv6')
}

function blocks(family: 'ipv4' | 'ipv6', list: readonly (readonly [network: string, prefix: number])[]) {
  const found = new BlockList()
  for (const [network, prefix] of list) found.addSubnet(network, prefix, family)
  return found
}
