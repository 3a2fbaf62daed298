import type { JsonValue } from '@sapan/casework'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DraftContent } from '../../src/application/application.ts'
import type { Fact, Facts } from '../../src/application/fact.ts'
import { isoCountries } from '../../src/form/countries.ts'
import { markAfter } from '../../src/form/marks.ts'
import { applyFacts } from '../../src/prefill/apply.ts'
import { content, family, fetched, field, page } from './made.ts'

const apply = (over: Partial<DraftContent>) => applyFacts(family, content(over))
const then = (before: DraftContent, over: Partial<DraftContent>) => applyFacts(family, { ...before, ...over })
const person = fetched({ name: 'มาลี ใจดี', birthDate: '1990-02-28' })
const children = (...names: string[]) =>
  fetched({ children: names.map((name, at) => ({ name, id: `111111111111${at}` })) })

describe('facts that were agreed to', () => {
  it('fill in what nobody has answered, and say where it comes from', () => {
    const { answers, marks } = apply({ facts: { person } })
    expect(answers).toEqual({ name: 'มาลี ใจดี', birthDate: '1990-02-28' })
    expect(marks.birthDate).toEqual({ origin: 'register', evidence: 'person', was: '1990-02-28' })
  })

  it('fill in an address as the form keeps it: a number as text, and nothing that is not there', () => {
    const from = `{'houseNumber': facts.person.house, 'moo': facts.person.moo, 'subdistrictCode': '570101',
      'subdistrict': 'เวียง', 'district': 'เมืองเชียงราย', 'province': 'เชียงราย', 'postalCode': '57000'}`
    const form = { ...family.form, pages: [page('home', [field('home', from, { type: 'address' })])] }
    const homeOf = (data: JsonValue) =>
      applyFacts({ ...family, form }, content({ facts: { person: fetched(data) } })).answers.home
    const place = {
      ...{ subdistrictCode: '570101', subdistrict: 'เวียง', district: 'เมืองเชียงราย' },
      ...{ province: 'เชียงราย', postalCode: '57000' },
    }
    expect(homeOf({ house: '343', moo: 7 })).toEqual({ houseNumber: '343', moo: '7', ...place })
    for (const moo of [null, ''])
      expect(homeOf({ house: '99/1', moo })).toEqual({ houseNumber: '99/1', ...place })
  })

  it('fill in a country by its code of three letters, whichever of the two a register has', () => {
    const home = field('home', 'facts.person.nationality', { type: 'country' })
    const form = { ...family.form, pages: [page('home', [home])] }
    const homeOf = (nationality: JsonValue) =>
      applyFacts({ ...family, form }, content({ facts: { person: fetched({ nationality }) } })).answers.home
    expect(['DEU', 'DE', 'Germany', 'XX', ''].map(homeOf)).toEqual([
      'DEU',
      'DEU',
      undefined,
      undefined,
      undefined,
    ])
    expect(isoCountries().every(({ code }) => /^[A-Z]{3}$/.test(code))).toBe(true)
    expect(isoCountries().find(({ code }) => code === 'THA')?.name).toEqual({ th: 'ไทย', en: 'Thailand' })
  })

  it('are not used before the person says so', () => {
    const { data, askedAt } = person
    const waiting: Fact = { state: 'fetched', askedAt, ...(data === undefined ? {} : { data }) }
    expect(apply({ facts: { person: waiting } }).answers).toEqual({})
    expect(apply({ facts: { person: { ...person, agreed: false } } }).answers).toEqual({})
  })

  it('leave what the person typed before, with what the register says beside it', () => {
    const { answers, marks } = apply({ answers: { name: 'มาลี ใจงาม' }, facts: { person } })
    expect(answers.name).toBe('มาลี ใจงาม')
    expect(marks.name).toMatchObject({ origin: 'applicant', was: 'มาลี ใจดี' })
  })

  it('leave what the person changed in the form', () => {
    const filled = apply({ facts: { person } })
    const mark = markAfter(filled.marks.name, filled.answers.name, 'Malee')
    const typed = then(filled, {
      answers: { ...filled.answers, name: 'Malee' },
      marks: { ...filled.marks, ...(mark && { name: mark }) },
    })
    expect(typed.answers.name).toBe('Malee')
    expect(typed.marks.name).toMatchObject({ origin: 'applicant', was: 'มาลี ใจดี' })
  })

  it('are followed when the register says something else and the person had left it as it was', () => {
    const filled = apply({ facts: { person } })
    const married = fetched({ name: 'มาลี สุขใจ', birthDate: '1990-02-28' })
    expect(then(filled, { facts: { person: married } }).answers.name).toBe('มาลี สุขใจ')
  })

  it('stand as before while the person has not said yes to what changed', () => {
    const filled = apply({ facts: { person } })
    const changed: Fact = {
      state: 'fetched',
      askedAt: 2,
      data: { name: 'มาลี สุขใจ', birthDate: '1990-02-28' },
      before: { askedAt: 1, data: person.data ?? null },
    }
    expect(then(filled, { facts: { person: changed } }).answers).toEqual(filled.answers)
  })

  it('do not come back into a field that the person cleared, unless only the register may say it', () => {
    const { answers, ...filled } = apply({ facts: { person } })
    const after = then({ ...filled, answers: {} }, {})
    expect(answers).toHaveProperty('name')
    expect(after.answers).toEqual({ birthDate: '1990-02-28' })
    expect(after.marks.name).toMatchObject({ origin: 'applicant', was: 'มาลี ใจดี' })
  })

  it('go out of the form when the person takes their yes back, but what they typed stays', () => {
    const filled = apply({ facts: { person }, answers: { name: 'Malee' } })
    const after = then(filled, { facts: { person: { ...person, agreed: false } } })
    expect(after.answers).toEqual({ name: 'Malee' })
    expect(after.marks.name).toMatchObject({ origin: 'applicant', unverified: true })
  })

  it('that cannot be an answer are as if the register did not know', () => {
    const { answers } = apply({ facts: { person: fetched({ name: 7, birthDate: '1990' }) } })
    expect(answers).toEqual({})
  })
})

