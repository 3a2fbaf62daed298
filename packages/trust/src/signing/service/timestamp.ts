import * as oids from '../../der/oids.ts'
import { DerError, DerSequence, readDer } from '../../der/read.ts'
import { boolean, integer, nothing, octets, oid, sequence } from '../../der/write.ts'
import { type DigestName, digestOid } from '../algorithm.ts'
import { checkLengths, readDigestName } from './algorithms.ts'
import { invalid, missing, refusals } from './errors.ts'
import { type Input, strictBase64 } from './input.ts'
import type { ServiceCall } from './service.ts'

/** Time-stamps a digest (§11.11) at the house's time-stamp authority: gives the token (RFC 3161 §2.4.2). */
export async function timestamp({ context, input }: ServiceCall): Promise<{ timestamp: string }> {
  const hash = strictBase64(input.string('hash', 256))
  if (!hash) throw refusals.base64Hash()
  const digest = readDigestName(input, 'hashAlgo')
  if (!digest) throw missing('string', 'hashAlgo')
  checkLengths([hash], digest)
  const request = timestampQuery(digest, hash, readNonce(input))
  const response = (await context.options.timestamp?.(request)) ?? new Uint8Array()
  return { timestamp: tokenOf(response).toString('base64') }
}

/** Up to 64 bits in the API, as hex; more does no harm. */
function readNonce(input: Input): bigint | undefined {
  const nonce = input.optionalString('nonce', 64)
  if (nonce === undefined) return undefined
  if (!/^[0-9a-fA-F]+$/.test(nonce)) throw invalid('nonce')
  return BigInt(`0x${nonce}`)
}

/** TimeStampReq (RFC 3161 §2.4.1), asking for the certificate too. */
function timestampQuery(digest: DigestName, hash: Buffer, nonce: bigint | undefined): Buffer {
  return sequence(
    integer(1),
    sequence(sequence(oid(digestOid(digest)), nothing()), octets(hash)),
    ...(nonce === undefined ? [] : [integer(nonce)]),
    boolean(true),
  )
}

/** TimeStampResp with a status below 2 has the token. */
function tokenOf(response: Uint8Array): Buffer {
  try {
    const parts = new DerSequence(readDer(response))
    const status = new DerSequence(parts.next()).next().integer()
    const token = parts.optional(0x30)
    if (status > 1n || !token) throw refusals.timestampRefused()
    if (new DerSequence(token).next().oid() !== oids.signedData) throw new DerError('no token')
    return token.raw
  } catch (error) {
    if (error instanceof DerError) throw refusals.keyUnavailable()
    throw error
  }
}
