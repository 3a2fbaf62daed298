import type { KeyObject } from 'node:crypto'
import { Problem } from '@sapan/kernel'
import { extensionRequest } from '../der/oids.ts'
import { type DerElement, DerError, DerSequence, readDer } from '../der/read.ts'
import {
  readSignature,
  readSignatureAlgorithm,
  signatureAlgorithmDer,
  signatureDer,
} from '../der/signature.ts'
import { bits, integer, oid, retagged, sequence, setOf } from '../der/write.ts'
import { type SignatureAlgorithm, type Signer, verifySignature } from '../keys/signer.ts'
import { trustProblems } from '../problems.ts'
import { readPublicKey } from './certificate.ts'
import {
  type AlternativeNames,
  alternativeNamesExtension,
  extensionsDer,
  readExtensions,
} from './extensions.ts'
import { fromPem, toPem } from './pem.ts'
import { nameDer, readName, type Subject } from './subject.ts'

/** A request is no larger than this. */
const mostBytes = 16 * 1024

export interface RequestOptions extends AlternativeNames {
  readonly subject: Subject
}

/** A certificate request (PKCS#10, RFC 2986) as PEM, signed by the key that it asks for. */
export function createRequest(signer: Signer, { subject, ...names }: RequestOptions): string {
  const wanted = alternativeNamesExtension(names)
  const attribute = sequence(oid(extensionRequest), setOf(extensionsDer([wanted])))
  const body = sequence(
    integer(0),
    nameDer(subject),
    signer.publicKey.export({ type: 'spki', format: 'der' }),
    retagged(0xa0, wanted ? setOf(attribute) : setOf()),
  )
  const signature = bits(signatureDer(signer.algorithm, signer.sign(body)))
  return toPem(sequence(body, signatureAlgorithmDer(signer.algorithm), signature), 'CERTIFICATE REQUEST')
}

/** What a request asks for. Its names are only wishes. */
export interface CertificateRequest {
  readonly publicKey: KeyObject
  readonly algorithm: SignatureAlgorithm
  readonly subject: Subject
  readonly uris: readonly string[]
  readonly dns: readonly string[]
  readonly ips: readonly string[]
}

/**
 * Reads a request (PEM or DER) and checks that its maker holds the key. Throws `certificate-request-refused` for a
 * malformed request, another kind of key, or a signature by another key.
 */
export function readRequest(csr: string | Uint8Array): CertificateRequest {
  try {
    return parseRequest(requestBytes(csr))
  } catch (cause) {
    if (cause instanceof DerError || cause instanceof Problem) throw refused(cause)
    throw cause
  }
}

function requestBytes(csr: string | Uint8Array): Uint8Array {
  const [der, ...more] = typeof csr === 'string' ? fromPem(csr, 'CERTIFICATE REQUEST') : [csr]
  if (!der || more.length > 0 || der.length > mostBytes) throw new DerError('one request expected')
  return der
}

function parseRequest(der: Uint8Array): CertificateRequest {
  const outer = new DerSequence(readDer(der))
  const body = outer.next()
  const algorithm = readSignatureAlgorithm(outer.next())
  const signature = readSignature(algorithm, outer.next().bits())
  outer.end()
  const parts = new DerSequence(body)
  if (parts.next().integer() !== 0n) throw new DerError('not version 1')
  const subject = readName(parts.next())
  const publicKey = readPublicKey(parts.next())
  const { uris, dns, ips } = readExtensions(requestedExtensions(parts.next()))
  parts.end()
  if (!verifySignature(algorithm, publicKey, body.raw, signature)) {
    throw new DerError('not signed by the key that it asks for')
  }
  return { publicKey, algorithm, subject, uris, dns, ips }
}

function requestedExtensions(attributes: DerElement): DerElement | undefined {
  for (const attribute of attributes.children(0xa0)) {
    const parts = new DerSequence(attribute)
    if (parts.next().oid() === extensionRequest) return parts.next().only(0x31)
  }
  return undefined
}

function refused(cause: Error): Problem {
  const type = trustProblems['certificate-request-refused']
  const detail = { th: `${type.title.th}: ${cause.message}`, en: `${type.title.en}: ${cause.message}` }
  return new Problem(type, { detail, cause })
}
