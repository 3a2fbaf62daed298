import { der } from '@sapan/trust'
import { extension, type Holder } from './certificates.ts'
import { type Digest, digestAlgorithm, hash, type Key, signatureAlgorithm, signWith } from './keys.ts'
import { day, hour, now } from './times.ts'

const { bits, element, explicit, integer, octets, oid, preciseTime, sequence, time } = der

const enumerated = (value: number): Buffer => element(0x0a, Buffer.of(value))

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
          preciseTime(revokedAt),
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
    preciseTime(at),
    ...(next === null ? [] : [explicit(0, preciseTime(next))]),
  )
  const data = sequence(explicit(1, responder.name), preciseTime(produced), sequence(single))
  const certificates = parts.certificates ?? (responder === issuer ? [] : [responder.certificate])
  const basic = sequence(
    data,
    signatureAlgorithm(responder.key, digest),
    bits(signWith(responder.key, digest, data)),
    ...(certificates.length > 0 ? [explicit(0, sequence(...certificates))] : []),
  )
  return sequence(enumerated(0), explicit(0, sequence(oid('1.3.6.1.5.5.7.48.1.1'), octets(basic))))
}
