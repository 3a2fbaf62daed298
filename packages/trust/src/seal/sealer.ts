import { createCipheriv, createDecipheriv } from 'node:crypto'
import { drawRandom, Problem } from '@sapan/kernel'
import { trustProblems } from '../problems.ts'
import { DerivedKeys, xaesNonceBytes } from './xaes.ts'

const tagBytes = 16
const headBytes = 1 + xaesNonceBytes
const cipherName = 'aes-256-gcm'

/**
 * Encrypts what lies at rest, with XAES-256-GCM (c2sp.org/XAES-256-GCM): its 24-byte random nonce does not wear
 * out, where AES-GCM's 12 bytes do after some 2³² records. Keys have versions, so that a new one can be added while
 * old data stays readable.
 */
export class Sealer {
  readonly #keys = new Map<number, DerivedKeys>()
  readonly current: number

  /** `keys`: 32 bytes each, by version 1 to 255; `current` seals. */
  constructor(keys: ReadonlyMap<number, Uint8Array>, current: number) {
    for (const [version, key] of keys) {
      if (!Number.isInteger(version) || version < 1 || version > 255) {
        throw new TypeError(`not a key version: ${version}`)
      }
      this.#keys.set(version, new DerivedKeys(key))
    }
    if (!this.#keys.has(current)) throw new TypeError(`no sealing key of version ${current}`)
    this.current = current
  }

  /** `version (1) ‖ nonce (24) ‖ ciphertext ‖ tag (16)`. `aad` is bound, not stored: give the same to `open`. */
  seal(plain: Uint8Array, aad: Uint8Array): Buffer {
    const head = Buffer.allocUnsafe(headBytes)
    head[0] = this.current
    drawRandom(xaesNonceBytes).copy(head, 1)
    const { key, nonce } = this.#keyFor(head)
    const cipher = createCipheriv(cipherName, key, nonce)
    cipher.setAAD(boundData(this.current, aad))
    const body = cipher.update(plain)
    // GCM's final gives no bytes, but the tag needs it.
    cipher.final()
    return Buffer.concat([head, body, cipher.getAuthTag()])
  }

  /** The plain bytes. Throws `sealed-unreadable` for altered bytes, another `aad`, or an unknown key version. */
  open(sealed: Uint8Array, aad: Uint8Array): Buffer {
    if (sealed.length < headBytes + tagBytes) throw unreadable('too short')
    const { key, nonce } = this.#keyFor(sealed)
    const decipher = createDecipheriv(cipherName, key, nonce, { authTagLength: tagBytes })
    decipher.setAAD(boundData(sealed[0] ?? 0, aad))
    decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes))
    const plain = decipher.update(sealed.subarray(headBytes, sealed.length - tagBytes))
    try {
      decipher.final()
    } catch (cause) {
      throw unreadable('altered, or bound to another place', cause)
    }
    return plain
  }

  #keyFor(sealed: Uint8Array) {
    const version = sealed[0] ?? 0
    const keys = this.#keys.get(version)
    if (!keys) throw unreadable(`key version ${version} is not here`)
    return keys.derive(sealed.subarray(1, headBytes))
  }
}

/** The version is bound too, so that one key under two versions still tells them apart. */
function boundData(version: number, aad: Uint8Array): Buffer {
  const bound = Buffer.allocUnsafe(1 + aad.length)
  bound[0] = version
  bound.set(aad, 1)
  return bound
}

function unreadable(reason: string, cause?: unknown): Problem {
  const type = trustProblems['sealed-unreadable']
  return new Problem(type, { detail: { th: type.title.th, en: `${type.title.en}: ${reason}` }, cause })
}
