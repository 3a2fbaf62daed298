import { Problem } from '@sapan/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { askedValues, derive } from '../../src/answers/derive.ts'
import type { Question } from '../../src/answers/question.ts'
import { readServiceDescription } from '../../src/service/description.ts'
import { answered, overAge, withQuestion } from './register-with-questions.ts'

const asked = overAge['x-sapan-question']
const today = '2026-11-23'

function question(changes: object = {}): Question {
  const { operations } = readServiceDescription(withQuestion(changes))
  const found = operations.find(({ id }) => id === 'isOverAge')?.question
  if (!found) throw new Error('no question')
  return found
}

function refusal(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof Problem) return `${error.code}: ${error.detail?.en}`
    throw error
  }
  throw new Error('was taken')
}

const said = (record: unknown, of = question()) =>
  derive(of, { record: Buffer.from(JSON.stringify(record)), asked: { age: 20 }, today })

describe('a question about a record', () => {
  it.each([
    [{ birthDate: '2006-11-23' }, { answer: true }],
    [{ birthDate: '2006-11-24' }, { answer: false }],
    [{ birthDate: null }, { answer: null, reason: 'not-known' }],
    [{ birthDate: 'long ago' }, { answer: null, reason: 'not-known' }],
    [{}, { answer: null, reason: 'not-known' }],
    [[], { answer: null, reason: 'not-known' }],
  ])('of %j is answered with %j', (record, answer) => {
    expect(said(record)).toEqual({ ...answer, expression: asked.expression })
  })

  it('of which there is none says so', () => {
    const answer = derive(question(), { record: null, asked: { age: 20 }, today })
    expect(answer).toMatchObject({ answer: null, reason: 'no-record' })
  })

  it('may have one of the words that it names, or a number where it says so, and nothing else', () => {
    const expression = 'record.name.given'
    const words = question({
      'x-sapan-question': { of: 'getPerson', expression },
      parameters: [overAge.parameters[0]],
      responses: answered({ type: 'string', enum: ['north', 'south'] }),
    })
    expect(said({ name: { given: 'north' } }, words).answer).toBe('north')
    expect(refusal(() => said({ name: { given: 'somebody' } }, words))).toMatch(/^question-unanswered/)
    const number = question({
      'x-sapan-question': { of: 'getPerson', expression: 'age(record.birthDate, today)' },
      responses: answered({ type: 'integer' }),
    })
    expect(said({ birthDate: '1980-05-17' }, number).answer).toBe(46)
  })

  it('gives away nothing but its answer, whatever the register says', () => {
    const record = fc.oneof(
      fc.json(),
      fc
        .record({ birthDate: fc.oneof(fc.date({ noInvalidDate: true }).map(String), fc.jsonValue()) })
        .map((one) => JSON.stringify(one)),
      fc.string(),
    )
    const may = [true, false, null].flatMap((answer) =>
      [undefined, 'not-known'].map((reason) =>
        JSON.stringify({ answer, ...(reason ? { reason } : {}), expression: asked.expression }),
      ),
    )
    fc.assert(
      fc.property(record, (text) => {
        try {
          const answer = derive(question(), { record: Buffer.from(text), asked: { age: 20 }, today })
          expect(may).toContain(JSON.stringify(answer))
        } catch (error) {
          if (!(error instanceof Problem)) throw error
          expect(error.type.status).toBe(502)
          expect(error.extensions).toEqual({})
          expect(['answer-not-json', 'answer-duplicate-keys', 'answer-too-deep']).toContain(error.code)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('what a caller gives with a question', () => {
  it.each(['', 'age=', 'age=x', 'age=20&age=21', 'age=1e3', 'age=020', 'age=9999999999999999'])(
    'is refused as %j',
    (query) => {
      expect(refusal(() => askedValues(question(), query))).toMatch(/^request-invalid: Give age/)
    },
  )

  it('is of its type', () => {
    expect(askedValues(question(), 'age=20')).toEqual({ age: 20 })
    const day = question({
      parameters: [
        overAge.parameters[0],
        { ...overAge.parameters[1], schema: { type: 'string', format: 'date' } },
      ],
    })
    expect(askedValues(day, 'age=2028-02-29')).toEqual({ age: '2028-02-29' })
    expect(refusal(() => askedValues(day, 'age=2026-02-29'))).toMatch(/^request-invalid/)
  })
})

describe('a description is refused whose question', () => {
  it.each([
    ['is no CEL', { 'x-sapan-question': { ...asked, expression: 'age(' } }, /expression/],
    [
      'reads what the record has not',
      { 'x-sapan-question': { ...asked, expression: 'record.income > ask.age' } },
      /reads income/,
    ],
    [
      'reads the whole record',
      { 'x-sapan-question': { ...asked, expression: 'size(record) > ask.age' } },
      /record/,
    ],
    ['reads nothing', { 'x-sapan-question': { ...asked, expression: 'ask.age > 20' } }, /reads nothing/],
    [
      'reads what nobody gives',
      { 'x-sapan-question': { ...asked, expression: 'age(record.birthDate, today) > ask.limit' } },
      /ask\.limit/,
    ],
    [
      'takes patterns',
      { 'x-sapan-question': { ...asked, expression: 'record.name.given.matches("a")' } },
      /matches/,
    ],
    ['is about no operation', { 'x-sapan-question': { ...asked, of: 'getNobody' } }, /\/of/],
    ['is about a change', { 'x-sapan-question': { ...asked, of: 'putPerson' } }, /\/of/],
    ['has a key that is not known', { 'x-sapan-question': { ...asked, cache: true } }, /cache/],
    [
      'may be asked as often as one likes',
      { 'x-sapan-question': { ...asked, perPerson: { calls: 0, seconds: 1 } } },
      /calls/,
    ],
    ['answers with a text', { responses: answered({ type: 'string' }) }, /answer/],
    ['names nobody', { 'x-sapan-subject': [] }, /subject/],
  ])('%s', (_, changes, reason) => {
    expect(refusal(() => question(changes))).toMatch(reason)
  })
})
