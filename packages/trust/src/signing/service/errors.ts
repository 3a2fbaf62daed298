import type { Text } from '@sapan/kernel'
import type { HandlerAnswer } from '../../http/exchange.ts'

/** Error codes of the CSC API (v1.0.4 §10.1, v2 §10.2) and of RFC 6750 §3.1, each with its HTTP status. */
const statuses = {
  accepted_request: 202,
  invalid_request: 400,
  invalid_authentication_data: 400,
  invalid_pin: 400,
  invalid_otp: 400,
  invalid_token: 401,
  access_denied: 403,
  insufficient_scope: 403,
  not_found: 404,
  method_not_allowed: 405,
  unsupported_media_type: 415,
  too_many_requests: 429,
  server_error: 500,
  not_implemented: 501,
  temporarily_unavailable: 503,
} as const

export type CscErrorCode = keyof typeof statuses

/** A request that the service refuses, in the words of the CSC API. */
export class CscError extends Error {
  readonly code: CscErrorCode
  readonly text: Text
  /** Whether the caller showed nothing at all. */
  readonly isBare: boolean

  constructor(code: CscErrorCode, text: Text, isBare = false) {
    super(`${code}: ${text.en}`)
    this.code = code
    this.text = text
    this.isBare = isBare
  }
}

export type ParameterKind = 'string' | 'integer' | 'array' | 'boolean'

const kinds: Readonly<Record<ParameterKind, string>> = {
  string: 'ข้อความ',
  integer: 'จำนวนเต็ม',
  array: 'รายการ',
  boolean: 'จริงหรือเท็จ',
}

export const missing = (kind: ParameterKind, name: string): CscError =>
  new CscError('invalid_request', {
    th: `ไม่มีพารามิเตอร์ ${name} หรือไม่ใช่ชนิด${kinds[kind]}`,
    en: `Missing (or invalid type) ${kind} parameter ${name}`,
  })

export const invalid = (name: string): CscError =>
  new CscError('invalid_request', { th: `พารามิเตอร์ ${name} ใช้ไม่ได้`, en: `Invalid parameter ${name}` })

const refusal = (code: CscErrorCode, en: string, th: string) => (): CscError => new CscError(code, { th, en })

