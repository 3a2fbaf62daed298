import { der } from '@sapan/trust'
import { type Holder, nextSerial } from './certificates.ts'
import { type Digest, digestAlgorithm, hash, signatureAlgorithm, signWith } from './keys.ts'
import { now } from './times.ts'

const { element, explicit, integer, octets, oid, preciseTime, retagged, sequence, setOf, time } = der

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
    integer(nextSerial()),
    preciseTime(at),
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
