import type { Text } from '@sapan/kernel'
import type { HandlerAnswer } from '../../http/exchange.ts'

/** Error codes of the CSC API (v1.0.4 §10.1, v2 §10.1) and of RFC 6750 §3.1, each with its HTTP status. */
const statuses = {
  invalid_request: 400,
  invalid_pin: 400,
  invalid_otp: 400,
  invalid_token: 401,
  access_denied: 403,
  not_found: 404,
  method_not_allowed: 405,
  unsupported_media_type: 415,
  server_error: 500,
  temporarily_unavailable: 503,
} as const

export type CscErrorCode = keyof typeof statuses

/** A request that the service refuses, in the words of the CSC API. */
export class CscError extends Error {
  readonly code: CscErrorCode
  readonly text: Text

  constructor(code: CscErrorCode, text: Text) {
    super(`${code}: ${text.en}`)
    this.code = code
    this.text = text
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
    'The content type must be application/json',
    'ชนิดเนื้อหาต้องเป็น application/json',
  ),
  tokenMissing: refusal('invalid_token', 'The access token is missing', 'ไม่มีโทเค็นการเข้าถึง'),
  tokenInvalid: refusal(
    'invalid_token',
    'The access token is invalid or has expired',
    'โทเค็นการเข้าถึงใช้ไม่ได้หรือหมดอายุ',
  ),
  method: refusal('method_not_allowed', 'The method must be POST', 'ต้องใช้เมธอด POST'),
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
  sadExpired: refusal('invalid_request', 'The SAD has expired', 'SAD หมดอายุแล้ว'),
  sadUsed: refusal('invalid_request', 'Invalid parameter SAD', 'SAD ใช้ไม่ได้ หรือถูกใช้ไปแล้ว'),
  nothingLeft: refusal(
    'invalid_request',
    'The SAD authorizes no more signatures',
    'SAD นี้ไม่เหลือจำนวนลายมือชื่อที่อนุญาตแล้ว',
  ),
  pin: refusal('invalid_pin', 'The PIN is invalid', 'PIN ไม่ถูกต้อง'),
  otp: refusal('invalid_otp', 'The OTP is invalid', 'OTP ไม่ถูกต้อง'),
  tooManyAttempts: refusal(
    'access_denied',
    'Too many wrong PINs or OTPs: try again later',
    'ใส่ PIN หรือ OTP ผิดหลายครั้ง โปรดลองใหม่ภายหลัง',
  ),
  denied: refusal('access_denied', 'The signer denied the request', 'ผู้ลงนามปฏิเสธคำขอ'),
  disabled: refusal('invalid_request', 'The credential is disabled', 'กุญแจนี้ถูกระงับ'),
  synchronousOnly: refusal(
    'invalid_request',
    'Invalid parameter operationMode: this service answers synchronously',
    'บริการนี้ตอบแบบทันทีเท่านั้น (operationMode S)',
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

/** The error as the API answers it: `error_description` in English as it has it, the same in Thai beside it. */
export function errorAnswer({ code, text }: CscError): HandlerAnswer {
  const challenge: Record<string, string> =
    code === 'invalid_token' ? { 'www-authenticate': 'Bearer error="invalid_token"' } : {}
  const allow: Record<string, string> = code === 'method_not_allowed' ? { allow: 'POST' } : {}
  const error =
    code === 'not_found' || code === 'method_not_allowed' || code === 'unsupported_media_type'
      ? 'invalid_request'
      : code
  const body = { error, error_description: text.en, error_description_th: text.th }
  return jsonAnswer(statuses[code], body, { ...challenge, ...allow })
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
