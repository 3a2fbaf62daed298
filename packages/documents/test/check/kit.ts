import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { der } from '@sapan/trust'

export { der }

/** A PKI for tests that can also make what no honest authority would. */

const {
  bits,
  boolean,
  element,
  explicit,
  integer,
  namedBits,
  nothing,
  octets,
  oid,
  preciseTime: generalizedTime,
  retagged,
  sequence,
  setOf,
  time,
  utf8,
} = der

const enumerated = (value: number): Buffer => element(0x0a, Buffer.of(value))

export const now = Date.UTC(2026, 5, 1, 12)
export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour
export const year = 365 * day

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

/** A serial number as DER has it. */
export const serialDer = (serial: number): Buffer => integer(serial)

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

export function name(common: string, more: Record<string, string> = {}): Buffer {
  const attributes = Object.entries({ ...more, '2.5.4.3': common })
  return sequence(...attributes.map(([type, value]) => setOf(sequence(oid(type), utf8(value)))))
}

export const extension = (id: string, value: Uint8Array, isCritical = false): Buffer =>
  sequence(oid(id), ...(isCritical ? [boolean(true)] : []), octets(value))

export const ku = (...numbers: number[]): Buffer => extension('2.5.29.15', namedBits(...numbers), true)

export const eku = (isCritical: boolean, ...purposes: string[]): Buffer =>
  extension('2.5.29.37', sequence(...purposes.map((one) => oid(one))), isCritical)

export const ca = (pathLength?: number): Buffer =>
  extension(
    '2.5.29.19',
    sequence(boolean(true), ...(pathLength === undefined ? [] : [integer(pathLength)])),
    true,
  )

export const documentSigning = '1.3.6.1.5.5.7.3.36'
export const timeStamping = '1.3.6.1.5.5.7.3.8'
export const ocspSigning = '1.3.6.1.5.5.7.3.9'
export const noCheck = extension('1.3.6.1.5.5.7.48.1.5', nothing())

export interface Holder {
  readonly key: Key
  readonly certificate: Buffer
  readonly name: Buffer
  readonly serial: number
}

export interface CertificateParts {
  readonly name: Buffer
  readonly key: Key
  readonly issuer?: Holder
  readonly issuerName?: Buffer
  readonly serial?: number
  readonly from?: number
  readonly to?: number
  readonly extensions?: readonly Buffer[]
  readonly digest?: Digest
  readonly signingKey?: Key
}

let serials = 1000

export function certify(parts: CertificateParts): Holder {
  const { name: subject, key: own, issuer, digest = 'sha256', extensions = [] } = parts
  const { serial = ++serials, from = now - year, to = now + year } = parts
  const signer = parts.signingKey ?? issuer?.key ?? own
  const algorithm = signatureAlgorithm(signer, digest)
  const body = sequence(
    explicit(0, integer(2)),
    integer(serial),
    algorithm,
    parts.issuerName ?? issuer?.name ?? subject,
    sequence(time(from), time(to)),
    subject,
    own.spki,
    ...(extensions.length > 0 ? [explicit(3, sequence(...extensions))] : []),
  )
  const certificate = sequence(body, algorithm, bits(signWith(signer, digest, body)))
  return { key: own, certificate, name: subject, serial }
}

export interface CrlParts {
  readonly issuer: Holder
  readonly at?: number
  readonly next?: number | null
  readonly revoked?: readonly { serial: number; at: number; reason?: number }[]
  readonly extensions?: readonly Buffer[]
  readonly digest?: Digest
  readonly key?: Key
}

export function crl(parts: CrlParts): Buffer {
  const { issuer, at = now - hour, next = at + day, revoked = [], extensions = [], digest = 'sha256' } = parts
  const signer = parts.key ?? issuer.key
  const algorithm = signatureAlgorithm(signer, digest)
  const entries = revoked.map(({ serial, at: when, reason }) =>
    sequence(
      integer(serial),
      time(when),
      ...(reason === undefined ? [] : [sequence(extension('2.5.29.21', enumerated(reason)))]),
    ),
  )
  const body = sequence(
    integer(1),
    algorithm,
    issuer.name,
    time(at),
    ...(next === null ? [] : [time(next)]),
    ...(entries.length > 0 ? [sequence(...entries)] : []),
    ...(extensions.length > 0 ? [explicit(0, sequence(...extensions))] : []),
  )
  return sequence(body, algorithm, bits(signWith(signer, digest, body)))
}

