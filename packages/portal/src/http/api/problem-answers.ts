import type { ProblemType } from '@sapan/kernel'
import { portalProblems } from '../../problems.ts'
import { field, objectOf, reference, type Schema, said, string } from './schema.ts'

interface Words {
  readonly title: string
  readonly detail: string
  readonly next: string
}

interface ProblemAnswer extends Words {
  readonly type: string
  readonly code: string
  readonly status: number
}

const words = {
  title: field('หัวข้อ', 'title', string),
  detail: field('เกิดอะไรขึ้น', 'what happened', string),
  next: field('ทำอย่างไรต่อ', 'what to do next', string),
} as const

/** RFC 9457, with our code, what to do next, and the same in the other language under `th` or `en`. */
const problem: Schema = {
  ...objectOf<ProblemAnswer>(
    { th: 'ปัญหา', en: 'A problem' },
    {
      type: field('ที่อยู่ของหน้าอธิบาย', 'where it is explained', { type: 'string', format: 'uri-reference' }),
      code: field('รหัส', 'its code', string),
      status: field('รหัสสถานะ HTTP', 'HTTP status', { type: 'integer', minimum: 400, maximum: 599 }),
      ...words,
    },
  ),
  anyOf: [{ required: ['th'] }, { required: ['en'] }],
}

export const problemSchemas: Readonly<Record<string, Schema>> = {
  Problem: problem,
  Words: objectOf<Words>({ th: 'ถ้อยคำ', en: 'The words of it' }, words),
}

/** What checking a file by a program can meet. */
const met: readonly ProblemType[] = [
  portalProblems['upload-missing'],
  portalProblems['upload-malformed'],
  portalProblems['portal-method-not-allowed'],
  portalProblems['upload-too-large'],
  portalProblems['upload-type-unsupported'],
  portalProblems['document-unreadable'],
  portalProblems['document-password-needed'],
  portalProblems['check-took-too-long'],
  portalProblems['portal-fault'],
  portalProblems['checker-busy'],
]

const headers: Readonly<Record<number, Schema>> = {
  405: { Allow: { ...said('วิธีที่ใช้ได้', 'the methods that are taken'), schema: string } },
  503: { 'Retry-After': { ...said('ลองใหม่ในกี่วินาที', 'seconds until trying again'), schema: string } },
}

/** An answer for each status, with the codes that it may have. */
export function problemAnswers(): Record<string, Schema> {
  const statuses = [...new Set(met.map(({ status }) => status))]
  return Object.fromEntries(statuses.map((status) => [String(status), problemAnswer(status)]))
}

function problemAnswer(status: number): Schema {
  const types = met.filter((type) => type.status === status)
  const line = (language: 'th' | 'en') =>
    types.map(({ code, title }) => `${code}: ${title[language]}`).join('; ')
  const codes = types.map(({ code }) => code)
  return {
    ...said(line('th'), line('en')),
    headers: {
      'Content-Language': { ...said('ภาษาของถ้อยคำ', 'the language of the words'), schema: string },
      ...headers[status],
    },
    content: {
      'application/problem+json': {
        schema: { ...reference('Problem'), properties: { code: { enum: codes } } },
      },
    },
  }
}
