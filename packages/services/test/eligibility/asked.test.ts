import { describe, expect, it } from 'vitest'
import { eligibilitySchema } from '../../src/api/openapi/form-schemas.ts'
import type { Requirement } from '../../src/definition/definition.ts'
import { askedValues, readAsked } from '../../src/eligibility/asked.ts'
import { judge } from '../../src/eligibility/judge.ts'
import { cel, context, definitionOf, field, page, text } from '../form/made.ts'

const { today } = context

function requirement(id: string, rule: string, asks: readonly string[]): Requirement {
  const law = { law: 'boats', section: '1', about: text('about') }
  return {
    ...{ id, asks, law, refuses: true },
    rule: cel(rule),
    name: text(id),
    otherwise: text('do something else'),
  }
}

const due = field('date', {
  id: 'due',
  limits: { min: cel('addDays(today, -30)'), max: cel('addDays(today, 365)') },
  checks: [{ rule: cel('daysBetween(today, answers.due) <= 15'), text: text('It is too early.') }],
})
const length = field('whole', { id: 'length', limits: { min: 1, max: 12 } })
const fee = field('money', { id: 'fee', limits: { min: 0 } })

const definition = definitionOf([page('boat', [due, length, fee])], {
  calculated: [
    { id: 'isLate', label: text('late'), type: 'yes-no', value: cel('answers.due < today'), isShown: false },
  ],
  requirements: [
    requirement('window', 'daysBetween(today, answers.due) <= 15', ['due']),
    requirement('in-time', '!calc.isLate', ['due']),
    requirement('small', 'answers.length <= 10', ['length']),
    requirement('paid', 'answers.fee >= 0', ['fee']),
  ],
})

/** What is wrong, by field; without anything, what came of each condition. */
function asked(sent: Record<string, string>) {
  const { answers, errors } = readAsked(definition, new URLSearchParams(sent), context)
  const { judged } = judge(definition, askedValues(definition, answers, today))
  return {
    wrong: errors.map((one) => one.field),
    unmet: judged.filter(({ verdict }) => verdict === 'no').map(({ requirement: { id } }) => id),
  }
}

const day = (year: number, month: number, date: number) => ({
  'due-day': String(date),
  'due-month': String(month),
  'due-year': String(year),
})

describe('what is asked before somebody signs in', () => {
  it('that the form’s own checks refuse is no mistake: a condition is not met, and says why', () => {
    expect(asked(day(2026, 12, 25))).toEqual({ wrong: [], unmet: ['window'] })
  })

  it('that lies beyond a limit is none where a condition says no, also by what is calculated of it', () => {
    expect(asked({ length: '14' })).toEqual({ wrong: [], unmet: ['small'] })
    expect(asked(day(2026, 8, 1))).toEqual({ wrong: [], unmet: ['in-time'] })
  })

  it('that lies beyond a limit is one where no condition says anything against it', () => {
    expect(asked({ length: '0' })).toEqual({ wrong: ['length'], unmet: [] })
  })

  it('that cannot be an answer at all is one', () => {
    expect(asked(day(2026, 2, 30)).wrong).toEqual(['due'])
    expect(asked({ length: 'long' }).wrong).toEqual(['length'])
    expect(asked({ fee: 'much' }).wrong).toEqual(['fee'])
  })

  it('is described to programs without the form’s limits, which a condition may answer', () => {
    const { properties } = eligibilitySchema(definition) as {
      properties: { answers: { properties: object } }
    }
    expect(properties.answers.properties).toMatchObject({ length: { type: 'integer' } })
    expect(JSON.stringify(properties)).not.toMatch(/minimum|maximum/)
  })
})