export interface OcspParts {
  readonly issuer: Holder
  readonly about: Holder
  readonly responder?: Holder
  readonly at?: number
  readonly produced?: number
  readonly next?: number | null
  readonly revokedAt?: number
  readonly reason?: number
  readonly isUnknown?: boolean
  readonly certificates?: readonly Buffer[]
  readonly digest?: Digest
}

function keyBytes({ spki }: Key): Buffer {
  return der.readDer(spki).children()[1]?.bits() ?? Buffer.alloc(0)
}

export function ocsp(parts: OcspParts): Buffer {
  const { issuer, about, responder = issuer, at = now - hour, digest = 'sha256' } = parts
  const { produced = at, next = at + day, revokedAt, reason } = parts
  const status =
    revokedAt === undefined
      ? element(parts.isUnknown ? 0x82 : 0x80)
      : element(
          0xa1,
          generalizedTime(revokedAt),
          ...(reason === undefined ? [] : [explicit(0, enumerated(reason))]),
        )
  const identifier = sequence(
    digestAlgorithm('sha1'),
    octets(hash('sha1', issuer.name)),
    octets(hash('sha1', keyBytes(issuer.key))),
    integer(about.serial),
  )
  const single = sequence(
    identifier,
    status,
    generalizedTime(at),
    ...(next === null ? [] : [explicit(0, generalizedTime(next))]),
  )
  const data = sequence(explicit(1, responder.name), generalizedTime(produced), sequence(single))
  const certificates = parts.certificates ?? (responder === issuer ? [] : [responder.certificate])
  const basic = sequence(
    data,
    signatureAlgorithm(responder.key, digest),
    bits(signWith(responder.key, digest, data)),
    ...(certificates.length > 0 ? [explicit(0, sequence(...certificates))] : []),
  )
  return sequence(enumerated(0), explicit(0, sequence(oid('1.3.6.1.5.5.7.48.1.1'), octets(basic))))
}

export const attribute = (type: string, ...values: Uint8Array[]): Buffer =>
  sequence(oid(type), setOf(...values.map((value) => Buffer.from(value))))

export const ids = {
  data: '1.2.840.113549.1.7.1',
  tstInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  signatureTimestamp: '1.2.840.113549.1.9.16.2.14',
  contentTimestamp: '1.2.840.113549.1.9.16.2.20',
  revocationValues: '1.2.840.113549.1.9.16.2.24',
  archiveTimestampV3: '0.4.0.1733.2.4',
  atsHashIndexV3: '0.4.0.19122.1.5',
} as const

export interface CmsParts {
  readonly signer: Holder
  readonly content: Uint8Array
  readonly isDetached?: boolean
  readonly contentType?: string
  readonly digest?: Digest
  /** Named by the SignerInfo, where another than the one that is used. */
  readonly namedDigest?: Digest
  readonly certificates?: readonly Uint8Array[]
  readonly crls?: readonly Uint8Array[]
  readonly ocsps?: readonly Uint8Array[]
  readonly claimedAt?: number
  /** Changes what is signed. */
  readonly signed?: (attributes: Buffer[]) => Buffer[]
  readonly unsigned?: (value: Buffer) => Buffer[]
  readonly sid?: Holder
  readonly isPlain?: boolean
  readonly algorithm?: Buffer
  readonly value?: Buffer
  readonly signers?: readonly Buffer[]
}

export const essV2 = (certificate: Uint8Array): Buffer =>
  attribute(ids.signingCertificateV2, sequence(sequence(sequence(octets(hash('sha256', certificate))))))

export interface MadeSigner {
  readonly info: Buffer
  readonly value: Buffer
  readonly parts: readonly Buffer[]
}

export function signerInfo(parts: CmsParts): MadeSigner {
  const { signer, content, digest = 'sha256', contentType = ids.data, claimedAt } = parts
  const attributes = [
    attribute(ids.contentType, oid(contentType)),
    attribute(ids.messageDigest, octets(hash(digest, content))),
    essV2(signer.certificate),
    ...(claimedAt === undefined ? [] : [attribute(ids.signingTime, time(claimedAt))]),
  ]
  const signed = setOf(...(parts.signed?.(attributes) ?? attributes))
  const value = parts.value ?? signWith(signer.key, digest, parts.isPlain ? content : signed)
  const { name: issuerName, serial } = sidOf(parts.sid ?? signer)
  const head = [
    integer(1),
    sequence(issuerName, serial),
    digestAlgorithm(parts.namedDigest ?? digest),
    ...(parts.isPlain ? [] : [retagged(0xa0, signed)]),
    parts.algorithm ?? signatureAlgorithm(signer.key, digest),
    octets(value),
  ]
  const unsigned = parts.unsigned?.(value) ?? []
  const tail = unsigned.length > 0 ? [retagged(0xa1, setOf(...unsigned))] : []
  return { info: sequence(...head, ...tail), value, parts: head }
}