describe('a register that was not asked or did not answer', () => {
  it('marks what is typed as unverified', () => {
    const silent: Fact = { state: 'unavailable', askedAt: 1, problem: 'late' }
    const { marks } = apply({ facts: { person: silent }, answers: { birthDate: '1990-02-28' } })
    expect(marks.birthDate).toEqual({ origin: 'applicant', evidence: 'person', unverified: true })
  })

  it('shows the difference when it answers later', () => {
    const typed = apply({ answers: { birthDate: '1990-02-27' } })
    expect(typed.marks.birthDate).toMatchObject({ unverified: true })
    const after = then(typed, { facts: { person } })
    expect(after.answers.birthDate).toBe('1990-02-27')
    expect(after.marks.birthDate).toEqual({ origin: 'applicant', evidence: 'person', was: '1990-02-28' })
  })

  it('is not why something is unverified that the register does not know', () => {
    const { marks } = apply({ facts: { person: fetched({}) }, answers: { birthDate: '1990-02-28' } })
    expect(marks.birthDate).toEqual({ origin: 'applicant', evidence: 'person' })
  })
})

describe('two registers that contradict', () => {
  it('are both shown', () => {
    const { answers, marks } = apply({ facts: { person, work: fetched({ name: 'มาลี ใจร้าย' }) } })
    expect(answers.name).toBe('มาลี ใจดี')
    expect(marks.name?.others).toEqual([{ evidence: 'work', value: 'มาลี ใจร้าย' }])
  })

  it('are not seen where they say the same', () => {
    const { marks } = apply({ facts: { person, work: fetched({ name: 'มาลี ใจดี' }) } })
    expect(marks.name).not.toHaveProperty('others')
  })
})

describe('a disputed value', () => {
  it('is marked with its task wherever it was filled in', () => {
    const disputes = { birthDate: 'task-1' }
    const { marks } = apply({ facts: { person: { ...person, disputes } } })
    expect(marks.birthDate).toMatchObject({ origin: 'register', dispute: 'task-1' })
    expect(marks.name).not.toHaveProperty('dispute')
  })

  it('is found in a list by its entry', () => {
    const house = { ...children('ก', 'ข'), disputes: { 'children.1.name': 'task-2' } }
    const { marks } = apply({ facts: { house } })
    expect(marks['children.1.childName']).toMatchObject({ dispute: 'task-2' })
    expect(marks['children.0.childName']).not.toHaveProperty('dispute')
    expect(marks['children.1.childId']).not.toHaveProperty('dispute')
  })
})

