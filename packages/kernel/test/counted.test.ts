import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { counted, filled } from '../src/index.ts'

describe('a number and its English noun', () => {
  it('is one of one, and many of anything else', () => {
    expect(counted(1, 'working day')).toBe('1 working day')
    expect(counted(0, 'working day')).toBe('0 working days')
    expect(counted(2, 'entry', 'entries')).toBe('2 entries')
    expect(counted(1200, 'document')).toBe('1,200 documents')
  })

  it('has its thousands apart, as English has them', () => {
    const english = new Intl.NumberFormat('en')
    fc.assert(
      fc.property(fc.maxSafeInteger(), (count) => {
        expect(counted(count, 'entry', 'entries').split(' ')[0]).toBe(english.format(count))
      }),
    )
  })

  it('has the noun of one for 1 alone', () => {
    fc.assert(
      fc.property(fc.nat(), (count) => {
        expect(counted(count, 'entry', 'entries').endsWith(' entry')).toBe(count === 1)
      }),
    )
  })
})

describe('a text with places', () => {
  it('takes values as they are, and numbers with their noun', () => {
    const text = 'Answer {who} within {days|working day|working days}.'
    expect(filled(text, { who: 'A $& B', days: 1 })).toBe('Answer A $& B within 1 working day.')
    expect(filled(text, { who: 'A', days: 30 })).toBe('Answer A within 30 working days.')
  })

  it('leaves a place without a value as it is, and reads nothing that is put in', () => {
    expect(filled('{a} and {constructor}', { a: '{b|one|many}', b: 1 })).toBe(
      '{b|one|many} and {constructor}',
    )
  })
})