/** Refusals that are not about one parameter's form. */
export const refusals = {
  body: refusal('invalid_request', 'The request body must be a JSON object', 'เนื้อคำขอต้องเป็นออบเจกต์ JSON'),
  mediaType: refusal(
    'unsupported_media_type',
    'The content type must be application/json, in UTF-8',
    'ชนิดเนื้อหาต้องเป็น application/json ในรหัส UTF-8',
  ),
  header: refusal('invalid_request', 'Malformed authorization header', 'ส่วนหัว Authorization ผิดรูปแบบ'),
  scope: refusal(
    'insufficient_scope',
    'The access token is for signing with one credential only',
    'โทเค็นนี้ใช้ลงนามด้วยกุญแจเดียวที่ได้รับอนุญาตเท่านั้น',
  ),
  tokenMissing: () =>
    new CscError('invalid_token', { th: 'ไม่มีโทเค็นการเข้าถึง', en: 'The access token is missing' }, true),
  tokenInvalid: refusal(
    'invalid_token',
    'The access token is invalid or has expired',
    'โทเค็นการเข้าถึงใช้ไม่ได้หรือหมดอายุ',
  ),
  method: refusal('method_not_allowed', 'The method must be POST', 'ต้องใช้เมธอด POST'),
  notOffered: refusal('not_implemented', 'This service does not offer this method', 'บริการนี้ไม่ได้เปิดให้ใช้คำสั่งนี้'),
  path: refusal('not_found', 'There is no such method of the API', 'ไม่มีบริการนี้ใน API'),
  base64Hash: refusal('invalid_request', 'Invalid Base64 hash string parameter', 'แฮชไม่ใช่ Base64 ที่ถูกต้อง'),
  emptyHashes: refusal('invalid_request', 'Empty hash array', 'รายการแฮชว่างเปล่า'),
  digestLength: refusal('invalid_request', 'Invalid digest value length', 'ความยาวของแฮชไม่ตรงกับอัลกอริทึม'),
  numberTooHigh: refusal(
    'invalid_request',
    'Numbers of signatures is too high',
    'จำนวนลายมือชื่อมากเกินกว่าที่กุญแจนี้อนุญาต',
  ),
  numberTooLow: refusal(
    'invalid_request',
    'Invalid value for parameter numSignatures',
    'ค่าของ numSignatures ใช้ไม่ได้',
  ),
  hashesNeeded: refusal(
    'invalid_request',
    'The credential has SCAL2: the hashes to be signed must be given',
    'กุญแจนี้เป็นระดับ SCAL2 ต้องส่งแฮชที่จะลงนาม',
  ),
  hashNotAuthorized: refusal(
    'invalid_request',
    'Hash is not authorized by the SAD',
    'SAD ไม่ได้อนุญาตให้ลงนามแฮชนี้',
  ),
  sadExpired: refusal('invalid_request', 'SAD expired', 'SAD หมดอายุแล้ว'),
  sadUsed: refusal('invalid_request', 'Invalid parameter SAD', 'SAD ใช้ไม่ได้ หรือถูกใช้ไปแล้ว'),
  nothingLeft: refusal(
    'invalid_request',
    'The SAD authorizes no more signatures',
    'SAD นี้ไม่เหลือจำนวนลายมือชื่อที่อนุญาตแล้ว',
  ),
  pin: refusal('invalid_pin', 'The PIN is invalid', 'PIN ไม่ถูกต้อง'),
  otp: refusal('invalid_otp', 'The OTP is invalid', 'OTP ไม่ถูกต้อง'),
  factors: refusal('invalid_authentication_data', 'The authentication data is invalid', 'ข้อมูลยืนยันตัวไม่ถูกต้อง'),
  locked: refusal(
    'invalid_request',
    'Credential locked',
    'กุญแจถูกปิดชั่วคราว เพราะใส่ PIN หรือ OTP ผิดหลายครั้ง โปรดลองใหม่ภายหลัง',
  ),
  tooManyOtps: refusal(
    'too_many_requests',
    'Too many one-time passwords were sent: try again later',
    'ส่งรหัส OTP ไปหลายครั้งแล้ว โปรดลองใหม่ภายหลัง',
  ),
  denied: refusal('access_denied', 'The signer denied the request', 'ผู้ลงนามปฏิเสธคำขอ'),
  disabled: refusal(
    'invalid_request',
    'The credential identified by credentialID is disabled',
    'กุญแจนี้ถูกระงับ',
  ),
  certificateExpired: refusal(
    'invalid_request',
    'Signing certificate is expired',
    'ใบรับรองของกุญแจนี้หมดอายุแล้ว',
  ),
  certificateEarly: refusal(
    'invalid_request',
    'Signing certificate is not valid yet',
    'ใบรับรองของกุญแจนี้ยังไม่เริ่มใช้',
  ),
  certificateWithdrawn: refusal(
    'invalid_request',
    'Signing certificate is revoked or suspended',
    'ใบรับรองของกุญแจนี้ถูกเพิกถอนหรือระงับไว้',
  ),
  byOAuth: refusal(
    'invalid_request',
    'The credential is authorized through OAuth 2.0 (scope credential)',
    'กุญแจนี้ต้องอนุญาตการลงนามผ่าน OAuth 2.0 (scope credential)',
  ),
  userGiven: refusal('invalid_request', 'userID parameter MUST be null', 'ห้ามส่งพารามิเตอร์ userID'),
  synchronousOnly: refusal(
    'invalid_request',
    'Invalid parameter operationMode: this service answers synchronously',
    'บริการนี้ตอบแบบทันทีเท่านั้น (operationMode S)',
  ),
  validityPeriod: refusal(
    'invalid_request',
    'Out of bounds parameter validity_period',
    'ค่าของ validity_period อยู่นอกช่วงที่รับได้',
  ),
  accepted: refusal(
    'accepted_request',
    'The previous async request has been accepted but not yet completed',
    'รับคำขอไว้แล้ว และยังลงนามไม่เสร็จ',
  ),
  busy: refusal(
    'temporarily_unavailable',
    'Too many requests wait for their outcome: nothing was signed',
    'มีคำขอที่รอผลอยู่มาก และยังไม่มีการลงนาม',
  ),
  noOtp: refusal(
    'invalid_request',
    'The credential is not used with an online OTP',
    'กุญแจนี้ไม่ใช้ OTP ที่ส่งทางออนไลน์',
  ),
  timestampRefused: refusal(
    'invalid_request',
    'The time-stamp authority refused the request',
    'ผู้ให้บริการประทับเวลาปฏิเสธคำขอ',
  ),
  keyUnavailable: refusal(
    'temporarily_unavailable',
    'The key is not available at the moment: nothing was signed',
    'ยังใช้กุญแจไม่ได้ในขณะนี้ และยังไม่มีการลงนาม',
  ),
  fault: refusal('server_error', 'The service has a fault: nothing was signed', 'ระบบขัดข้อง และยังไม่มีการลงนาม'),
} as const

/** Codes of HTTP, which the API has no word of its own for. */
const plainCodes: ReadonlyMap<CscErrorCode, CscErrorCode> = new Map([
  ['not_found', 'invalid_request'],
  ['method_not_allowed', 'invalid_request'],
  ['unsupported_media_type', 'invalid_request'],
  ['not_implemented', 'invalid_request'],
  ['too_many_requests', 'temporarily_unavailable'],
])

/** RFC 6750 §3: a caller who showed no token is told of the scheme only. */
function challengeOf({ code, isBare }: CscError): Record<string, string> {
  if (code === 'invalid_token') return { 'www-authenticate': isBare ? 'Bearer' : `Bearer error="${code}"` }
  if (code === 'insufficient_scope') return { 'www-authenticate': `Bearer error="${code}"` }
  return code === 'method_not_allowed' ? { allow: 'POST' } : {}
}

/** The error as the API answers it: `error_description` in English as it has it, the same in Thai beside it. */
export function errorAnswer(error: CscError): HandlerAnswer {
  const { code, text } = error
  const body = {
    error: plainCodes.get(code) ?? code,
    error_description: text.en,
    error_description_th: text.th,
  }
  return jsonAnswer(statuses[code], body, challengeOf(error))
}

export function jsonAnswer(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): HandlerAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: Buffer.from(JSON.stringify(body)),
  }
}
