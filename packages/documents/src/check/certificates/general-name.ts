import { Asn1Error } from '../asn1/error.ts'
import type { Asn1 } from '../asn1/read.ts'
import { type Name, readName } from './name.ts'

/** GeneralName (RFC 5280 §4.2.1.6), as far as constraints on names know it. */
export type GeneralName =
  | { readonly kind: 'email' | 'dns' | 'uri'; readonly text: string }
  | { readonly kind: 'ip'; readonly bytes: Uint8Array }
  | { readonly kind: 'directory'; readonly name: Name }
  | { readonly kind: 'other'; readonly tag: number }

const mostNames = 1000
const ascii = new TextDecoder('latin1')

export function readGeneralNames(element: Asn1, tag = 0x30): GeneralName[] {
  const names = element.children(tag)
  if (names.length > mostNames) throw new Asn1Error('too many names')
  return names.map(readGeneralName)
}

export function readGeneralName(element: Asn1): GeneralName {
  const { tag, content } = element
  if (tag === 0x81) return { kind: 'email', text: ascii.decode(content) }
  if (tag === 0x82) return { kind: 'dns', text: ascii.decode(content) }
  if (tag === 0x86) return { kind: 'uri', text: ascii.decode(content) }
  if (tag === 0x87) return { kind: 'ip', bytes: content }
  if (tag === 0xa4) return { kind: 'directory', name: readName(element.only()) }
  return { kind: 'other', tag }
}

/** Whether the name lies in the subtree (RFC 5280 §4.2.1.10). Undefined where the kinds differ: it says nothing. */
export function isWithin(name: GeneralName, base: GeneralName): boolean | undefined {
  if (name.kind !== base.kind) return undefined
  if (name.kind === 'directory' && base.kind === 'directory') {
    return base.name.parts.every((part, at) => name.name.parts[at] === part)
  }
  if (name.kind === 'dns' && base.kind === 'dns') return isHostWithin(name.text, base.text)
  if (name.kind === 'email' && base.kind === 'email') return isMailWithin(name.text, base.text)
  if (name.kind === 'uri' && base.kind === 'uri') return isUriWithin(name.text, base.text)
  if (name.kind === 'ip' && base.kind === 'ip') return isAddressWithin(name.bytes, base.bytes)
  if (name.kind === 'other' && base.kind === 'other') return name.tag === base.tag ? false : undefined
  return undefined
}

function isHostWithin(host: string, base: string): boolean {
  const name = host.toLowerCase()
  const above = base.toLowerCase().replace(/^\./, '')
  return above === '' || name === above || name.endsWith(`.${above}`)
}

function isMailWithin(mailbox: string, base: string): boolean {
  const at = mailbox.lastIndexOf('@')
  const host = mailbox.slice(at + 1).toLowerCase()
  const above = base.toLowerCase()
  if (above.includes('@')) {
    const split = above.lastIndexOf('@')
    return mailbox.slice(0, at).toLowerCase() === above.slice(0, split) && host === above.slice(split + 1)
  }
  return above.startsWith('.') ? host.endsWith(above) : host === above
}

function isUriWithin(uri: string, base: string): boolean {
  const host = /^[a-z][a-z\d+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:]+)/i.exec(uri)?.[1]?.toLowerCase()
  if (host === undefined) return false
  const above = base.toLowerCase()
  return above.startsWith('.') ? host.endsWith(above) : host === above
}

function isAddressWithin(address: Uint8Array, base: Uint8Array): boolean {
  const bytes = address.length
  if (base.length !== bytes * 2) return false
  return address.every((byte, at) => {
    const mask = base[bytes + at] ?? 0
    return (byte & mask) === ((base[at] ?? 0) & mask)
  })
}
