import type { KeyObject } from 'node:crypto'
import { Problem } from '@sapan/kernel'
import { trustProblems } from '../../problems.ts'
import { attributes, classes } from './constants.ts'
import { byAge, objectFilter, publicKeyFromObject } from './objects.ts'
import type { TokenKeySelection } from './options.ts'
import type { TokenObject, TokenPort } from './protocol.ts'

/** The one private key that fits. Throws `token-key-not-found`, `token-ambiguous`. */
export async function findKey(port: TokenPort, selection: TokenKeySelection): Promise<TokenObject> {
  const wanted = [attributes.id, attributes.label, attributes.alwaysAuthenticate]
  const filter = objectFilter(classes.privateKey, selection)
  const [key, ...more] = await port.ask('objects', { filter, wanted })
  if (!key) throw new Problem(trustProblems['token-key-not-found'])
  if (more.length > 0) throw new Problem(trustProblems['token-ambiguous'])
  return key
}

/** The public half of that key, where it is in the token too. */
export async function findPublicKey(port: TokenPort, selection: TokenKeySelection): Promise<KeyObject> {
  const { modulus, publicExponent, ecParams, ecPoint, keyType, id } = attributes
  const own = (await findKey(port, selection)).values.get(id)
  const filter = objectFilter(classes.publicKey, own ? { id: own } : selection)
  const wanted = [keyType, modulus, publicExponent, ecParams, ecPoint]
  const [found] = await port.ask('objects', { filter, wanted })
  const publicKey = found && publicKeyFromObject(found)
  if (!publicKey) throw new Problem(trustProblems['token-key-not-found'])
  return publicKey
}

export interface TokenCertificate {
  readonly id: Uint8Array
  readonly der: Uint8Array
}

export async function findCertificates(port: TokenPort): Promise<TokenCertificate[]> {
  const filter = objectFilter(classes.certificate, {})
  const found = await port.ask('objects', { filter, wanted: [attributes.value, attributes.id] })
  return found.flatMap(({ values }) => {
    const der = values.get(attributes.value)
    return der ? [{ der, id: values.get(attributes.id) ?? new Uint8Array() }] : []
  })
}

/** The newest certificate with the key's id. */
export function certificateFor(key: TokenObject, certificates: readonly TokenCertificate[]): Uint8Array {
  const id = key.values.get(attributes.id) ?? new Uint8Array()
  const own = certificates.filter((each) => Buffer.compare(each.id, id) === 0).map(({ der }) => der)
  const [newest] = own.toSorted(byAge)
  if (!newest) throw new Problem(trustProblems['token-key-not-found'])
  return newest
}
