import fc from 'fast-check'
import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'
import {
  dateField,
  dateParts,
  errorSummary,
  plainTime,
  radios,
  readDate,
  table,
  textField,
} from '../../src/index.ts'

const html = (node: unknown): string => renderToString(node as Parameters<typeof renderToString>[0])

describe('a field', () => {
  it('is tied to its label, its hint and its error, to which the summary leads', () => {
    const field = html(
      textField({ name: 'mail', label: 'อีเมล', hint: 'เช่น a@b.th', error: 'ไม่มี @', value: '<x>' }),
    )
    expect(field).toContain('for="mail"')
    expect(field).toContain('aria-describedby="mail-hint mail-error"')
    expect(field).toContain('aria-invalid="true"')
    expect(field).toContain('value="&lt;x>"')
    expect(html(errorSummary([{ field: 'mail', text: 'ไม่มี @' }], 'th'))).toContain('href="#mail"')
    expect(errorSummary([], 'th')).toBeNull()
  })

  it('of a password is not shown again', () => {
    expect(html(textField({ name: 'p', label: 'รหัส', type: 'password', value: 'secret' }))).not.toContain(
      'secret',
    )
  })

  it('of choices has its name at the first', () => {
    const choices = ['a', 'b'].map((value) => ({ value, text: value }))
    const group = html(radios({ name: 'way', label: 'วิธี', choices, value: 'b' }))
    expect(group).toContain('id="way"')
    expect(group).toMatch(/id="way-2"[^>]*value="b"[^>]*checked/)
  })
})

describe('a date in three fields', () => {
  const sent = (day: string, month: string, year: string) =>
    readDate(new URLSearchParams({ 'born-day': day, 'born-month': month, 'born-year': year }), 'born')

  it('has a Buddhist year in Thai', () => {
    expect(html(dateField({ name: 'born', label: 'วันเกิด', language: 'th' }))).toContain('พ.ศ.')
    expect(dateParts('1990-01-02', 'th')).toEqual({ day: '2', month: '1', year: '2533' })
  })

  it.each([
    ['2', '1', '2533', { kind: 'date', iso: '1990-01-02' }],
    ['๒', '๑', '๒๕๓๓', { kind: 'date', iso: '1990-01-02' }],
    ['2', '1', '1990', { kind: 'date', iso: '1990-01-02' }],
    ['29', '2', '2567', { kind: 'date', iso: '2024-02-29' }],
    ['29', '2', '2566', { kind: 'impossible' }],
    ['31', '4', '2566', { kind: 'impossible' }],
    ['1', '13', '2566', { kind: 'impossible' }],
    ['', '', '', { kind: 'empty' }],
    ['1', '', '2566', { kind: 'impossible' }],
    ['-1', '1', '2566', { kind: 'impossible' }],
  ])('%s %s %s is %o', (day, month, year, expected) => {
    expect(sent(day, month, year)).toEqual(expected)
  })

  it('is read as it was shown', () => {
    const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(days, fc.constantFrom('th' as const, 'en' as const), (date, language) => {
        const iso = date.toISOString().slice(0, 10)
        const { day, month, year } = dateParts(iso, language)
        expect(sent(day, month, year)).toEqual({ kind: 'date', iso })
      }),
    )
  })
})

it('a time is shown in Thailand, with the Buddhist year in Thai', () => {
  const at = Date.UTC(2026, 10, 21, 3, 32)
  expect(plainTime(at, 'th')).toBe('21 พ.ย. 2569 เวลา 10:32 น.')
  expect(plainTime(at, 'en')).toBe('21 Nov 2026, 10:32')
})

it('a table names its rows, and each cell has its column beside it for a phone', () => {
  const columns = [{ title: 'ชื่อ' }, { title: 'จำนวน', isNumber: true }]
  const rendered = html(table({ caption: 'รายการ', columns, rows: [['ก', '1']] }))
  expect(rendered).toContain('<th scope="row" data-column="ชื่อ">ก</th>')
  expect(rendered).toContain('<td data-column="จำนวน" class="number">1</td>')
})
