import { type KeyObject, randomBytes } from 'node:crypto'
import { explicit, integer, sequence, time } from '../der/write.ts'
import { extensionsPart } from './extensions.ts'

export const dayMilliseconds = 86_400_000

/** Certificates are valid from a little before they are made, so that clocks may differ by that much. */
export const backdated = 5 * 60_000

export interface CertificateBody {
  readonly issuerName: Buffer
  readonly subjectName: Buffer
  readonly publicKey: KeyObject
  readonly notBefore: number
  readonly notAfter: number
  /** Above 0, at most 20 bytes; random by default. */
  readonly serial?: bigint
  readonly extensions: readonly (Buffer | undefined)[]
}

/** What an authority signs (TBSCertificate, RFC 5280 §4.1). Throws TypeError for a serial number out of bounds. */
export function certificateBody(algorithm: Buffer, parts: CertificateBody): Buffer {
  const { issuerName, subjectName, publicKey, notBefore, notAfter, serial = randomSerial() } = parts
  if (serial <= 0n || serial >= 1n << 159n) throw new TypeError('a serial number is above 0 and below 2^159')
  return sequence(
    explicit(0, integer(2)),
    integer(serial),
    algorithm,
    issuerName,
    sequence(time(notBefore), time(notAfter)),
    subjectName,
    publicKey.export({ type: 'spki', format: 'der' }),
    extensionsPart(parts.extensions),
  )
}

function randomSerial(): bigint {
  return BigInt(`0x01${randomBytes(15).toString('hex')}`)
}

export function yearsLater(now: number, years: number): number {
  const date = new Date(now)
  date.setUTCFullYear(date.getUTCFullYear() + years)
  return date.getTime()
}