function sidOf({ certificate }: Holder): { name: Buffer; serial: Buffer } {
  const [, serial, , issuer] = der.readDer(certificate).children()[0]?.children() ?? []
  return { name: issuer?.raw ?? Buffer.alloc(0), serial: serial?.raw ?? Buffer.alloc(0) }
}

export function cms(parts: CmsParts): Buffer {
  const { signer, content, isDetached = false, contentType = ids.data, digest = 'sha256' } = parts
  const certificates = (parts.certificates ?? [signer.certificate]).map((one) => Buffer.from(one))
  const choices = [
    ...(parts.crls ?? []).map((one) => Buffer.from(one)),
    ...(parts.ocsps ?? []).map((one) =>
      retagged(0xa1, sequence(oid('1.3.6.1.5.5.7.16.2'), Buffer.from(one))),
    ),
  ]
  const encapsulated = sequence(oid(contentType), ...(isDetached ? [] : [explicit(0, octets(content))]))
  const infos = parts.signers ?? [signerInfo(parts).info]
  const signedData = sequence(
    integer(1),
    setOf(digestAlgorithm(digest)),
    encapsulated,
    ...(certificates.length > 0 ? [retagged(0xa0, setOf(...certificates))] : []),
    ...(choices.length > 0 ? [retagged(0xa1, setOf(...choices))] : []),
    element(0x31, ...infos),
  )
  return sequence(oid('1.2.840.113549.1.7.2'), explicit(0, signedData))
}

export interface StampParts {
  readonly tsa: Holder
  readonly over: Uint8Array
  readonly at?: number
  readonly imprintDigest?: Digest
  readonly digest?: Digest
  readonly certificates?: readonly Uint8Array[]
  readonly unsigned?: (value: Buffer) => Buffer[]
  readonly signed?: (attributes: Buffer[]) => Buffer[]
}

export function stamp(parts: StampParts): Buffer {
  const {
    tsa,
    over,
    at = now,
    imprintDigest = 'sha256',
    digest = 'sha256',
    certificates,
    unsigned,
    signed,
  } = parts
  const content = sequence(
    integer(1),
    oid('1.2.3.4'),
    sequence(digestAlgorithm(imprintDigest), octets(hash(imprintDigest, over))),
    integer(++serials),
    generalizedTime(at),
  )
  return cms({
    signer: tsa,
    content,
    contentType: ids.tstInfo,
    digest,
    ...(certificates ? { certificates } : {}),
    ...(unsigned ? { unsigned } : {}),
    ...(signed ? { signed } : {}),
  })
}

/** A root, an issuer, and who is below. All valid from a year ago to a year from now. */
export function authority(kind: KeyKind = 'p256', label = '') {
  const root = certify({
    name: name(`Root${label}`),
    key: key(kind, `root${label}`),
    extensions: [ca(), ku(5, 6)],
    to: now + 20 * year,
  })
  const issuer = certify({
    name: name(`Issuer${label}`),
    key: key(kind, `issuer${label}`),
    issuer: root,
    extensions: [ca(0), ku(5, 6)],
    to: now + 10 * year,
  })
  const signer = certify({
    name: name('สมชาย ใจดี', { '2.5.4.6': 'TH', '2.5.4.10': 'กรมการปกครอง' }),
    key: key(kind, `signer${label}`),
    issuer,
    extensions: [ku(0, 1), eku(false, documentSigning)],
  })
  const tsa = certify({
    name: name(`TSA${label}`),
    key: key(kind, `tsa${label}`),
    issuer,
    extensions: [ku(0), eku(true, timeStamping)],
    to: now + 5 * year,
  })
  return { root, issuer, signer, tsa }
}

export type Authority = ReturnType<typeof authority>

/** What says that nobody of the authority is revoked. */
export function quiet({ root, issuer, signer, tsa }: Authority, at = now - hour) {
  return {
    crls: [crl({ issuer: root, at, next: at + 30 * day }), crl({ issuer, at, next: at + day })],
    ocsps: [ocsp({ issuer, about: signer, at }), ocsp({ issuer, about: tsa, at })],
  }
}
