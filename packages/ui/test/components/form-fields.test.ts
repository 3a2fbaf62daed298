import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'
import { addressField, answerRows, entryList, moneyField, monthField, nameField } from '../../src/index.ts'

const html = (node: unknown): string => renderToString(node as Parameters<typeof renderToString>[0])

it('an amount of money shows its unit and what was typed', () => {
  const field = html(
    moneyField({ name: 'salary', label: 'เงินเดือน', language: 'th', value: '1,2x', error: 'ผิด' }),
  )
  expect(field).toMatch(/id="salary" name="salary" inputMode="decimal"|inputmode="decimal"/i)
  expect(field).toContain('value="1,2x"')
  expect(field).toContain('บาท')
  expect(field).toContain('aria-describedby="salary-error"')
})

it('a month is asked for in the era of the page', () => {
  const field = html(
    monthField({ name: 'from', label: 'ตั้งแต่', language: 'th', value: { month: '2', year: '2569' } }),
  )
  expect(field).toContain('ปี พ.ศ.')
  expect(field).toMatch(/id="from"[^>]*name="from-month"/)
  expect(html(monthField({ name: 'from', label: 'From', language: 'en' }))).not.toContain('พ.ศ.')
})

it('a name has its parts, and a browser fills in only the visitor’s own', () => {
  const options = { name: 'who', label: 'ชื่อ', language: 'th', value: { given: '<b>' } } as const
  expect(html(nameField(options))).toContain('value="&lt;b>"')
  expect(html(nameField(options))).not.toContain('given-name')
  expect(html(nameField({ ...options, isOwn: true }))).toContain('autocomplete="given-name"')
})

describe('an address', () => {
  const provinces = [{ code: '10', text: 'กรุงเทพมหานคร' }]
  const field = (place: Parameters<typeof addressField>[0]['place']) =>
    html(addressField({ name: 'home', label: 'ที่อยู่', language: 'th', value: { house: '9' }, place }))

  it('is chosen step by step, each step a button of the form', () => {
    const first = field({ kind: 'choosing', provinces })
    expect(first).toContain('name="home-province"')
    expect(first).toContain('value="home:province"')
    expect(first).not.toContain('home-district')
    const last = field({
      kind: 'choosing',
      provinces,
      province: { code: '10', text: 'กรุงเทพมหานคร' },
      districts: [{ code: '1002', text: 'ดุสิต' }],
      district: { code: '1002', text: 'ดุสิต' },
      subdistricts: [{ code: '100203', text: 'สวนจิตรลดา' }],
    })
    expect(last).toContain('name="home-subdistrict"')
    expect(last).toMatch(/<option value="1002" selected>/)
  })

  it('that is chosen carries its code, and asks for the postal code only where there are several', () => {
    const place = { code: '100203', text: 'สวนจิตรลดา ดุสิต' }
    const one = field({ kind: 'chosen', place, postalCodes: ['10300'], postal: '10300' })
    expect(one).toMatch(/type="hidden" name="home-subdistrict" value="100203"/)
    expect(one).not.toContain('<select')
    expect(field({ kind: 'chosen', place, postalCodes: ['10300', '10303'], postal: '10303' })).toMatch(
      /<option value="10303" selected>/,
    )
  })

  it('says that nothing was found, with what to do', () => {
    expect(field({ kind: 'choosing', provinces, search: 'zzz', found: [] })).toContain('ไม่พบ')
  })
})

it('entries of a group say to a screen reader which one a link changes', () => {
  const actions = [{ href: '/x/1', text: 'แก้ไข', label: 'แก้ไข มะลิ' }]
  expect(html(entryList([{ title: 'มะลิ', actions }]))).toContain('aria-label="แก้ไข มะลิ"')
})

it('answers to check say what was left empty, and what stands against them', () => {
  const rows = html(
    answerRows(
      [
        { question: 'ชื่อ', answer: [], href: '/change', problem: 'กรอกชื่อก่อน' },
        { question: 'ชื่อเล่น', answer: [] },
      ],
      'th',
    ),
  )
  expect(rows).toContain('ไม่ได้กรอก')
  expect(rows).toContain('กรอกชื่อก่อน')
  expect(rows).toContain('aria-label="แก้ไข ชื่อ"')
})
