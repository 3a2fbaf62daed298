import { readFileSync } from 'node:fs'
import { Problem } from '@sapan/kernel'
import { problems } from '../problems.ts'

/**
 * The address of a database of the operator's own: `DATABASE_URL`, or what is in the file that `DATABASE_URL_FILE` names, as secrets
 * are handed to containers. Undefined where neither is set. Throws `misuse` where both are, `input-unreadable` where the file says nothing.
 */
export function databaseUrlOf(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const { DATABASE_URL: url, DATABASE_URL_FILE: file } = env
  if (file === undefined) return url
  if (url !== undefined) {
    throw new Problem(problems.misuse, {
      detail: {
        th: 'กำหนด DATABASE_URL หรือ DATABASE_URL_FILE อย่างใดอย่างหนึ่ง',
        en: 'set DATABASE_URL or DATABASE_URL_FILE, not both',
      },
    })
  }
  const read = readSecret(file)
  if (/^postgres(ql)?:\/\/\S+$/.test(read)) return read
  throw unreadable(file)
}

function readSecret(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (cause) {
    throw unreadable(file, cause)
  }
}

/** What is in the file is never told: it has a password. */
function unreadable(file: string, cause?: unknown): Problem {
  return new Problem(problems['input-unreadable'], {
    detail: {
      th: `DATABASE_URL_FILE: ${file} อ่านไม่ได้ หรือไม่ใช่ที่อยู่แบบ postgres://…`,
      en: `DATABASE_URL_FILE: ${file} cannot be read, or is no address such as postgres://…`,
    },
    ...(cause === undefined ? {} : { cause }),
  })
}
