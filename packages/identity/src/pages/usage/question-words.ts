import type { Language } from '@sapan/kernel'
import { orCode, type PlainWords } from '../../consents/plain-words.ts'
import type { Access } from '../../usage/access.ts'
import { usageWords } from './words.ts'

/** What was asked about a person in place of their data, and what was answered, in plain words; undefined for all else. */
export function questionOf(
  { question, service, operation }: Access,
  words: PlainWords,
  language: Language,
): { asked: string; answered: string } | undefined {
  if (!question) return undefined
  const what = orCode(words.operation(service, operation), operation)[language]
  const given = question.asked.map(({ name, value }) => {
    const label = orCode(words.parameter?.(service, operation, name), name)[language]
    return `${label} ${value}`
  })
  const asked = given.length === 0 ? what : `${what} (${given.join(', ')})`
  return { asked, answered: answerOf(question, language) }
}

function answerOf({ answer, reason }: NonNullable<Access['question']>, language: Language): string {
  if (answer === null) return usageWords[reason === 'no-record' ? 'noRecord' : 'notKnown'][language]
  if (typeof answer === 'boolean') return usageWords[answer ? 'yes' : 'no'][language]
  return String(answer)
}
