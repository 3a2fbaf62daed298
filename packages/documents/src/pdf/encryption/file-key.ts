import { cbc, ecb } from '@noble/ciphers/aes'
import { md5 } from '@noble/hashes/legacy.js'
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import { joinBytes, sameBytes } from '../../bytes.ts'
import type { EncryptionParameters } from './parameters.ts'
import { rc4 } from './rc4.ts'

/** What a password is filled up with (ISO 32000-2, 7.6.4.3.2). */
const PADDING = Uint8Array.from([
  0x28, 0xbf, 0x4e, 0x5e, 0x4e, 0x75, 0x8a, 0x41, 0x64, 0x00, 0x4e, 0x56, 0xff, 0xfa, 0x01, 0x08, 0x2e, 0x2e,
  0x00, 0xb6, 0xd0, 0x68, 0x3e, 0x80, 0x2f, 0x0c, 0xa9, 0xfe, 0x64, 0x53, 0x69, 0x7a,
])

const NO_IV = new Uint8Array(16)

/** The key of the file for this password, the user's or the owner's; undefined if it is neither. */
export function fileKey(parameters: EncryptionParameters, password: string): Uint8Array | undefined {
  return parameters.revision >= 5
    ? keyOfRevision5(parameters, password)
    : keyOfRevision2(parameters, password)
}

function keyOfRevision2(parameters: EncryptionParameters, password: string): Uint8Array | undefined {
  const padded = pad(Uint8Array.from(password, (c) => c.charCodeAt(0) & 255))
  return userKey(parameters, padded) ?? userKey(parameters, ownersUserPassword(parameters, padded))
}

function pad(password: Uint8Array): Uint8Array {
  const out = new Uint8Array(32)
  const taken = password.subarray(0, 32)
  out.set(taken)
  out.set(PADDING.subarray(0, 32 - taken.length), taken.length)
  return out
}

/** Algorithm 2, and 6 to see whether it fits. */
function userKey(parameters: EncryptionParameters, password: Uint8Array): Uint8Array | undefined {
  const { revision, owner, permissions, id, keyLength, encryptsMetadata } = parameters
  const p = permissions | 0
  const parts = [password, owner.subarray(0, 32), Uint8Array.of(p, p >> 8, p >> 16, p >> 24), id]
  if (revision >= 4 && !encryptsMetadata) parts.push(Uint8Array.of(255, 255, 255, 255))
  let key: Uint8Array = md5(joinBytes(parts))
  if (revision >= 3) for (let i = 0; i < 50; i++) key = md5(key.subarray(0, keyLength))
  key = key.subarray(0, keyLength)
  const expected =
    revision === 2 ? rc4(key, PADDING) : rc4Rounds(key, md5(joinBytes([PADDING, id])), 0, 20, 1)
  const compared = revision === 2 ? 32 : 16
  return sameBytes(expected.subarray(0, compared), parameters.user.subarray(0, compared)) ? key : undefined
}

/** Algorithm 7: the owner's password opens the user's. */
function ownersUserPassword(
  { revision, owner, keyLength }: EncryptionParameters,
  password: Uint8Array,
): Uint8Array {
  let key: Uint8Array = md5(password)
  if (revision >= 3) for (let i = 0; i < 50; i++) key = md5(key)
  key = key.subarray(0, keyLength)
  const sealed = owner.subarray(0, 32)
  return revision === 2 ? rc4(key, sealed) : rc4Rounds(key, sealed, 19, -1, -1)
}

function rc4Rounds(key: Uint8Array, data: Uint8Array, from: number, to: number, step: number): Uint8Array {
  let out = data
  for (let round = from; round !== to; round += step)
    out = rc4(
      key.map((byte) => byte ^ round),
      out,
    )
  return out
}

/** Algorithm 2.A: the password is checked by one salt, and opens the key with another. */
function keyOfRevision5(parameters: EncryptionParameters, password: string): Uint8Array | undefined {
  const { user, owner, revision } = parameters
  const bytes = new TextEncoder().encode(password.normalize('NFKC')).subarray(0, 127)
  const hash = revision === 5 ? hashOfRevision5 : hashOfRevision6
  const whole = user.subarray(0, 48)
  if (sameBytes(hash(bytes, owner.subarray(32, 40), whole), owner.subarray(0, 32))) {
    return open(hash(bytes, owner.subarray(40, 48), whole), parameters.ownerKey)
  }
  const none = new Uint8Array(0)
  if (!sameBytes(hash(bytes, user.subarray(32, 40), none), user.subarray(0, 32))) return undefined
  return open(hash(bytes, user.subarray(40, 48), none), parameters.userKey)
}

function open(key: Uint8Array, sealed: Uint8Array): Uint8Array {
  return cbc(key, NO_IV, { disablePadding: true }).decrypt(sealed)
}

function hashOfRevision5(password: Uint8Array, salt: Uint8Array, user: Uint8Array): Uint8Array {
  return sha256(joinBytes([password, salt, user]))
}

/** Algorithm 2.B. */
function hashOfRevision6(password: Uint8Array, salt: Uint8Array, user: Uint8Array): Uint8Array {
  let key = sha256(joinBytes([password, salt, user]))
  for (let round = 0, last = 0; round < 64 || last > round - 32; round++) {
    const block = joinBytes([password, key, user])
    const data = new Uint8Array(block.length * 64)
    for (let i = 0; i < 64; i++) data.set(block, i * block.length)
    const sealed = cbc(key.subarray(0, 16), key.subarray(16, 32), { disablePadding: true }).encrypt(data)
    const sum = sealed.subarray(0, 16).reduce((total, byte) => total + byte, 0)
    key = sum % 3 === 0 ? sha256(sealed) : sum % 3 === 1 ? sha384(sealed) : sha512(sealed)
    last = sealed[sealed.length - 1] ?? 0
  }
  return key.subarray(0, 32)
}

/** Whether Perms, opened, says what it must (algorithm 13): else the dictionary was changed. */
export function permissionsFit(key: Uint8Array, sealed: Uint8Array, permissions: number): boolean {
  const opened = ecb(key, { disablePadding: true }).decrypt(sealed.slice(0, 16))
  const view = new DataView(opened.buffer, opened.byteOffset, opened.length)
  const marked = opened[9] === 0x61 && opened[10] === 0x64 && opened[11] === 0x62
  return marked && view.getInt32(0, true) === (permissions | 0)
}
