import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'
import * as oids from '../../der/oids.ts'
import { DerError, readDer } from '../../der/read.ts'
import { bits, integerFromBytes, nothing, oid, sequence } from '../../der/write.ts'
import { attributes, keyTypes } from './constants.ts'
import type { TokenKeySelection } from './options.ts'
import type { TokenObject } from './protocol.ts'

/** A CK_ULONG as an attribute has it. */
export function word(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}

export function idBytes(id: Uint8Array | string): Uint8Array {
  if (typeof id !== 'string') return id
  if (!/^([0-9a-f]{2})+$/i.test(id)) throw new TypeError('the id of a key is given in hex')
  return Buffer.from(id, 'hex')
}

/** What an object must have to be found. */
export function objectFilter(objectClass: number, { label, id }: TokenKeySelection): Map<number, Uint8Array> {
  const filter = new Map<number, Uint8Array>([[attributes.class, word(objectClass)]])
  if (label !== undefined) filter.set(attributes.label, Buffer.from(label, 'utf8'))
  if (id !== undefined) filter.set(attributes.id, idBytes(id))
  return filter
}

/** The public key of a CKO_PUBLIC_KEY; undefined when it lacks a part, or is of another kind. */
export function publicKeyFromObject({ values }: TokenObject): KeyObject | undefined {
  const spki = spkiOf(values)
  if (!spki) return undefined
  try {
    return createPublicKey({ key: spki, format: 'der', type: 'spki' })
  } catch {
    return undefined
  }
}

function spkiOf(values: TokenObject['values']): Buffer | undefined {
  const type = values.get(attributes.keyType)?.[0]
  const [modulus, exponent] = [values.get(attributes.modulus), values.get(attributes.publicExponent)]
  if (type === keyTypes.rsa && modulus && exponent) {
    const numbers = sequence(integerFromBytes(modulus), integerFromBytes(exponent))
    return sequence(sequence(oid(oids.rsaEncryption), nothing()), bits(numbers))
  }
  const [curve, point] = [values.get(attributes.ecParams), values.get(attributes.ecPoint)]
  if (!curve || !point) return undefined
  const plain = unwrapped(point)
  if (type === keyTypes.edwards) return sequence(sequence(oid(oids.ed25519)), bits(plain))
  return sequence(sequence(oid(oids.ecPublicKey), curve), bits(plain))
}

/** CKA_EC_POINT is an OCTET STRING with the point inside; some tokens leave the wrapping out. */
function unwrapped(point: Uint8Array): Uint8Array {
  try {
    return readDer(point).octets()
  } catch (error) {
    if (error instanceof DerError) return point
    throw error
  }
}

/** Newest first. */
export function byAge(one: Uint8Array, other: Uint8Array): number {
  return startOf(other) - startOf(one)
}

function startOf(certificate: Uint8Array): number {
  try {
    return new X509Certificate(certificate).validFromDate.getTime()
  } catch {
    return 0
  }
}

/** Of the certificates given, those above this one, nearest first, as far as they are there. */
export function chainAbove(certificate: Uint8Array, others: readonly Uint8Array[]): Uint8Array[] {
  const known = others.flatMap(readable)
  const chain: Uint8Array[] = []
  let [at] = readable(certificate)
  while (at && !at.checkIssued(at) && chain.length < 8) {
    const below = at
    at = known.find((each) => below.checkIssued(each))
    if (at) chain.push(at.raw)
  }
  return chain
}

function readable(der: Uint8Array): X509Certificate[] {
  try {
    return [new X509Certificate(der)]
  } catch {
    return []
  }
}
