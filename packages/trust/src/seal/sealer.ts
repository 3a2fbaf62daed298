import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { Problem } from '@sapan/kernel'
import { trustProblems } from '../problems.ts'
import { DerivedKeys, xaesNonceBytes } from './xaes.ts'

const tagBytes = 16
const headBytes = 1 + xaesNonceBytes
const cipherName = 'aes-256-gcm'

/** Where the version and the first 20 bytes of the nonce end, and its counter begins. */
const counterAt = headBytes - 4

/** How often one derived key seals. */
const sealsPerKey = 1024

/** A key that was derived, and what the seals under it begin with. */
interface Sealing {
  readonly key: KeyObject
  /** Version, and a nonce whose last four bytes are counted. */
  readonly head: Buffer
  used: number
}

/**
 * Encrypts what lies at rest, with XAES-256-GCM (c2sp.org/XAES-256-GCM): its 24-byte nonce does not wear out, where
 * AES-GCM's 12 bytes do after some 2³² records. Keys have versions, so that a new one can be added while old data
 * stays readable.
 *
 * A nonce is 20 random bytes, drawn anew for each 1024 seals, and a counter (NIST SP 800-38D §8.2.1): the first 12
 * of them choose the derived key, which so is derived once for all of these. What is sealed opens by itself.
 */
export class Sealer {
  readonly #keys = new Map<number, DerivedKeys>()
  readonly current: number
  #sealing: Sealing | undefined
  /** The derived key that opened last: what was sealed together is read together. */
  #opening: { readonly chosenBy: Buffer; readonly key: KeyObject } | undefined

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
    const { key, head } = this.#next()
    const sealed = Buffer.allocUnsafe(headBytes + plain.length + tagBytes)
    sealed.set(head)
    const cipher = createCipheriv(cipherName, key, head.subarray(headBytes - 12))
    cipher.setAAD(boundData(this.current, aad))
    sealed.set(cipher.update(plain), headBytes)
    // GCM's final gives no bytes, but the tag needs it.
    cipher.final()
    sealed.set(cipher.getAuthTag(), headBytes + plain.length)
    return sealed
  }

  /** The plain bytes. Throws `sealed-unreadable` for altered bytes, another `aad`, or an unknown key version. */
  open(sealed: Uint8Array, aad: Uint8Array): Buffer {
    if (sealed.length < headBytes + tagBytes) throw unreadable('too short')
    const nonce = sealed.subarray(headBytes - 12, headBytes)
    const decipher = createDecipheriv(cipherName, this.#keyFor(sealed), nonce, { authTagLength: tagBytes })
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

  /** The key for the next seal, with a nonce that no other has. */
  #next(): Sealing {
    if (!this.#sealing || this.#sealing.used === sealsPerKey) this.#sealing = this.#begin()
    this.#sealing.head.writeUInt32BE(this.#sealing.used++, counterAt)
    return this.#sealing
  }

  #begin(): Sealing {
    const head = Buffer.alloc(headBytes)
    head[0] = this.current
    randomBytes(counterAt - 1).copy(head, 1)
    return { key: this.#derive(head), head, used: 0 }
  }

  #keyFor(sealed: Uint8Array): KeyObject {
    const chosenBy = sealed.subarray(0, headBytes - 12)
    if (!this.#opening?.chosenBy.equals(chosenBy)) {
      this.#opening = { key: this.#derive(sealed), chosenBy: Buffer.from(chosenBy) }
    }
    return this.#opening.key
  }

  #derive(sealed: Uint8Array): KeyObject {
    const version = sealed[0] ?? 0
    const keys = this.#keys.get(version)
    if (!keys) throw unreadable(`key version ${version} is not here`)
    return createSecretKey(keys.derive(sealed.subarray(1, headBytes)).key)
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
