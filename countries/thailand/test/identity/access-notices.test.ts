import { expect, test } from 'vitest'
import { readAccessNotices } from '../../src/identity/access-notices.ts'
import { loadCountry } from '../../src/index.ts'
import { dataFile } from '../../src/schema.ts'

const { purposes, identity } = loadCountry()
const text = dataFile('identity/access-notices.yaml')

test('every purpose says whether people may be told at once, and by which law', () => {
  expect(identity.accessNotices.map(({ purpose }) => purpose).sort()).toEqual(
    purposes.map(({ code }) => code).sort(),
  )
  for (const { source } of identity.accessNotices) expect(source.section).not.toBe('')
})

test('of an investigation nobody is told while it goes on', () => {
  const told = identity.accessNotices.filter(({ tell }) => !tell)
  expect(told.map(({ purpose, source }) => [purpose, source.code])).toEqual([
    ['tax-investigation', 'pdpa-exempt'],
  ])
})

test.each([
  ['a purpose is missing', /.*purpose: tax-assessment,.*\n/, '', /tax-assessment is missing/],
  ['a purpose is unknown', 'purpose: tax-assessment,', 'purpose: curiosity,', /curiosity is no purpose/],
  ['a source is unknown', 'source: pdpa-exempt', 'source: hearsay', /hearsay is no source/],
])('is refused where %s', (_, before, after, message) => {
  expect(() => readAccessNotices({ purposes }, text.replace(before, after))).toThrow(message)
})
