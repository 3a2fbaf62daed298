import { createHash } from 'node:crypto'
import { canonicalJson, type Language, type Text } from '@sapan/kernel'
import { mandateProblem } from '../room.ts'

export type JointState = 'open' | 'complete' | 'used' | 'void' | 'withdrawn' | 'expired'

/** One person's confirmation. Times are milliseconds since 1970. */
export interface Confirmation {
  readonly account: string
  readonly confirmedAt: number
  readonly seal: boolean
}

/** What is to be done in plain words: in both languages, or as a person wrote it. */
export type JointWords = string | Text

/** Something that several must do together. Times are milliseconds since 1970. */
export interface JointAct {
  readonly id: string
  readonly source: 'company' | 'child'
  /** The number and name of the company or child. */
  readonly number: string
  readonly name: Text
  readonly scope: string
  /** What is to be done, as a program says it. */
  readonly act: unknown
  /** The same in plain words. */
  readonly words: JointWords
  /** Where all of it can be read, and from where it is carried out: a path of the portal. */
  readonly page?: string
  /** SHA-256 over the canonical JSON of the act (RFC 8785), in hex. */
  readonly hash: string
  readonly preparedBy: string
  readonly state: JointState
  readonly createdAt: number
  readonly expiresAt: number
  readonly completedAt?: number
  /** Those that hold; what was taken back is not among them. */
  readonly confirmations: readonly Confirmation[]
}

const longestAct = 65_536

/** The words of a joint act for a reader. Pure. */
export function wordsFor(words: JointWords, language: Language): string {
  return typeof words === 'string' ? words : words[language]
}

/**
 * The hash under which an act is confirmed: a letter that differs is another act. Throws `mandate-terms-invalid` for
 * what JSON cannot say, and for more than 64 KiB.
 */
export function actHash(act: unknown): Buffer {
  const text = canonicalText(act)
  if (text.length > longestAct)
    throw mandateProblem('mandate-terms-invalid', {
      detail: { th: 'เรื่องที่จะทำยาวเกินไป', en: 'What is to be done is too long.' },
    })
  return createHash('sha256').update(text).digest()
}

function canonicalText(act: unknown): string {
  try {
    return canonicalJson(act)
  } catch (cause) {
    const detail = { th: 'เรื่องที่จะทำไม่ใช่ JSON', en: 'What is to be done is no JSON.' }
    throw mandateProblem('mandate-terms-invalid', { detail, cause })
  }
}
