import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FieldMark } from '../../src/application/fact.ts'
import { moveContent, standingVersion } from '../../src/draft/move.ts'
import { markAfter, marksWithout } from '../../src/form/marks.ts'
import { visiblePages } from '../../src/form/pages.ts'
import { openProblems } from '../../src/form/problems.ts'
import { readPage } from '../../src/form/read-page.ts'
import { calculate, valuesOf } from '../../src/form/values.ts'
import { cel, contentOf, context, definitionOf, field, page, text } from './made.ts'

const today = '2026-11-22'
const motor = page('motor', [
  field('yes-no', { id: 'hasMotor', required: true }),
  field('whole', { id: 'power', required: true, when: cel('answers.hasMotor') }),
])
const fuel = page('fuel', [field('text', { id: 'fuel', required: true })], {
  when: cel('answers.power > 10'),
})
const crew = page(
  'crew',
  [
    field('text', { id: 'name', required: true }),
    field('date', {
      id: 'born',
      checks: [{ rule: cel('age(item.born, today) >= 18'), text: text('too young') }],
    }),
  ],
  { repeat: { min: 1, max: 2, one: text('sailor'), titleField: 'name' } },
)
const boat = definitionOf([motor, fuel, crew], {
  calculated: [
    { id: 'double', label: text('d'), type: 'whole', value: cel('answers.power * 2'), isShown: true },
    { id: 'more', label: text('m'), type: 'whole', value: cel('calc.double + 1'), isShown: true },
  ],
})

describe('which pages and fields are asked', () => {
  const asked = (answers: Record<string, never> | object) =>
    visiblePages(boat, contentOf({ answers: answers as never }), today).map((one) => [
      one.page.id,
      ...one.fields.map(({ id }) => id),
    ])

  it('follows from what was answered before, and what is not known asks nothing', () => {
    expect(asked({})).toEqual([
      ['motor', 'hasMotor'],
      ['crew', 'name', 'born'],
    ])
    expect(asked({ hasMotor: true, power: 11 })).toEqual([
      ['motor', 'hasMotor', 'power'],
      ['fuel', 'fuel'],
      ['crew', 'name', 'born'],
    ])
  })

  it('what was answered before an earlier answer changed counts no more, and stays in the draft', () => {
    const content = contentOf({ answers: { hasMotor: false, power: 11, fuel: 'diesel' } })
    expect(asked(content.answers)).toEqual([
      ['motor', 'hasMotor'],
      ['crew', 'name', 'born'],
    ])
    expect(valuesOf(boat, content, today).answers).toEqual({ hasMotor: false, crew: [] })
    expect(calculate(boat, content, today)).toEqual({})
    expect(calculate(boat, contentOf({ answers: { hasMotor: true, power: 11 } }), today)).toEqual({
      double: 22,
      more: 23,
    })
  })
})

describe('what stands against handing in', () => {
  it('is nothing only when all pages were seen, all is there, and all checks hold', () => {
    const problems = (content: Parameters<typeof contentOf>[0]) =>
      openProblems(boat, contentOf(content), today).map(({ page: of, item, field: id }) => [of, item, id])
    const answers = { hasMotor: false, crew: [{ name: 'Nok', born: '2000-01-01' }] }
    expect(problems({})).toEqual([
      ['motor', undefined, 'hasMotor'],
      ['crew', undefined, undefined],
    ])
    expect(problems({ answers })).toEqual([
      ['motor', undefined, undefined],
      ['crew', undefined, undefined],
    ])
    expect(problems({ answers, done: ['motor', 'crew'] })).toEqual([])
    const young = { ...answers, crew: [{ name: 'Nok' }, { born: '2015-01-01' }] }
    expect(problems({ answers: young, done: ['motor', 'crew'] })).toEqual([
      ['crew', 1, 'name'],
      ['crew', 1, 'born'],
    ])
    const many = { ...answers, crew: [1, 2, 3].map(() => ({ name: 'Nok' })) }
    expect(problems({ answers: many, done: ['motor', 'crew'] })).toEqual([['crew', undefined, undefined]])
  })

  it('is looked at on the day: who was young enough yesterday may not be today', () => {
    const content = contentOf({
      answers: { hasMotor: false, crew: [{ name: 'Nok', born: '2008-11-22' }] },
      done: ['motor', 'crew'],
    })
    expect(openProblems(boat, content, '2026-11-21')).toHaveLength(1)
    expect(openProblems(boat, content, '2026-11-22')).toHaveLength(0)
  })
})

