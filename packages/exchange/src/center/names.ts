import { isIP } from 'node:net'
import { readCertificate } from '@sapan/trust'
import type { MemberClass } from '../directory/document.ts'
import { parseGateway } from '../identifier.ts'
import { exchangeProblem } from '../problems.ts'

const classes: readonly string[] = ['GOV', 'LOC', 'COM', 'NGO'] satisfies MemberClass[]

/** Codes become parts of addresses, file names and header values: nothing in them needs escaping anywhere. */
const code = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/

export function isMemberClass(value: string): value is MemberClass {
  return classes.includes(value)
}

/** Throws Problem `member-class-unknown`. */
export function checkMemberClass(value: string): MemberClass {
  if (!isMemberClass(value)) throw exchangeProblem('member-class-unknown')
  return value
}

/** The code itself. Throws Problem `code-malformed`, which names the kind of code but not what was sent. */
export function checkCode(value: string): string {
  if (!code.test(value)) throw exchangeProblem('code-malformed')
  return value
}

/** `TH/GOV/DOPA`. Throws Problem `member-class-unknown` or `code-malformed`. */
export function memberId(instance: string, memberClass: string, memberCode: string): string {
  return `${instance}/${checkMemberClass(memberClass)}/${checkCode(memberCode)}`
}

/** The member that owns `TH/GOV/DOPA/gateway-1`. Throws Problem `address-malformed` or `code-malformed`. */
export function ownerOf(instance: string, gateway: string): string {
  const parts = parseGateway(gateway)
  checkCode(parts.gatewayCode)
  if (parts.instance !== instance) {
    throw exchangeProblem('address-malformed', {
      detail: { th: `ชื่อต้องขึ้นต้นด้วย ${instance}`, en: `The name begins with ${instance}.` },
    })
  }
  return memberId(instance, parts.class, parts.code)
}

/**
 * A peer address as the directory has it: `https://host:port`, the port always there. Throws Problem
 * `request-invalid` for anything with a path, a query or credentials.
 */
export function checkPeer(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined
  const bare = url?.pathname === '/' && !url.search && !url.hash && !url.username && !url.password
  if (url?.protocol !== 'https:' || !bare || !isHost(url.hostname) || address.length > 512) {
    throw exchangeProblem('request-invalid', {
      detail: {
        th: 'ที่อยู่เกตเวย์ (peer) ต้องเป็น https://โฮสต์:พอร์ต',
        en: 'The gateway’s address (peer) is https://host:port and nothing more.',
      },
    })
  }
  return `https://${url.hostname}:${url.port || '443'}`
}

/** RFC 1123 §2.1, in the one spelling: without the dot at the end. */
const hostName =
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/

/** A plain name or an address: a wildcard would make a certificate for everyone's hosts. */
function isHost(host: string): boolean {
  return hostName.test(host) || host.startsWith('[')
}

/**
 * A host as an operator names it, in the form in which `hostOf` has it. Throws Problem `request-invalid` for a wildcard,
 * and for anything beside the host.
 */
export function checkHost(text: string): string {
  const bare = /^\[(.*)\]$/.exec(text)?.[1] ?? text
  const host = isIP(bare) === 6 ? `[${bare}]` : /[:/\\?#@[\]\s]/.test(text) ? '' : text
  return hostOf(checkPeer(`https://${host}`))
}

/** The host of an address, without the brackets of IPv6. */
export function hostOf(address: string): string {
  return new URL(address).hostname.replace(/^\[|\]$/g, '')
}

/** The names that a TLS certificate for these addresses carries. */
export function hostNames(...addresses: readonly string[]): HostNames {
  const hosts = [...new Set(addresses.map(hostOf))]
  return { dns: hosts.filter((host) => !isIP(host)), ips: hosts.filter((host) => isIP(host)) }
}

export interface HostNames {
  readonly dns: readonly string[]
  readonly ips: readonly string[]
}

/** Whether the certificate (DER) is for exactly these hosts: after a move, the one of before does not fit. */
export function isForHosts(der: Buffer, { dns, ips }: HostNames): boolean {
  const { extensions } = readCertificate(der)
  return extensions.dns.join() === dns.join() && extensions.ips.join() === ips.join()
}
