import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { promisify } from 'node:util'
import { Problem } from '@sapan/kernel'
import { signatureDer } from '../der/signature.ts'
import type { Signer } from '../keys/signer.ts'
import { trustProblems } from '../problems.ts'
import { algorithmRules, cryptoOptions, defaultKeyAlgorithm, type KeyAlgorithm } from './algorithm.ts'
import { isAffordable } from './pem-cost.ts'
import { type PrivateKeyWithCertificate, readPkcs12 } from './pkcs12/pkcs12.ts'
import { checkCertificate, type SigningKey, type UncertifiedKey } from './signing-key.ts'

export interface PemKeyOptions {
  /** PKCS#8 (encrypted too), PKCS#1 or SEC 1, in PEM. */
  readonly pem: string
  /** Of an encrypted key. */
  readonly password?: string
  /** DER. */
  readonly certificate: Uint8Array
  readonly chain?: readonly Uint8Array[]
  readonly algorithm?: KeyAlgorithm
}

export interface Pkcs12KeyOptions {
  /** A PFX (RFC 7292), with one private key and its certificate. */
  readonly pkcs12: Uint8Array
  readonly password: string
  readonly algorithm?: KeyAlgorithm
}

/**
 * A key from a file's content. The algorithm is by default that of `defaultKeyAlgorithm`. Throws `signing-key-unreadable`,
 * `signing-key-password`, `signing-key-unsupported`, `signing-certificate-unreadable`, `signing-certificate-mismatch`.
 */
export function fileKey(options: PemKeyOptions | Pkcs12KeyOptions): SigningKey {
  const { key, certificate, chain } = privateKeyFrom(options)
  return keyInMemory(key, certificate, chain, options.algorithm)
}

/** The private key in a file's content, and the certificates with it. */
export function privateKeyFrom(options: PemKeyOptions | Pkcs12KeyOptions): PrivateKeyWithCertificate {
  if ('pkcs12' in options) return readPkcs12(options.pkcs12, options.password)
  const { pem, password, certificate, chain = [] } = options
  return { key: readPrivateKey(pem, password), certificate, chain }
}

/** A private key as it is, without a certificate yet. Throws `signing-key-unsupported`. */
export function uncertifiedKey(privateKey: KeyObject, algorithm?: KeyAlgorithm): UncertifiedKey {
  const publicKey = createPublicKey(privateKey)
  const used = algorithm ?? defaultKeyAlgorithm(publicKey)
  return { algorithm: used, publicKey, sign: signFunction(privateKey, used) }
}

function keyInMemory(
  privateKey: KeyObject,
  certificate: Uint8Array,
  chain: readonly Uint8Array[],
  wanted: KeyAlgorithm | undefined,
): SigningKey {
  const publicKey = createPublicKey(privateKey)
  const algorithm = wanted ?? defaultKeyAlgorithm(publicKey)
  checkCertificate(certificate, publicKey, algorithm)
  return { algorithm, certificate, chain, sign: signFunction(privateKey, algorithm) }
}

const signElsewhere = promisify(sign)

/** RSA takes a millisecond and goes to another thread; the others cost less than going there. */
function signFunction(privateKey: KeyObject, algorithm: KeyAlgorithm): SigningKey['sign'] {
  const { digest, key } = cryptoOptions(algorithm, privateKey)
  if (algorithmRules(algorithm).family === 'rsa') return (data) => signElsewhere(digest, data, key)
  return async (data) => sign(digest, data, key)
}

function readPrivateKey(pem: string, password: string | undefined): KeyObject {
  if (!isAffordable(pem)) throw new Problem(trustProblems['signing-key-unreadable'])
  try {
    return createPrivateKey({ key: pem, ...(password === undefined ? {} : { passphrase: password }) })
  } catch (cause) {
    const isEncrypted = /-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED/.test(pem)
    throw new Problem(trustProblems[isEncrypted ? 'signing-key-password' : 'signing-key-unreadable'], {
      cause,
    })
  }
}

/** A `Signer` of the house as a key for documents. Throws as `checkCertificate` does. */
export function signerKey(
  signer: Signer,
  { certificate, chain = [] }: { certificate: Uint8Array; chain?: readonly Uint8Array[] },
): SigningKey {
  const algorithm = signer.algorithm === 'ed25519' ? 'ed25519' : 'ecdsa-sha256'
  checkCertificate(certificate, signer.publicKey, algorithm)
  const sign = async (data: Uint8Array) => signatureDer(signer.algorithm, signer.sign(data))
  return { algorithm, certificate, chain, sign }
}

/** A new key in memory for that algorithm; `bits` is an RSA key's length, 3072 by default. */
export function generateKey(algorithm: KeyAlgorithm, { bits = 3072 } = {}): UncertifiedKey {
  return uncertifiedKey(generatePrivateKey(algorithm, bits), algorithm)
}

const curves = { sha256: 'P-256', sha384: 'P-384', sha512: 'P-521' } as const

function generatePrivateKey(algorithm: KeyAlgorithm, modulusLength: number): KeyObject {
  const { family, digest } = algorithmRules(algorithm)
  if (family === 'ed25519') return generateKeyPairSync('ed25519').privateKey
  if (family === 'ec') return generateKeyPairSync('ec', { namedCurve: curves[digest] }).privateKey
  return generateKeyPairSync('rsa', { modulusLength }).privateKey
}
