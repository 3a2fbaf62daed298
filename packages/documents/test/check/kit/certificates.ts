import { der } from '@sapan/trust'
import { type Digest, type Key, signatureAlgorithm, signWith } from './keys.ts'
import { now, year } from './times.ts'

const { bits, boolean, explicit, integer, namedBits, nothing, octets, oid, sequence, setOf, time, utf8 } = der

/** A serial number as DER has it. */
export const serialDer = (serial: number): Buffer => integer(serial)

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

/** A serial number that nothing of this test run has yet. */
export const nextSerial = (): number => ++serials

export function certify(parts: CertificateParts): Holder {
  const { name: subject, key: own, issuer, digest = 'sha256', extensions = [] } = parts
  const { serial = nextSerial(), from = now - year, to = now + year } = parts
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
