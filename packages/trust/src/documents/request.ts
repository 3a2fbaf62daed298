import type { KeyObject } from 'node:crypto'
import { Problem } from '@sapan/kernel'
import { readPublicKey } from '../certificates/certificate.ts'
import { fromPem, toPem } from '../certificates/pem.ts'
import { nameDer, type Subject } from '../certificates/subject.ts'
import { DerError, DerSequence, readDer } from '../der/read.ts'
import { bits, integer, retagged, sequence, setOf } from '../der/write.ts'
import { trustProblems } from '../problems.ts'
import { fitsAlgorithm, keyAlgorithmDer, keyAlgorithms, verifyKeySignature } from '../signing/algorithm.ts'
import type { UncertifiedKey } from '../signing/signing-key.ts'

const mostBytes = 16 * 1024

/** A certificate request (PKCS#10, RFC 2986) as PEM for a key of any kind, in a token too, signed by that key. */
export async function createDocumentRequest(
  key: UncertifiedKey,
  { subject }: { subject: Subject },
): Promise<string> {
  const body = sequence(
    integer(0),
    nameDer(subject),
    key.publicKey.export({ type: 'spki', format: 'der' }),
    retagged(0xa0, setOf()),
  )
  const algorithm = keyAlgorithmDer(key.algorithm)
  return toPem(sequence(body, algorithm, bits(await key.sign(body))), 'CERTIFICATE REQUEST')
}

/**
 * The key of a request (PEM or DER), whose maker holds it; what else a request says is only a wish. Throws
 * `certificate-request-refused`.
 */
export function readDocumentRequest(csr: string | Uint8Array): { publicKey: KeyObject } {
  try {
    return parseRequest(requestBytes(csr))
  } catch (cause) {
    if (!(cause instanceof DerError)) throw cause
    throw new Problem(trustProblems['certificate-request-refused'], { cause })
  }
}

function requestBytes(csr: string | Uint8Array): Uint8Array {
  const [der, ...more] = typeof csr === 'string' ? fromPem(csr, 'CERTIFICATE REQUEST') : [csr]
  if (!der || more.length > 0 || der.length > mostBytes) throw new DerError('one request expected')
  return der
}

function parseRequest(der: Uint8Array): { publicKey: KeyObject } {
  const outer = new DerSequence(readDer(der))
  const body = outer.next()
  const named = outer.next().raw
  const signature = outer.next().bits()
  outer.end()
  const parts = new DerSequence(body)
  if (parts.next().integer() !== 0n) throw new DerError('not version 1')
  parts.next()
  const publicKey = readPublicKey(parts.next())
  const algorithm = keyAlgorithms.find((each) => keyAlgorithmDer(each).equals(named))
  if (!algorithm || !fitsAlgorithm(publicKey, algorithm)) throw new DerError('another algorithm')
  if (!verifyKeySignature(algorithm, publicKey, body.raw, signature)) {
    throw new DerError('not signed by the key that it asks for')
  }
  return { publicKey }
}
