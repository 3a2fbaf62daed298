import { createHash, X509Certificate } from 'node:crypto'
import { der, digestLength, type KeyAlgorithm, keyDigest, verifyKeySignature } from '@sapan/trust'
import { openPdf, PdfStream, type SignatureField, signatureFields } from '../../src/pdf/index.ts'

const { DerSequence, readDer, retagged } = der

/** The parts of a CMS signature with one signer, for tests. */
export function readCms(cms: Uint8Array) {
  const outer = new DerSequence(readDer(cms))
  outer.next()
  const parts = new DerSequence(outer.next().only(0xa0))
  const version = Number(parts.next().integer())
  parts.next()
  const encapsulated = new DerSequence(parts.next())
  encapsulated.next()
  const content = encapsulated.optional(0xa0)?.only().octets()
  const certificates = (parts.optional(0xa0)?.children(0xa0) ?? []).map(({ raw }) => raw)
  const revocations = (parts.optional(0xa1)?.children(0xa1) ?? []).map(({ raw }) => raw)
  const signer = new DerSequence(parts.next().only(0x31))
  signer.next()
  signer.next()
  signer.next()
  const signed = signer.next()
  signer.next()
  const signature = signer.next().octets()
  const unsigned = signer.optional(0xa1)
  return {
    version,
    content,
    certificates,
    revocations,
    signedBytes: retagged(0x31, signed.raw),
    attributes: readAttributes(signed.children(0xa0)),
    signature,
    unsigned: readAttributes(unsigned?.children(0xa1) ?? []),
  }
}

function readAttributes(list: readonly der.DerElement[]): Map<string, der.DerElement> {
  return new Map(
    list.map((each) => {
      const parts = new DerSequence(each)
      return [parts.next().oid(), parts.next().only(0x31)]
    }),
  )
}

export const oids = {
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  binding: '1.2.840.113549.1.9.16.2.47',
  stamp: '1.2.840.113549.1.9.16.2.14',
  archive: '0.4.0.1733.2.4',
} as const

/** What a signature's range has, without Contents. */
export function coveredBytes(pdf: Uint8Array, { byteRange }: SignatureField): Buffer {
  const [a, b, c, d] = byteRange ?? [0, 0, 0, 0]
  return Buffer.concat([pdf.subarray(a, a + b), pdf.subarray(c, c + d)])
}

/** Whether the signature of a field holds by node:crypto: digest, binding to the certificate, value. */
export function holds(
  cms: Uint8Array,
  content: Uint8Array,
  algorithm: KeyAlgorithm,
  certificate: Uint8Array,
) {
  const { attributes, signedBytes, signature } = readCms(cms)
  const digest = createHash(keyDigest(algorithm)).update(content).digest()
  const { publicKey } = new X509Certificate(certificate)
  const binding = attributes.get(oids.binding)?.raw
  const hash = createHash(keyDigest(algorithm)).update(certificate).digest()
  return (
    attributes.get(oids.messageDigest)?.octets().equals(digest) === true &&
    binding?.includes(hash) === true &&
    verifyKeySignature(algorithm, publicKey, signedBytes, signature)
  )
}

/** The digest that a time-stamp token is over. */
export function stampedDigest(token: Uint8Array): Buffer {
  const info = new DerSequence(readDer(readCms(token).content ?? new Uint8Array()))
  info.next()
  info.next()
  const imprint = new DerSequence(info.next())
  imprint.next()
  return imprint.next().octets()
}

/** The digest over bytes by the algorithm that has that many bytes. */
export function digestLike(bytes: Uint8Array, like: Uint8Array): Buffer {
  const names = ['sha256', 'sha384', 'sha512'] as const
  const name = names.find((each) => digestLength(each) === like.length)
  if (!name) throw new TypeError('a digest of no known length')
  return createHash(name).update(bytes).digest()
}

export function fieldsOf(pdf: Uint8Array): SignatureField[] {
  return signatureFields(openPdf(pdf))
}

/** The document security store: contents of its lists, and the keys of its entries for signatures. */
export function storeOf(pdf: Uint8Array) {
  const file = openPdf(pdf)
  const store = file.dict(file.catalog.get('DSS'))
  const list = (key: string) =>
    (file.array(store?.get(key)) ?? []).map((each) => {
      const stream = file.resolve(each)
      return stream instanceof PdfStream ? Buffer.from(file.decode(stream)) : Buffer.alloc(0)
    })
  return {
    certificates: list('Certs'),
    ocsps: list('OCSPs'),
    crls: list('CRLs'),
    keys: [...(file.dict(store?.get('VRI'))?.entries.keys() ?? [])],
  }
}
