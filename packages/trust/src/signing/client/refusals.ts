import { Problem, type Text } from '@sapan/kernel'
import { trustProblems } from '../../problems.ts'
import type { JsonObject } from './transport.ts'

type RefusalName =
  | 'signing-not-authorized'
  | 'signing-service-refused'
  | 'signing-service-token-refused'
  | 'signing-service-unavailable'
  | 'signing-service-answer-invalid'

interface Meaning {
  readonly name?: RefusalName
  readonly text: Text
}

/** What the API's error codes mean to who signs (v1.0.4 §10.1, v2 §10.2, RFC 6750 §3.1). */
const codes: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['invalid_pin', { name: 'signing-not-authorized', text: { th: 'PIN ไม่ถูกต้อง', en: 'The PIN is wrong' } }],
  ['invalid_otp', { name: 'signing-not-authorized', text: { th: 'OTP ไม่ถูกต้อง', en: 'The OTP is wrong' } }],
  [
    'invalid_authentication_data',
    {
      name: 'signing-not-authorized',
      text: { th: 'PIN หรือ OTP ไม่ถูกต้อง', en: 'The PIN or the OTP is wrong' },
    },
  ],
  [
    'access_denied',
    {
      name: 'signing-not-authorized',
      text: { th: 'ผู้ลงนามหรือบริการลงนามไม่อนุญาต', en: 'The signer or the service denied it' },
    },
  ],
  [
    'insufficient_scope',
    {
      name: 'signing-service-token-refused',
      text: { th: 'โทเค็นนี้ไม่มีสิทธิ์สำหรับคำขอนี้', en: 'The token does not cover this request' },
    },
  ],
  ['expired_token', { text: { th: 'โทเค็นหมดอายุแล้ว', en: 'The token has expired' } }],
  ['invalid_token', { text: { th: 'โทเค็นใช้ไม่ได้หรือหมดอายุ', en: 'The token is not valid, or has expired' } }],
  [
    'unauthorized_client',
    { text: { th: 'โปรแกรมนี้ไม่มีสิทธิ์ใช้คำสั่งนี้', en: 'This program may not use this method' } },
  ],
  [
    'temporarily_unavailable',
    { text: { th: 'บริการไม่พร้อมชั่วคราว', en: 'The service is not available at the moment' } },
  ],
  ['server_error', { text: { th: 'บริการลงนามขัดข้อง', en: 'The service has a fault' } }],
  ['invalid_hash', { text: { th: 'แฮชไม่ตรงกับที่อนุญาต', en: 'The digest is not the one that was authorised' } }],
])

/** What stands behind `invalid_request`, by the API's own descriptions (v2 §11.6, §11.10). */
const descriptions: readonly (readonly [pattern: RegExp, meaning: Meaning])[] = [
  [
    /^(credential|pin|otp) locked/i,
    {
      name: 'signing-not-authorized',
      text: {
        th: 'กุญแจถูกปิดเพราะใส่ PIN หรือ OTP ผิดหลายครั้ง',
        en: 'The key is closed after several wrong PINs or OTPs',
      },
    },
  ],
  [/\bdisabled\b/i, { text: { th: 'กุญแจนี้ถูกระงับ', en: 'The key is disabled' } }],
  [
    /certificate.*(revoked|suspended)/i,
    { text: { th: 'ใบรับรองของกุญแจถูกเพิกถอนหรือระงับ', en: "The key's certificate is revoked or suspended" } },
  ],
  [
    /certificate.*expired/i,
    { text: { th: 'ใบรับรองของกุญแจหมดอายุแล้ว', en: "The key's certificate has expired" } },
  ],
  [
    /not authorized by the SAD/i,
    { text: { th: 'แฮชนี้ไม่อยู่ในการอนุญาตของผู้ลงนาม', en: 'The signer did not authorise this digest' } },
  ],
  [
    /SAD.*expired/i,
    { text: { th: 'การอนุญาตลงนามหมดอายุก่อนใช้', en: 'The authorisation ran out before it was used' } },
  ],
  [
    /parameter SAD$/i,
    { text: { th: 'การอนุญาตลงนามใช้ไม่ได้หรือใช้ไปแล้ว', en: 'The authorisation is not valid, or was used' } },
  ],
  [
    /number.*too high/i,
    { text: { th: 'จำนวนลายมือชื่อเกินที่กุญแจนี้อนุญาต', en: 'More signatures than this key allows at once' } },
  ],
  [
    /parameter credentialID$/i,
    { text: { th: 'ไม่มีกุญแจรหัสนี้ (credentialID)', en: 'There is no key of this credentialID' } },
  ],
  [
    /parameter (signAlgo|hashAlg)/i,
    { text: { th: 'บริการไม่รับอัลกอริทึมนี้', en: 'The service does not take this algorithm' } },
  ],
]

/** The problem that an answer other than a good one is. */
export function refusal(status: number, body: JsonObject | undefined): Problem {
  const code = typeof body?.error === 'string' && /^[a-zA-Z_]{1,40}$/.test(body.error) ? body.error : ''
  const said = plainText(body?.error_description)
  const meaning = codes.get(code) ?? descriptions.find(([pattern]) => pattern.test(said))?.[1]
  const type = trustProblems[meaning?.name ?? nameByStatus(status)]
  const reason = [code, said].filter((part) => part !== '').join(': ')
  const { th, en } = meaning?.text ?? type.title
  if (reason === '') return new Problem(type)
  return new Problem(type, { detail: { th: `${th} (${reason})`, en: `${en} (${reason})` } })
}

function nameByStatus(status: number): RefusalName {
  if (status === 401) return 'signing-service-token-refused'
  if (status >= 500 || status === 429) return 'signing-service-unavailable'
  return status >= 400 ? 'signing-service-refused' : 'signing-service-answer-invalid'
}

/** Errors of OpenSSL and of Node about a server's certificate. */
const certificateErrors =
  /^(CERT_|ERR_TLS_CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(GET_ISSUER|VERIFY_LEAF)|HOSTNAME_MISMATCH)/

const certificateText: Text = {
  th: 'ใบรับรองของบริการลงนามเชื่อถือไม่ได้ จึงไม่ได้ส่งสิ่งใดไป',
  en: "The signing service's certificate is not trusted: nothing was sent",
}
const unknownOutcome: Text = {
  th: 'ส่งคำขอลงนามแล้วแต่ไม่ได้รับคำตอบ ไม่ทราบว่าบริการลงนามไปหรือไม่',
  en: 'The request to sign was sent and no answer came: whether it was signed is not known',
}

/** The problem that no answer is. */
export function unreachable(method: string, cause: unknown): Problem {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const type = trustProblems['signing-service-unavailable']
  if (certificateErrors.test(code)) return new Problem(type, { detail: certificateText, cause })
  const wasSent = method === 'signatures/signHash' && code !== 'ECONNREFUSED' && code !== 'ENOTFOUND'
  return new Problem(type, wasSent ? { detail: unknownOutcome, cause } : { cause })
}

/** A service's own words, short and without control characters. */
function plainText(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll(/\p{C}/gu, ' ').slice(0, 200) : ''
}