describe('a page that was sent', () => {
  const send = (form: Record<string, string>, content = contentOf()) =>
    readPage(boat, content, { page: motor, form: new URLSearchParams(form) }, context)

  it('asks on the same page for what its own answers bring', () => {
    expect(send({ hasMotor: 'yes' }).errors.map((error) => error.field)).toEqual(['power'])
    expect(send({ hasMotor: 'no' }).errors).toEqual([])
    expect(send({ hasMotor: 'no' }).content.done).toEqual(['motor'])
  })

  it('that is wrong keeps what was right before, and is no longer done', () => {
    const content = contentOf({ answers: { hasMotor: true, power: 5 }, done: ['motor'] })
    const { content: next, errors } = send({ hasMotor: 'yes', power: 'five' }, content)
    expect(errors).toHaveLength(1)
    expect(next.answers).toEqual({ hasMotor: true, power: 5 })
    expect(next.done).toEqual([])
  })

  it('changes only its own fields, whatever is sent', () => {
    const names = fc.constantFrom(
      'hasMotor',
      'power',
      'fuel',
      'crew',
      '__proto__',
      'constructor',
      'applicant',
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(names, fc.string())), (pairs) => {
        const content = contentOf({ answers: { fuel: 'diesel', crew: [{ name: 'Nok' }] } })
        const sent = { page: motor, form: new URLSearchParams(pairs) }
        const { answers, applicant } = readPage(boat, content, sent, context).content
        expect(applicant).toEqual(content.applicant)
        expect(answers).toMatchObject({ fuel: 'diesel', crew: [{ name: 'Nok' }] })
        expect(Object.keys(answers).every((id) => ['hasMotor', 'power', 'fuel', 'crew'].includes(id))).toBe(
          true,
        )
      }),
    )
  })
})

describe('where a value comes from', () => {
  const register: FieldMark = { origin: 'register', evidence: 'person' }

  it('what the applicant writes instead stands beside what the register says, until they agree again', () => {
    const changed = markAfter(register, 'Mali', 'Malee')
    expect(changed).toEqual({ origin: 'applicant', evidence: 'person', was: 'Mali' })
    expect(markAfter(changed, 'Malee', 'Mali')).toEqual({ ...register, was: 'Mali' })
    expect(markAfter(register, 'Mali', 'Mali')).toBe(register)
  })

  it('moves up with the entries behind one that is taken out', () => {
    const mark = (evidence: string): FieldMark => ({ origin: 'register', evidence })
    const marks = {
      name: mark('a'),
      'crew.0.name': mark('b'),
      'crew.1.name': mark('c'),
      'crew.2.name': mark('d'),
    }
    expect(marksWithout(marks, 'crew', 1)).toEqual({
      name: mark('a'),
      'crew.0.name': mark('b'),
      'crew.1.name': mark('d'),
    })
  })
})

describe('another version', () => {
  const from = definitionOf([
    page('a', [
      field('text', { id: 'x' }),
      field('choice', { id: 'y', options: [{ value: 'old', text: text('o') }] }),
    ]),
  ])
  const to = definitionOf(
    [
      page('a', [
        field('money', { id: 'x' }),
        field('choice', { id: 'y', options: [{ value: 'new', text: text('n') }] }),
        field('text', { id: 'z' }),
      ]),
    ],
    { version: 2 },
  )

  it('takes over nothing whose type or options no longer fit, and names what is asked anew', () => {
    const content = contentOf({
      answers: { x: '12', y: 'old', gone: 1 },
      done: ['a'],
      marks: { gone: { origin: 'register' } },
    })
    const moved = moveContent(content, to, from)
    expect(moved.content).toMatchObject({ answers: {}, done: [], marks: {} })
    expect(moved.anew).toEqual(['x', 'y', 'z'])
    expect(moveContent(content, from, from)).toMatchObject({
      content: { answers: { x: '12', y: 'old' }, done: ['a'] },
      anew: [],
    })
  })

  it('is moved to only where the newest no longer accepts the older', () => {
    const known = (newest: typeof to) => ({ find: () => newest, version: () => from })
    expect(standingVersion(known(to), { service: 'a', version: 1 })).toMatchObject({ isMoved: true, from })
    expect(standingVersion(known({ ...to, acceptsSince: 1 }), { service: 'a', version: 1 })).toMatchObject({
      isMoved: false,
    })
    expect(
      standingVersion({ find: () => undefined, version: () => from }, { service: 'a', version: 1 }),
    ).toBeUndefined()
  })
})
