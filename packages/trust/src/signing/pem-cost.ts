import { type DerElement, DerError, DerSequence, readDer } from '../der/read.ts'

/** More rounds keep a processor busy for longer than anyone waits; OpenSSL itself has no bound. */
const mostRounds = 3_000_000n
/** Of scrypt: how often its memory is gone through. What fits into memory OpenSSL bounds itself. */
const mostParallel = 16n

const pbes2 = '1.2.840.113549.1.5.13'
const scrypt = '1.3.6.1.4.1.11591.4.11'

const block = /-----BEGIN ENCRYPTED PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END ENCRYPTED PRIVATE KEY-----/

/**
 * Whether a PEM text with an encrypted key (RFC 5958 §3) asks for no more work than its password is worth. One that cannot
 * be read is left to who reads it.
 */
export function isAffordable(pem: string): boolean {
  const [, base64] = block.exec(pem) ?? []
  if (base64 === undefined) return true
  try {
    const algorithm = new DerSequence(new DerSequence(readDer(Buffer.from(base64, 'base64'))).next())
    const name = algorithm.next().oid()
    const parameters = algorithm.next()
    if (name !== pbes2) return roundsOf(parameters) <= mostRounds
    const derivation = new DerSequence(new DerSequence(parameters).next())
    return derivation.next().oid() === scrypt
      ? parallelOf(derivation.next()) <= mostParallel
      : roundsOf(derivation.next()) <= mostRounds
  } catch (error) {
    if (error instanceof DerError) return true
    throw error
  }
}

/** After the salt, in PBKDF2 (RFC 8018 §A.2) and in the schemes before it. */
function roundsOf(parameters: DerElement): bigint {
  const fields = new DerSequence(parameters)
  fields.next()
  return fields.next().integer()
}

/** After salt, cost and block size (RFC 7914 §7.1). */
function parallelOf(parameters: DerElement): bigint {
  const fields = new DerSequence(parameters)
  for (let before = 0; before < 3; before++) fields.next()
  return fields.next().integer()
}
