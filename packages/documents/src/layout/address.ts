import { documentProblem } from '../problems.ts'

const SCHEMES = new Set(['https:', 'http:', 'mailto:', 'tel:'])

/**
 * An address as a link has it, in ASCII (RFC 3986): names in other letters become Punycode, other signs are encoded.
 * Throws Problem `document-address-invalid` where it leads nowhere, or would run something.
 */
export function linkAddress(address: string): string {
  if (URL.canParse(address) && !/[\s\p{Cc}\p{Cs}]/u.test(address)) {
    const url = new URL(address)
    if (SCHEMES.has(url.protocol)) return url.href
  }
  const shown = address.length > 100 ? `${address.slice(0, 100)}…` : address
  throw documentProblem('document-address-invalid', {
    detail: { en: `The address is “${shown}”.`, th: `ที่อยู่คือ “${shown}”` },
  })
}
