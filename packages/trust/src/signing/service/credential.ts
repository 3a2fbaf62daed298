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
  /** What its issuer says of its certificate, where the house knows; that it expired is seen without. */
  readonly certificateStatus?: 'revoked' | 'suspended'
  /**
   * How the signer authorises: `explicit`, the default, with PIN and OTP at credentials/authorize; `oauth2code` at the
   * authorisation server, with scope `credential`.
   */
  readonly mode?: 'explicit' | 'oauth2code'
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

/** Whether its certificate can be signed with; `early`: its time has not come. */
export type CertificateState = 'valid' | 'early' | 'expired' | 'revoked' | 'suspended'

export function certificateState(
  { key, certificateStatus }: ServiceCredential,
  now: number,
): CertificateState {
  if (certificateStatus) return certificateStatus
  const { validFromDate, validToDate } = new X509Certificate(key.certificate)
  // The last second of validity counts whole (RFC 5280 §4.1.2.5).
  if (now >= validToDate.getTime() + 1000) return 'expired'
  return now < validFromDate.getTime() ? 'early' : 'valid'
}

/** Whether something can be signed with it. */
export function isUsable(credential: ServiceCredential, now: number): boolean {
  return credential.enabled !== false && certificateState(credential, now) === 'valid'
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
export function credentialInfo(
  credential: ServiceCredential,
  version: ApiVersion,
  wishes: InfoWishes,
  now: number,
) {
  const state = certificateState(credential, now)
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
      // The API has no word for a certificate whose time has not come.
      ...(state === 'early' ? {} : { status: state }),
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
function authorizationV1({ mode = 'explicit', pin, otp }: ServiceCredential) {
  if (mode === 'oauth2code') return { authMode: mode }
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

/** §8.3 and §11.5 of v2: an expression over authentication objects. */
function authorizationV2({ mode = 'explicit', pin, otp }: ServiceCredential) {
  if (mode === 'oauth2code') return { mode }
  const objects = [
    ...(pin ? [{ type: 'Password', id: 'PIN', format: pin.format ?? 'N', label: pin.label ?? 'PIN' }] : []),
    ...(otp
      ? [{ ...otpTypes[otp.type], id: 'OTP', format: otp.format ?? 'N', label: otp.label ?? 'OTP' }]
      : []),
  ]
  if (objects.length === 0) return { mode, objects }
  return { mode, expression: objects.map(({ id }) => id).join(' AND '), objects }
}

/** One that is sent when asked for, and one that the signer's device makes (§8.3.1.4, §8.3.1.2). */
const otpTypes = {
  online: { type: 'ChallengeResponse' },
  offline: { type: 'Password', generator: 'totp' },
} as const