describe('a repeated page', () => {
  const listOf = ({ answers }: DraftContent) => answers.children

  it('begins with what the register has', () => {
    expect(listOf(apply({ facts: { house: children('ก', 'ข') } }))).toEqual([
      { childName: 'ก', childId: '1111111111110' },
      { childName: 'ข', childId: '1111111111111' },
    ])
  })

  it('takes no more than the form does', () => {
    const many = apply({ facts: { house: children(...'กขคงจฉช') } })
    expect(listOf(many)).toHaveLength(5)
  })

  it('follows the register and keeps what the person added to an entry', () => {
    const filled = apply({ facts: { house: children('ก') } })
    const added = {
      ...filled,
      answers: { children: [{ childName: 'ก', childId: '1111111111110', school: 'A' }] },
    }
    expect(listOf(then(added, { facts: { house: children('ก', 'ข') } }))).toEqual([
      { childName: 'ก', childId: '1111111111110', school: 'A' },
      { childName: 'ข', childId: '1111111111111' },
    ])
  })

  it('is the person’s as soon as they changed it: an entry that they took out does not come back', () => {
    const filled = apply({ facts: { house: children('ก', 'ข') } })
    const one = { ...filled, answers: { children: [{ childName: 'ข', childId: '1111111111111' }] } }
    const after = then(one, { facts: { house: children('ก', 'ข', 'ค') } })
    expect(listOf(after)).toEqual([{ childName: 'ข', childId: '1111111111111' }])
    expect(after.marks['children.0.childName']).toMatchObject({ origin: 'register', was: 'ข' })
  })

  it('loses no entry into which the person typed when the register has it no more', () => {
    const filled = apply({ facts: { house: children('ก') } })
    const typed = [{ childName: 'ก', childId: '1111111111110', school: 'A' }]
    expect(
      listOf(
        then({ ...filled, answers: { children: typed } }, { facts: { house: fetched({ children: [] }) } }),
      ),
    ).toEqual(typed)
  })

  it('goes with the person’s yes, and comes back with it', () => {
    const filled = apply({ facts: { house: children('ก') } })
    const without = then(filled, { facts: {} })
    expect(listOf(without)).toBeUndefined()
    expect(listOf(then(without, { facts: { house: children('ก') } }))).toHaveLength(1)
  })
})

/** Without what was left blank. */
function written(answers: DraftContent['answers']): DraftContent['answers'] {
  const isBlank = (value: JsonValue) => value === '' || (Array.isArray(value) && value.length === 0)
  return Object.fromEntries(Object.entries(answers).filter(([, value]) => !isBlank(value)))
}

describe('whatever registers say and people type', () => {
  const text = fc.constantFrom('ก', 'ข', 'ค', '')
  const date = fc.constantFrom('1990-02-28', '2024-02-29', 'ปี 2533', '')
  const fact = (data: fc.Arbitrary<JsonValue>): fc.Arbitrary<Fact> =>
    fc
      .record({
        data,
        agreed: fc.boolean(),
        state: fc.constantFrom('fetched', 'none', 'unavailable', 'declined'),
      })
      .map((one) => ({
        ...one,
        askedAt: 1,
      }))
  const child = fc.record(
    { name: text, id: fc.constantFrom('1111111111110', '1111111111111', '7') },
    { requiredKeys: [] },
  )
  const facts: fc.Arbitrary<Facts> = fc.record(
    {
      person: fact(fc.record({ name: text, birthDate: date }, { requiredKeys: [] })),
      work: fact(fc.record({ name: text, salary: fc.integer() }, { requiredKeys: [] })),
      house: fact(fc.record({ children: fc.array(child, { maxLength: 4 }) }, { requiredKeys: [] })),
    },
    { requiredKeys: [] },
  )
  const entry = fc.record({ childName: text, childId: text, school: text }, { requiredKeys: [] })
  const answers = fc.record(
    {
      name: text,
      birthDate: fc.constantFrom('1990-02-28', '1990-02-27'),
      phone: text,
      salary: fc.integer(),
      children: fc.array(entry, { maxLength: 3 }),
    },
    { requiredKeys: [] },
  )

  it('the same facts again change nothing', () => {
    fc.assert(
      fc.property(facts, facts, answers, (first, second, typed) => {
        const once = then(apply({ facts: first, answers: typed }), { facts: second })
        expect(applyFacts(family, once)).toEqual(once)
      }),
      { numRuns: 500 },
    )
  })

  it('nothing that a person typed is written over, but for a list that says what the register says: it follows', () => {
    fc.assert(
      fc.property(facts, facts, answers, (first, second, typed) => {
        const before = apply({ facts: first, answers: typed })
        expect(before.answers).toMatchObject(written(typed))
        const { children, ...others } = written(typed)
        const isSaid = before.marks.children?.origin === 'register'
        const after = then(before, { facts: second })
        expect(after.answers).toMatchObject(isSaid ? others : { ...others, ...(children && { children }) })
      }),
      { numRuns: 500 },
    )
  })

  it('what is changed after it was filled in stays changed', () => {
    fc.assert(
      fc.property(facts, facts, text, (first, second, name) => {
        const filled = apply({ facts: first })
        const mark = markAfter(filled.marks.name, filled.answers.name, name || undefined)
        const { name: _, ...rest } = filled.answers
        const changed = {
          ...filled,
          answers: name === '' ? rest : { ...rest, name },
          marks: { ...filled.marks, ...(mark && { name: mark }) },
        }
        fc.pre(name !== '' && name !== filled.answers.name)
        expect(then(changed, { facts: second }).answers.name).toBe(name)
      }),
      { numRuns: 300 },
    )
  })

  it('nothing is kept of a register whose use the person did not agree to', () => {
    fc.assert(
      fc.property(facts, (first) => {
        const filled = apply({ facts: first })
        const after = then(filled, { facts: {} })
        expect(after.answers).toEqual({})
        expect(after.marks).toEqual({})
      }),
    )
  })
})
