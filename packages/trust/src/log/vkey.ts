import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { Problem } from '@sapan/kernel'
import { trustProblems } from '../problems.ts'

/** Signature types (c2sp.org/signed-note §Signature types) that are understood here. */
export const noteSignature = 0x01
export const cosignatureV1 = 0x04

export type NoteSignatureType = typeof noteSignature | typeof cosignatureV1

const keyBytes = 32

/** A public key that notes are verified with: the parts of a vkey. */
export interface NoteVerifier {
  readonly name: string
  /** First four bytes of a hash over name, type and key, in hex. Tells keys apart; proves nothing. */
  readonly keyId: string
  readonly type: NoteSignatureType
  readonly publicKey: KeyObject
}

/** `<name>+<key id>+<base64 of type and key>` for a log's Ed25519 key (c2sp.org/signed-note §Verifier keys). */
export function vkey(name: string, publicKey: KeyObject): string {
  return formatVkey(name, noteSignature, publicKey)
}

/** The same for a witness's Ed25519 key (c2sp.org/tlog-cosignature, type 0x04). */
export function cosignerVkey(name: string, publicKey: KeyObject): string {
  return formatVkey(name, cosignatureV1, publicKey)
}

function formatVkey(name: string, type: NoteSignatureType, publicKey: KeyObject): string {
  const material = Buffer.concat([Buffer.of(type), rawKey(publicKey)])
  return `${name}+${noteKeyId(name, type, publicKey)}+${material.toString('base64')}`
}

/** Reads a vkey; throws `note-malformed` when it is not one, or its key id is not its key's. */
export function parseVkey(text: string): NoteVerifier {
  const [name, keyId, material, ...more] = text.split('+')
  // Base64 has plus signs of its own.
  const encoded = [material, ...more].join('+')
  const bytes = Buffer.from(encoded, 'base64')
  const type = bytes[0]
  if (!name || bytes.toString('base64') !== encoded || bytes.length !== 1 + keyBytes) throw malformedVkey()
  if (type !== noteSignature && type !== cosignatureV1) throw malformedVkey()
  const publicKey = keyFromRaw(bytes.subarray(1))
  if (!isKeyName(name) || noteKeyId(name, type, publicKey) !== keyId) throw malformedVkey()
  return { name, keyId, type, publicKey }
}

/** SHA-256(name ‖ LF ‖ type ‖ key), its first four bytes in hex. */
export function noteKeyId(name: string, type: NoteSignatureType, publicKey: KeyObject): string {
  if (!isKeyName(name)) throw new TypeError('a key name has no spaces, plus signs or control characters')
  return createHash('sha256')
    .update(`${name}\n`)
    .update(Buffer.of(type))
    .update(rawKey(publicKey))
    .digest('hex')
    .slice(0, 8)
}

/** Not empty, and without plus signs, Unicode spaces and control characters (c2sp.org/signed-note §Format). */
export function isKeyName(name: string): boolean {
  return /^[^+\s\p{White_Space}\p{Cc}]+$/u.test(name)
}

function rawKey(publicKey: KeyObject): Buffer {
  const { x } = publicKey.asymmetricKeyType === 'ed25519' ? publicKey.export({ format: 'jwk' }) : {}
  if (typeof x !== 'string') throw new TypeError('notes are signed with Ed25519 keys')
  return Buffer.from(x, 'base64url')
}

function keyFromRaw(raw: Buffer): KeyObject {
  try {
    const key = { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }
    return createPublicKey({ key, format: 'jwk' })
  } catch (cause) {
    throw malformedVkey(cause)
  }
}

function malformedVkey(cause?: unknown): Problem {
  return new Problem(trustProblems['note-malformed'], {
    detail: { th: 'กุญแจตรวจสอบ (vkey) ผิดรูปแบบ', en: 'The verifier key (vkey) is malformed' },
    cause,
  })
}
