import { type Signer, signJws } from '@sapan/trust'
import { exchangeProblem } from '../problems.ts'
import { type IssuerView, readIssued } from './issued.ts'
import { readStatusClaim, type StatusRef, statusClaim } from './status-list.ts'

/** The JWS `typ` of a consent receipt, which goes in the header `Sapan-Consent`. */
export const consentReceiptType = 'sapan-consent+jwt'

/** What a person has consented to. Times in milliseconds since 1970. */
export interface ConsentReceipt {
  readonly issuer: string
  readonly id: string
  /** Whose data it is about. */
  readonly subject: { readonly scheme: string; readonly value: string }
  readonly purpose: string
  readonly provider: string
  readonly service: string
  /** The operations that are meant; all of the service where none is named. */
  readonly operations: readonly string[] | null
  /** Dotted paths of the answer, each with all below it. */
  readonly fields: readonly string[]
  /** The subsystem that may ask. */
  readonly consumer: string
  readonly law?: string
  readonly issuedAt: number
  readonly expires: number
  readonly status: StatusRef
}

/** Signs a receipt (RFC 7519). */
export function signConsentReceipt(receipt: ConsentReceipt, signer: Signer): string {
  return signJws(
    {
      iss: receipt.issuer,
      jti: receipt.id,
      sub: `${receipt.subject.scheme}:${receipt.subject.value}`,
      purpose: receipt.purpose,
      provider: receipt.provider,
      service: receipt.service,
      ...(receipt.operations === null ? {} : { operations: receipt.operations }),
      fields: receipt.fields,
      consumer: receipt.consumer,
      ...(receipt.law === undefined ? {} : { law: receipt.law }),
      iat: Math.floor(receipt.issuedAt / 1000),
      exp: Math.floor(receipt.expires / 1000),
      status: statusClaim(receipt.status),
    },
    { signer, type: consentReceiptType },
  )
}

const skewSeconds = 5

/**
 * Reads a receipt that an issuer of the directory has signed and that is in its time. Throws Problem `consent-invalid`,
 * or `consent-expired`. Whether it covers a call and still stands, the caller must check.
 */
export function readConsentReceipt(
  jws: string,
  { view, now }: { view: IssuerView; now: number },
): ConsentReceipt {
  const { issuer, payload } = readIssued(jws, { view, type: consentReceiptType, refusal: 'consent-invalid' })
  const { jti, sub, purpose, provider, service, operations, fields, consumer, iat, exp } = payload
  const [scheme, value] = typeof sub === 'string' ? divided(sub) : []
  const status = readStatusClaim(payload.status)
  if (
    scheme === undefined ||
    value === undefined ||
    !isText(jti) ||
    !isText(purpose) ||
    !isText(provider) ||
    !isText(service) ||
    !isText(consumer) ||
    !isList(fields) ||
    !(operations === undefined || isList(operations)) ||
    typeof iat !== 'number' ||
    typeof exp !== 'number' ||
    iat * 1000 > now + skewSeconds * 1000 ||
    status === undefined
  ) {
    throw exchangeProblem('consent-invalid')
  }
  if (exp * 1000 <= now) throw exchangeProblem('consent-expired')
  return {
    issuer: issuer.issuer,
    id: jti,
    subject: { scheme, value },
    purpose,
    provider,
    service,
    operations: operations ?? null,
    fields,
    consumer,
    ...(isText(payload.law) ? { law: payload.law } : {}),
    issuedAt: iat * 1000,
    expires: exp * 1000,
    status,
  }
}

/** `national-id:1234567890121` */
function divided(sub: string): [scheme: string, value: string] | [] {
  const colon = sub.indexOf(':')
  return colon > 0 && colon < sub.length - 1 ? [sub.slice(0, colon), sub.slice(colon + 1)] : []
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= 500
}

function isList(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.length <= 1000 && value.every(isText)
}
