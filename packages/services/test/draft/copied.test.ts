import { describe, expect, it } from 'vitest'
import { copyDifferences } from '../../src/draft/copied.ts'
import { definitionOf, field, page } from '../form/made.ts'

const definition = definitionOf([
  page('children', [field('text', { id: 'school', label: { th: 'โรงเรียน', en: 'School' } })], {
    repeat: { min: 0, max: 9, titleField: 'school', one: { th: 'บุตร', en: 'child' } },
  }),
])

function labels(...schools: readonly string[]) {
  const answers = { children: schools.map((school) => ({ school })) }
  const content = { answers, facts: {}, marks: {}, done: [], applicant: {} }
  const copied = { case: 'one', answers: {} }
  const draft = { content, copied } as unknown as Parameters<typeof copyDifferences>[1]
  return copyDifferences(definition, draft, { language: 'en', today: '2026-11-23' }).map(({ label }) => label)
}

describe('what differs from the application that a copy began with', () => {
  it('is said of an entry of a list by its number, and of one that is alone without', () => {
    expect(labels('North', 'South')).toEqual(['Child 1: School', 'Child 2: School'])
    expect(labels('North')).toEqual(['Child: School'])
  })
})
