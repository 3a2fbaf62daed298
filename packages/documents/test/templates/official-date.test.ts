import { expect, test } from 'vitest'
import {
  officialDate,
  officialDateWithEra,
  plainDate,
  plainMoment,
} from '../../src/templates/official-date.ts'

const engine = new Intl.DateTimeFormat('th-TH-u-ca-buddhist-nu-latn', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})

test.each(Array.from({ length: 12 }, (_, month) => `2026-${String(month + 1).padStart(2, '0')}-09`))(
  '%s is written as the engine knows it in Thai',
  (iso) => {
    const parts = engine.formatToParts(new Date(`${iso}T00:00:00Z`))
    const of = (type: string) => parts.find((part) => part.type === type)?.value
    expect(plainDate(iso)).toBe(`${of('day')} ${of('month')} ${of('year')}`)
  },
)

test('official letters have Thai digits, orders the era too', () => {
  expect(officialDate('2026-11-22')).toBe('๒๒ พฤศจิกายน ๒๕๖๙')
  expect(officialDateWithEra('2026-11-22')).toBe('๒๒ พฤศจิกายน พ.ศ. ๒๕๖๙')
})

test('a moment is told in the time of Thailand', () => {
  expect(plainMoment('2026-11-21T18:32:00Z')).toBe('22 พฤศจิกายน 2569 เวลา 01:32 น.')
})
