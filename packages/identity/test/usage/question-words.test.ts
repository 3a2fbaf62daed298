import { expect, it } from 'vitest'
import type { PlainWords } from '../../src/consents/plain-words.ts'
import { questionOf } from '../../src/pages/usage/question-words.ts'
import { type Access, readAccessPage } from '../../src/usage/access.ts'

const words: PlainWords = {
  member: () => undefined,
  service: () => undefined,
  operation: () => ({ th: 'ถามว่าอายุถึงที่กำหนดหรือไม่', en: 'Ask whether a person is of an age' }),
  parameter: (_service, _operation, name) => (name === 'age' ? { th: 'อายุ', en: 'Age' } : undefined),
  purpose: () => undefined,
  field: () => undefined,
}

const access = {
  withheld: false,
  exchange: '01890000-0000-7000-8000-000000000000',
  at: '2026-11-23T08:00:00.000Z',
  member: 'TH/GOV/DOPA',
  side: 'provider',
  client: 'TH/GOV/RD/main',
  service: 'TH/GOV/DOPA/main/person-v1',
  operation: 'isOverAge',
  purpose: 'x',
  law: 'x',
  fields: ['answer', 'expression'],
  status: 200,
} satisfies Access

const asked = (question: NonNullable<Access['question']>, language: 'th' | 'en' = 'en') =>
  questionOf({ ...access, question }, words, language)

it('a question is told with what was asked and what was answered, in plain words', () => {
  const age = [{ name: 'age', value: '20' }]
  expect(asked({ asked: age, answer: true })).toEqual({
    asked: 'Ask whether a person is of an age (Age 20)',
    answered: 'Yes',
  })
  expect(asked({ asked: age, answer: false }, 'th')).toEqual({
    asked: 'ถามว่าอายุถึงที่กำหนดหรือไม่ (อายุ 20)',
    answered: 'ไม่ใช่',
  })
  expect(asked({ asked: [], answer: 3 })).toMatchObject({
    asked: 'Ask whether a person is of an age',
    answered: '3',
  })
  expect(asked({ asked: [{ name: 'other', value: 'x' }], answer: 'low' })).toMatchObject({
    asked: 'Ask whether a person is of an age (other x)',
    answered: 'low',
  })
})

it('no answer is told as none, and never as no', () => {
  expect(asked({ asked: [], answer: null, reason: 'no-record' })?.answered).toMatch(/no record of you/)
  expect(asked({ asked: [], answer: null, reason: 'not-known' })?.answered).toMatch(/does not have this/)
})

it('an access that gave data is no question, and a gateway that tells of one otherwise is not believed', () => {
  expect(questionOf(access, words, 'en')).toBeUndefined()
  const page = (question: unknown) => readAccessPage({ accesses: [{ ...access, question }], next: null })
  expect(page({ asked: [], answer: true })?.accesses).toHaveLength(1)
  for (const wrong of [{ asked: [] }, { asked: 'x', answer: true }, { asked: [], answer: { th: 'x' } }]) {
    expect(page(wrong)).toBeUndefined()
  }
})
