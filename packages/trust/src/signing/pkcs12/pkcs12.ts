import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'
import { Problem } from '@sapan/kernel'
import { derFromBer } from '../../der/ber.ts'
import { data as plainData } from '../../der/oids.ts'
import { type DerElement, DerError, DerSequence, readDer } from '../../der/read.ts'
import { trustProblems } from '../../problems.ts'
import { chainAbove } from '../token/objects.ts'
import { decryptWithPassword, macHolds, Password, WrongPassword } from './password.ts'

export interface PrivateKeyWithCertificate {
  readonly key: KeyObject
  readonly certificate: Uint8Array
  readonly chain: readonly Uint8Array[]
}

const mostBytes = 1024 * 1024

const encryptedData = '1.2.840.113549.1.7.6'
const bags = {
  key: '1.2.840.113549.1.12.10.1.1',
  shroudedKey: '1.2.840.113549.1.12.10.1.2',
  certificate: '1.2.840.113549.1.12.10.1.3',
  safe: '1.2.840.113549.1.12.10.1.6',
} as const
const x509Certificate = '1.2.840.113549.1.9.22.1'

/**
 * The one private key of a PFX (RFC 7292), its certificate, and those above it. Reads what OpenSSL, Windows, Java and
 * browsers write, old encryptions too. Throws `signing-key-unreadable`, `signing-key-password`.
 */
export function readPkcs12(pfx: Uint8Array, text: string): PrivateKeyWithCertificate {
  try {
    if (pfx.length > mostBytes) throw new DerError('too large')
    return together(readSafes(readDer(derFromBer(pfx)), new Password(text)))
  } catch (cause) {
    if (cause instanceof WrongPassword) throw new Problem(trustProblems['signing-key-password'], { cause })
    if (cause instanceof DerError) throw new Problem(trustProblems['signing-key-unreadable'], { cause })
    throw cause
  }
}

interface Safes {
  readonly keys: KeyObject[]
  readonly certificates: Buffer[]
}

function readSafes(pfx: DerElement, password: Password): Safes {
  const parts = new DerSequence(pfx)
  if (parts.next().integer() !== 3n) throw new DerError('not version 3')
  const content = contentOf(parts.next(), password)
  const mac = parts.optional(0x30)
  parts.end()
  if (mac && !macHolds(mac, content, password)) throw new WrongPassword()
  const safes: Safes = { keys: [], certificates: [] }
  for (const each of readDer(derFromBer(content)).children(0x30)) {
    readSafe(derFromBer(contentOf(each, password)), password, safes, 4)
  }
  return safes
}

/** The bytes in a ContentInfo: plain, or under the password. */
function contentOf(info: DerElement, password: Password): Buffer {
  const parts = new DerSequence(info)
  const type = parts.next().oid()
  const inner = parts.next().only(0xa0)
  if (type === plainData) return inner.octets()
  if (type !== encryptedData) throw new DerError('a content that is not known')
  const fields = new DerSequence(inner)
  fields.next()
  const encrypted = new DerSequence(fields.next())
  encrypted.next()
  const algorithm = encrypted.next()
  return decryptWithPassword(algorithm, encryptedContent(encrypted.next()), password)
}

/** `[0] IMPLICIT OCTET STRING`; in one piece, but by some writers still as a string of one. */
function encryptedContent(element: DerElement): Buffer {
  if (element.tag === 0xa0) return element.only(0xa0).octets()
  element.expect(0x80)
  return element.content
}

function readSafe(content: Buffer, password: Password, safes: Safes, depth: number): void {
  if (depth === 0) throw new DerError('too deep')
  for (const bag of readDer(content).children(0x30)) {
    const parts = new DerSequence(bag)
    const type = parts.next().oid()
    const value = parts.next().only(0xa0)
    if (type === bags.key) safes.keys.push(privateKey(value.raw))
    else if (type === bags.shroudedKey) safes.keys.push(privateKey(unshrouded(value, password)))
    else if (type === bags.certificate) safes.certificates.push(...certificateIn(value))
    else if (type === bags.safe) readSafe(value.raw, password, safes, depth - 1)
  }
}

/** EncryptedPrivateKeyInfo (RFC 5958 §3). */
function unshrouded(element: DerElement, password: Password): Buffer {
  const parts = new DerSequence(element)
  const algorithm = parts.next()
  return decryptWithPassword(algorithm, parts.next().octets(), password)
}

function privateKey(der: Buffer): KeyObject {
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  } catch {
    throw new DerError('a private key')
  }
}

function certificateIn(element: DerElement): Buffer[] {
  const parts = new DerSequence(element)
  return parts.next().oid() === x509Certificate ? [parts.next().only(0xa0).octets()] : []
}

/** Whose key it is decides which certificate goes with it, not what the file says of them. */
function together({ keys, certificates }: Safes): PrivateKeyWithCertificate {
  const [key, ...more] = keys
  if (!key || more.length > 0) throw new DerError('one private key expected')
  const publicKey = createPublicKey(key)
  const certificate = certificates.find((der) => holds(der, publicKey))
  if (!certificate) throw new DerError('no certificate for the key')
  return { key, certificate, chain: chainAbove(certificate, certificates) }
}

function holds(certificate: Buffer, publicKey: KeyObject): boolean {
  try {
    return new X509Certificate(certificate).publicKey.equals(publicKey)
  } catch {
    return false
  }
}
