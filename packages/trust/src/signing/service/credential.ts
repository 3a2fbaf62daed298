import { X509Certificate } from 'node:crypto'
import type { DigestKey } from '../digest-key.ts'
import { algorithmOids } from './algorithms.ts'
import { invalid } from './errors.ts'
import type { Input } from './input.ts'

/** A key that the service keeps for a user, with its certificate. */
export interface ServiceCredential {
  readonly id: string
  readonly key: DigestKey
  readonly description?: string
  /** Closed by its user or by the house; true by default. */
  readonly enabled?: boolean
  /**
   * `2`, the default: an authorisation is bound to the digests that it was given for (EN 419 241-1 SCAL2). `1`: to their
   * number only.
   */
  readonly scal?: '1' | '2'
  /** Signatures in one authorisation at most; 100 by default. */
  readonly multisign?: number
  /** Whether the signer is asked for a PIN, in digits by default. */
  readonly pin?: { readonly format?: 'N' | 'A'; readonly label?: string }
  /** Whether for a one-time password: `online` is sent when asked for (`sendOtp`), `offline` is made by a device. */
  readonly otp?: { readonly type: 'online' | 'offline'; readonly format?: 'N' | 'A'; readonly label?: string }
}

export const mostSignatures = ({ multisign = 100 }: ServiceCredential): number => multisign
export const scalOf = ({ scal = '2' }: ServiceCredential): '1' | '2' => scal

/** What a caller asks to see of a credential (CSC v2 §11.5). */
export interface InfoWishes {
  readonly certificates: 'none' | 'single' | 'chain'
  readonly certInfo: boolean
  readonly authInfo: boolean
}

export function readWishes(input: Input): InfoWishes {
  const certificates = input.optionalString('certificates') ?? 'single'
  if (certificates !== 'none' && certificates !== 'single' && certificates !== 'chain') {
    throw invalid('certificates')
  }
  return {
    certificates,
    certInfo: input.optionalBoolean('certInfo') ?? false,
    authInfo: input.optionalBoolean('authInfo') ?? false,
  }
}

export type ApiVersion = 'v1' | 'v2'

/** A credential as credentials/info tells it. v1 always says how it is authorised, v2 when asked. */
export function credentialInfo(credential: ServiceCredential, version: ApiVersion, wishes: InfoWishes) {
  const { key, description, enabled = true } = credential
  const certificate = new X509Certificate(key.certificate)
  return {
    ...(description === undefined ? {} : { description }),
    key: {
      status: enabled ? 'enabled' : 'disabled',
      algo: algorithmOids(key.algorithms),
      ...keySize(key),
    },
    cert: {
      status: 'valid',
      ...certificatesOf(key, wishes.certificates),
      ...(wishes.certInfo ? certificateInfo(certificate) : {}),
    },
    ...(version === 'v1' ? authorizationV1(credential) : {}),
    ...(version === 'v2' && wishes.authInfo ? { auth: authorizationV2(credential) } : {}),
    SCAL: scalOf(credential),
    multisign: mostSignatures(credential),
  }
}

const curves: Readonly<Record<string, { len: number; curve: string }>> = {
  prime256v1: { len: 256, curve: '1.2.840.10045.3.1.7' },
  secp384r1: { len: 384, curve: '1.3.132.0.34' },
  secp521r1: { len: 521, curve: '1.3.132.0.35' },
}

function keySize({ publicKey }: DigestKey): { len: number; curve?: string } {
  const { namedCurve = '', modulusLength = 0 } = publicKey.asymmetricKeyDetails ?? {}
  return curves[namedCurve] ?? { len: modulusLength }
}

function certificatesOf({ certificate, chain }: DigestKey, wish: InfoWishes['certificates']) {
  if (wish === 'none') return {}
  const list = wish === 'single' ? [certificate] : [certificate, ...chain]
  return { certificates: list.map((each) => Buffer.from(each).toString('base64')) }
}

function certificateInfo(certificate: X509Certificate) {
  return {
    issuerDN: nameText(certificate.issuer),
    serialNumber: certificate.serialNumber,
    subjectDN: nameText(certificate.subject),
    validFrom: generalizedTime(certificate.validFromDate),
    validTo: generalizedTime(certificate.validToDate),
  }
}

/** Node writes a name line by line from the top; RFC 4514 §2.1 from the bottom, between commas. */
const nameText = (lines: string): string => lines.split('\n').toReversed().join(',')

const generalizedTime = (date: Date): string => date.toISOString().replaceAll(/[-:T]|\.\d+/g, '')

/** §11.5 of v1.0.4. */
function authorizationV1({ pin, otp }: ServiceCredential) {
  return {
    authMode: pin || otp ? 'explicit' : 'implicit',
    PIN: pin
      ? { presence: 'true', format: pin.format ?? 'N', label: pin.label ?? 'PIN' }
      : { presence: 'false' },
    OTP: otp
      ? { presence: 'true', type: otp.type, format: otp.format ?? 'N', label: otp.label ?? 'OTP' }
      : { presence: 'false' },
  }
}

/** §11.5 of v2: an expression over authentication objects. */
function authorizationV2({ pin, otp }: ServiceCredential) {
  if (!pin && !otp) return { mode: 'implicit' }
  const objects = [
    ...(pin ? [{ type: 'Password', id: 'PIN', format: pin.format ?? 'N', label: pin.label ?? 'PIN' }] : []),
    ...(otp
      ? [
          {
            type: otp.type === 'online' ? 'ChallengeResponse' : 'Password',
            id: 'OTP',
            format: otp.format ?? 'N',
            label: otp.label ?? 'OTP',
            generator: otp.type === 'online' ? 'totp' : 'device',
          },
        ]
      : []),
  ]
  return { mode: 'explicit', expression: objects.map(({ id }) => id).join(' AND '), objects }
}
