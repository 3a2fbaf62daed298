import { type Clock, type Language, Problem, type Text } from '@sapan/kernel'
import { textField } from '@sapan/ui'
import type { ComponentChild } from 'preact'
import type { Ceremonies } from '../authenticators/store/ceremonies.ts'
import { providerProblems } from '../problems/provider.ts'
import type { SignIn } from '../provider/interactions.ts'
import { deviceOf } from './arrive.ts'
import type { CodeVisit, EmailCodes } from './email-codes.ts'
import type { SignInOptions, SignInRequest } from './options.ts'

/** What pages with a code by e-mail stand on. */
export interface SignInLetters {
  readonly clock: Clock
  readonly ceremonies: Ceremonies
  readonly codes: EmailCodes
}

/** Throws `sign-in-over` where this operator sends no letters, and has no such pages. */
export function lettersOf({ letters }: SignInOptions): SignInLetters {
  if (letters === undefined) throw new Problem(providerProblems['sign-in-over'])
  return letters
}

export function codeVisitOf(options: SignInOptions, request: SignInRequest, { uid }: SignIn): CodeVisit {
  const { address, userAgent, language } = request
  return { uid, address, userAgent, language, device: deviceOf(options, request) }
}

/** Where the code of a letter is typed; its label is the page's heading. */
export function letterCodeField(language: Language, wrong: string | undefined): ComponentChild {
  return textField({
    name: 'code',
    label: words.code[language],
    hint: words.hint[language],
    isHeading: true,
    inputMode: 'numeric',
    autocomplete: 'one-time-code',
    width: 6,
    longest: 20,
    ...(wrong !== undefined && { error: wrong }),
  })
}

const words = {
  code: { th: 'รหัส 6 หลักจากอีเมล', en: 'The six digits in our letter' },
  hint: {
    th: 'ใช้ได้ 15 นาที หากไม่พบ ดูในถังขยะของอีเมล หรือกลับไปส่งใหม่',
    en: 'They can be used for 15 minutes. If there is no letter, look in the spam folder, or go back and send it again.',
  },
} as const satisfies Record<string, Text>
