import { Problem } from '@sapan/kernel'
import { exchangeProblem } from '../../../problems.ts'
import type { S3Answer } from './s3-connection.ts'

interface Told {
  readonly th: string
  readonly en: string
}

/** What an operator can do about it, by S3's own error code. */
const advice: Readonly<Record<string, Told>> = {
  NoSuchBucket: { th: 'ยังไม่มี bucket นี้ ให้สร้างก่อน', en: 'there is no such bucket: make it' },
  AccessDenied: {
    th: 'กุญแจนี้ไม่ได้รับสิทธิ ให้สิทธิ PutObject, GetObject และ DeleteObject',
    en: 'these keys may not: allow them PutObject, GetObject and DeleteObject',
  },
  InvalidAccessKeyId: { th: 'ที่เก็บไม่รู้จักกุญแจนี้', en: 'the store does not know these keys' },
  SignatureDoesNotMatch: {
    th: 'กุญแจลับหรือ region ไม่ตรงกับของที่เก็บ',
    en: 'the secret key or the region is not the store’s',
  },
  RequestTimeTooSkewed: {
    th: 'นาฬิกาของเครื่องนี้ไม่ตรง ให้ตั้งด้วย NTP',
    en: 'this machine’s clock is wrong: set it by NTP',
  },
}

const elsewhere: Told = {
  th: 'ที่เก็บชี้ไปยังที่อยู่อื่น ให้ตั้ง endpoint และ region ของ bucket นี้เอง',
  en: 'it names another address: set the endpoint and the region of this bucket itself',
}

/** What answers does not speak S3: a proxy, a page to sign in, a store that cannot give a part of an object. */
export const notS3: Told = {
  th: 'สิ่งที่ตอบไม่ใช่ที่เก็บแบบ S3 ตรวจ evidence.archive.s3.endpoint',
  en: 'what answers is no S3 store: look at evidence.archive.s3.endpoint',
}

/**
 * An answer that is no success, as a problem: `archive-lost` where the store says that it has no such object, else
 * `archive-unreachable`. Of the answer nothing is told but its status and S3's own code.
 */
export function refusal(place: string, name: string, { status, body }: S3Answer): Problem {
  const code = errorCode(body)
  if (code === 'NoSuchKey') return lost(name)
  const said = code === undefined ? String(status) : `${status} ${code}`
  const hint = status >= 300 && status < 400 ? elsewhere : code === undefined ? undefined : advice[code]
  return unreachable(place, {
    th: hint ? `${said} ${hint.th}` : `ที่เก็บตอบ ${said}`,
    en: hint ? `${said}: ${hint.en}` : `the store answered ${said}`,
  })
}

/** No answer came; the system says why. */
export function notReached(place: string, error: unknown): Problem {
  // The keys could not be read.
  if (error instanceof Problem) return unreachable(place, error.detail ?? error.type.title, error)
  if (error instanceof Error && error.name === 'TimeoutError')
    return unreachable(place, { th: 'ไม่ตอบในเวลา', en: 'no answer in time' }, error)
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const said = typeof code === 'string' ? code : error instanceof Error ? error.message : String(error)
  return unreachable(place, { th: said, en: said }, error)
}

/** Problem `archive-unreachable`, with what the store said. */
export function unreachable(place: string, said: Told, cause?: unknown): Problem {
  const detail = { th: `${place}: ${said.th}`, en: `${place}: ${said.en}` }
  return exchangeProblem('archive-unreachable', { detail, ...(cause === undefined ? {} : { cause }) })
}

/** The store has no such segment, or a shorter one. */
export function lost(name: string): Problem {
  return exchangeProblem('archive-lost', { detail: { th: name, en: name } })
}

/** S3's code for what went wrong, `NoSuchKey`; undefined where what was answered is not its XML. */
function errorCode(body: Buffer): string | undefined {
  return /<Error(?:\s[^>]*)?>.*?<Code>([A-Za-z0-9.]{1,80})<\/Code>/s.exec(body.toString('utf8'))?.[1]
}
