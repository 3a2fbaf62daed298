import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { outcomeOf, planEffect } from '../../src/effects/request.ts'
import { pauseAfter } from '../../src/effects/retry.ts'
import { fillIn, readsOf } from '../../src/outputs/fill-in.ts'
import { formatNumber, seriesOf } from '../../src/outputs/number.ts'
import { cel, tellRegister } from './made.ts'

describe('a template of JSON', () => {
  it('says what its expressions say, leaves out what is null, and names all that is missing', () => {
    const template = { name: cel('answers.name'), list: [1, cel('answers.count')], more: cel('null') }
    expect(fillIn(template, { answers: { name: 'ก', count: 2 } })).toEqual({
      known: true,
      value: { name: 'ก', list: [1, 2] },
    })
    const missing = fillIn(template, { answers: {} })
    expect(missing).toMatchObject({ known: false })
    expect(missing.known ? [] : [...missing.missing].sort()).toEqual(['answers.count', 'answers.name'])
    expect(readsOf(template)).toEqual(['answers.name', 'answers.count'])
  })

  it('keeps a null that the register wants to be told', () => {
    const template = { father: cel('null'), name: { family: cel('null'), given: 'ก' } }
    expect(fillIn(template, {}, ['father'])).toEqual({
      known: true,
      value: { father: null, name: { given: 'ก' } },
    })
    expect(fillIn(template, {}, ['name.family'])).toEqual({
      known: true,
      value: { name: { family: null, given: 'ก' } },
    })
  })

  it('without expressions is itself', () => {
    const json = fc.jsonValue({ maxDepth: 3 }).filter((value) => !JSON.stringify(value).includes('null'))
    fc.assert(
      fc.property(json, (value) => {
        const plain = JSON.parse(JSON.stringify(value))
        expect(fillIn(plain, {})).toEqual({ known: true, value: plain })
      }),
    )
  })
})

describe('an effect', () => {
  it('puts what people wrote into a path as one part of it', () => {
    const hostile = '../../admin?x=1#'
    const plan = planEffect({ consumer: 'TH/GOV/XX/boats' }, tellRegister, values(hostile), 'XX-1')
    expect(plan).toMatchObject({ kind: 'tell' })
    const path = plan.kind === 'tell' ? plan.request.path : ''
    expect(path).toBe(`/owners/${encodeURIComponent(hostile)}/boats`)
  })

  it('is done by 2xx, refused by 4xx that no repetition changes, and tried again after all else', () => {
    expect([200, 201, 204].map(outcomeOf)).toEqual(['done', 'done', 'done'])
    expect([400, 404, 409, 422].every((status) => outcomeOf(status) === 'refused')).toBe(true)
    expect([408, 429, 500, 502, 503].every((status) => outcomeOf(status) === 'later')).toBe(true)
  })

  it('is tried again after pauses that grow to six hours and never further', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (attempts) => {
        expect(pauseAfter(attempts + 1)).toBeGreaterThanOrEqual(pauseAfter(attempts))
        expect(pauseAfter(attempts)).toBeLessThanOrEqual(6 * 3_600_000)
      }),
    )
  })
})

it('numbers are of the agency, the kind and the Buddhist year', () => {
  const series = seriesOf({ agency: 'TH/GOV/RD', output: 'assessment', on: '2026-12-31' })
  expect(formatNumber(series, 123)).toBe('RD-ASSESSMENT-2569-000123')
})

function values(id: string) {
  return { applicant: { id }, answers: { boat: 'ก' }, application: { number: 'XX-1' } }
}
