import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { der } from '@sapan/trust'

const { explicit, integer, nothing, oid, sequence } = der

export type Digest = 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512'

export type KeyKind =
  | 'p256'
  | 'p384'
  | 'p521'
  | 'rsa2048'
  | 'rsa1024'
  | 'pss2048'
  | 'ed25519'
  | 'brainpool'
  | 'secp256k1'

export interface Key {
  readonly kind: KeyKind
  readonly private: KeyObject
  readonly spki: Buffer
}

const keys = new Map<string, Key>()

/** A key that lives as long as the test run: RSA keys are slow to make. */
export function key(kind: KeyKind, name = 'one'): Key {
  const id = `${kind} ${name}`
  const known = keys.get(id)
  if (known) return known
  const pair = makePair(kind)
  const made = {
    kind,
    private: pair.privateKey,
    spki: pair.publicKey.export({ type: 'spki', format: 'der' }),
  }
  keys.set(id, made)
  return made
}

function makePair(kind: KeyKind) {
  const curves = {
    p256: 'P-256',
    p384: 'P-384',
    p521: 'P-521',
    brainpool: 'brainpoolP256r1',
    secp256k1: 'secp256k1',
  } as const
  if (kind === 'ed25519') return generateKeyPairSync('ed25519')
  if (kind === 'pss2048') return generateKeyPairSync('rsa-pss', { modulusLength: 2048 })
  if (kind === 'rsa2048' || kind === 'rsa1024') {
    return generateKeyPairSync('rsa', { modulusLength: kind === 'rsa2048' ? 2048 : 1024 })
  }
  return generateKeyPairSync('ec', { namedCurve: curves[kind] })
}

const digestOids: Record<Digest, string> = {
  md5: '1.2.840.113549.2.5',
  sha1: '1.3.14.3.2.26',
  sha224: '2.16.840.1.101.3.4.2.4',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
}

const rsaOids: Record<Digest, string> = {
  md5: '1.2.840.113549.1.1.4',
  sha1: '1.2.840.113549.1.1.5',
  sha224: '1.2.840.113549.1.1.14',
  sha256: '1.2.840.113549.1.1.11',
  sha384: '1.2.840.113549.1.1.12',
  sha512: '1.2.840.113549.1.1.13',
}

const ecdsaOids: Partial<Record<Digest, string>> = {
  sha1: '1.2.840.10045.4.1',
  sha224: '1.2.840.10045.4.3.1',
  sha256: '1.2.840.10045.4.3.2',
  sha384: '1.2.840.10045.4.3.3',
  sha512: '1.2.840.10045.4.3.4',
}

export const digestAlgorithm = (digest: Digest): Buffer => sequence(oid(digestOids[digest]))

export function hash(digest: Digest, bytes: Uint8Array): Buffer {
  return createHash(digest).update(bytes).digest()
}

export function signatureAlgorithm({ kind }: Key, digest: Digest): Buffer {
  if (kind === 'ed25519') return sequence(oid('1.3.101.112'))
  if (kind === 'pss2048') return pssAlgorithm(digest, 32)
  if (kind.startsWith('rsa')) return sequence(oid(rsaOids[digest]), nothing())
  return sequence(oid(ecdsaOids[digest] ?? ''))
}

export function pssAlgorithm(digest: Digest, salt: number): Buffer {
  const name = digestAlgorithm(digest)
  const mask = sequence(oid('1.2.840.113549.1.1.8'), name)
  return sequence(
    oid('1.2.840.113549.1.1.10'),
    sequence(explicit(0, name), explicit(1, mask), explicit(2, integer(salt))),
  )
}

export function signWith({ kind, private: privateKey }: Key, digest: Digest, data: Uint8Array): Buffer {
  if (kind === 'ed25519') return sign(null, data, privateKey)
  if (kind === 'pss2048') return sign(digest, data, { key: privateKey, saltLength: 32 })
  return sign(digest, data, privateKey)
}
