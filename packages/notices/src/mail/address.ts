import { Problem } from '@sapan/kernel'
import { noticesProblems } from '../problems.ts'

/**
 * One mailbox, and nothing that a mail system could take for more: no lists, no names, no quotes, no comments, no
 * addresses of hosts (a part of `addr-spec` of RFC 5322 §3.4.1, with letters of any script after RFC 6531).
 */
const pattern =
  /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*@(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?\.)+[\p{L}\p{M}\p{N}-]{2,}$/u

/** Octets (RFC 5321 §4.5.3.1): of all of it, and of what stands before the @. */
const longest = { address: 254, local: 64 }

/** An address as it is kept and compared: trimmed, in NFC, its domain in small letters. Throws `email-address-invalid`. */
export function emailAddress(text: string): string {
  const trimmed = text.trim().normalize('NFC')
  const at = trimmed.lastIndexOf('@')
  const fits =
    Buffer.byteLength(trimmed) <= longest.address && Buffer.byteLength(trimmed.slice(0, at)) <= longest.local
  // Long before a pattern that looks at every letter is tried.
  if (!fits || !pattern.test(trimmed)) throw new Problem(noticesProblems['email-address-invalid'])
  return trimmed.slice(0, at) + trimmed.slice(at).toLowerCase()
}

/** For eyes that may be another's: `so•••••@example.go.th`. */
export function maskedAddress(address: string): string {
  const at = address.lastIndexOf('@')
  return `${[...address.slice(0, at)].slice(0, 2).join('')}•••••${address.slice(at)}`
}
