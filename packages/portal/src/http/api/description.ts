import type { Language, Text } from '@sapan/kernel'
import { fileTypes, formType } from '../media-type.ts'
import { problemAnswers, problemSchemas } from './problem-answers.ts'
import { reportSchemas } from './report-schemas.ts'
import { field, maybe, objectOf, reference, type Schema, said, string } from './schema.ts'

const file: Schema = { type: 'string', contentMediaType: 'application/octet-stream' }

const upload = objectOf<{ file: string; password?: string; detached?: string }>(
  { th: 'ไฟล์ที่จะตรวจ กับสิ่งที่ต้องใช้', en: 'A file to be checked, and what belongs to it' },
  {
    file: field('ไฟล์ที่จะตรวจ', 'the file to be checked', file),
    password: maybe('รหัสผ่านของไฟล์', 'the password of the file', string),
    detached: maybe('ต้นฉบับของลายมือชื่อแยก', 'the original that a detached signature is over', file),
  },
)

/** `title`, `summary` and `description` are made of these. */
function document(mostBytes: number): Schema {
  const megabytes = Math.floor(mostBytes / 2 ** 20)
  return {
    openapi: '3.1.1',
    info: { ...said('ตรวจเอกสาร', 'Check a document'), version: 'v1', 'x-sapan-code': 'check' },
    servers: [{ url: '/' }],
    paths: { '/api/check': { post: operation(megabytes) } },
    components: { schemas: { ...reportSchemas, ...problemSchemas } },
  }
}

function operation(megabytes: number): Schema {
  const whole = { schema: {} }
  return {
    operationId: 'checkDocument',
    ...said(
      'ตรวจว่าใครลงนาม เมื่อไร และถูกแก้ไขหรือไม่ ไม่เก็บสิ่งใดไว้',
      'Find out who signed a file, when, and whether it was changed; nothing is kept',
    ),
    parameters: [
      {
        name: 'Accept-Language',
        in: 'header',
        ...said('ภาษาของปัญหา: th หรือ en', 'the language of problems: th or en'),
        schema: string,
      },
      {
        name: 'lang',
        in: 'query',
        ...said('ภาษา แทน Accept-Language', 'the language, before Accept-Language'),
        schema: { type: 'string', enum: ['th', 'en'] },
      },
    ],
    requestBody: {
      ...said(
        `ไฟล์ทั้งไฟล์ หรือแบบฟอร์มที่มีช่อง file ไม่เกิน ${megabytes} MB`,
        `The file itself, or a form with a part named file; ${megabytes} MB at most`,
      ),
      required: true,
      content: {
        ...Object.fromEntries(fileTypes.map((type) => [type, whole])),
        [formType]: { schema: upload },
      },
    },
    responses: {
      200: {
        ...said('ผลการตรวจ ไม่ว่าลายมือชื่อจะเป็นอย่างไร', 'What was found, whatever it is'),
        content: { 'application/json': { schema: reference('Report') } },
      },
      ...problemAnswers(),
    },
  }
}

/** The OpenAPI 3.1 description of `/api/check`, its words in that language and, under `x-sapan-text`, in both. */
export function apiDescription(language: Language, mostBytes: number): Schema {
  return worded(document(mostBytes), language, 'description') as Schema
}

/** Where each part of a document has its words. */
const places: Readonly<Record<string, string>> = { info: 'title', post: 'summary' }

function worded(part: unknown, language: Language, place: string): unknown {
  if (Array.isArray(part)) return part.map((one) => worded(one, language, 'description'))
  if (!isObject(part)) return part
  const text = part['x-sapan-text'] as Text | undefined
  const entries = Object.entries(part).map(([key, value]) => [
    key,
    key === 'x-sapan-text' ? value : worded(value, language, places[key] ?? 'description'),
  ])
  return { ...(text && { [place]: text[language] }), ...Object.fromEntries(entries) }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
