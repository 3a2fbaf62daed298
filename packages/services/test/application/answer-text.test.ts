import { describe, expect, it } from 'vitest'
import { type AnswerReader, answerText } from '../../src/application/answer-text.ts'
import type { FieldType } from '../../src/definition/form.ts'
import { valueText } from '../../src/pages/facts/fact-words.ts'
import { places } from '../form/made.ts'

const th: AnswerReader = { language: 'th', places }
const en: AnswerReader = { language: 'en', places }

function read(type: FieldType, value: Parameters<typeof answerText>[1], reader: AnswerReader) {
  return answerText({ type, options: [] }, value, reader)
}

const inBangkok = {
  houseNumber: '9/1',
  road: 'ราชวิถี',
  subdistrictCode: '100203',
  subdistrict: 'สวนจิตรลดา',
  district: 'ดุสิต',
  province: 'กรุงเทพมหานคร',
  postalCode: '10300',
}

const inMaeRim = {
  houseNumber: '12',
  moo: '3',
  subdistrictCode: '500701',
  subdistrict: 'ริมใต้',
  district: 'แม่ริม',
  province: 'เชียงใหม่',
  postalCode: '50180',
}

describe('a country', () => {
  it('is read by its name wherever it is read, by those of the field where it has its own', () => {
    expect(read('country', 'DEU', th)).toBe('เยอรมนี')
    expect(read('country', 'DE', en)).toBe('Germany')
    expect(read('country', 'XXA', en)).toBe('XXA')
    expect(valueText('country', 'DEU', en)).toBe('Germany')
    const options = [{ value: 'DEU', text: { th: 'สหพันธ์', en: 'The Federation' } }]
    expect(answerText({ type: 'country', options }, 'DEU', en)).toBe('The Federation')
  })
})

describe('an answer as people read it', () => {
  it('names the places of an address in the language of the page', () => {
    expect(read('address', inBangkok, th)).toBe('9/1 ถนนราชวิถี แขวงสวนจิตรลดา เขตดุสิต กรุงเทพมหานคร 10300')
    expect(read('address', inBangkok, en)).toBe('9/1, ราชวิถี Road, Suan Chitlada, Dusit, Bangkok 10300')
    expect(read('address', inMaeRim, th)).toBe('12 หมู่ที่ 3 ตำบลริมใต้ อำเภอแม่ริม จังหวัดเชียงใหม่ 50180')
    expect(read('address', inMaeRim, en)).toBe('12, Moo 3, Rim Tai, Mae Rim, Chiang Mai 50180')
  })

  it('names the place of a code of the country’s divisions', () => {
    const field = { type: 'text', options: [], code: 'subdistrict' } as const
    expect(answerText(field, '100203', th)).toBe('แขวงสวนจิตรลดา เขตดุสิต กรุงเทพมหานคร')
    expect(answerText(field, '100203', en)).toBe('Suan Chitlada, Dusit, Bangkok')
    expect(answerText(field, '509999', en)).toBe('509999')
    expect(valueText('subdistrict', '100203', en)).toBe('Suan Chitlada, Dusit, Bangkok')
    expect(valueText('subdistrict', '509999', en)).toBe('509999')
    expect(read('text', '100203', en)).toBe('100203')
  })

  it('keeps the names under which a place was chosen where the country knows its code no more', () => {
    const gone = { ...inMaeRim, subdistrictCode: '509999' }
    expect(read('address', gone, en)).toBe('12, Moo 3, ริมใต้, แม่ริม, เชียงใหม่ 50180')
  })

  it('sets a Thai title before the name without a space, and any other with one', () => {
    const mali = { title: 'นางสาว', givenName: 'มะลิ', familyName: 'ใจดี' }
    const anna = { title: 'Ms', givenName: 'Anna', middleName: 'Maria', familyName: 'Berg' }
    expect(read('person-name', mali, th)).toBe('นางสาวมะลิ ใจดี')
    expect(read('person-name', anna, th)).toBe('Ms Anna Maria Berg')
  })

  it('groups amounts and national numbers, and writes days in the era of the language', () => {
    expect(read('money', 123_456_789, th)).toBe('1,234,567.89 บาท')
    expect(read('national-id', '1101700207030', en)).toBe('1-1017-00207-03-0')
    expect(read('date', '2026-11-21', th)).toBe('21 พ.ย. 2569')
    expect(read('date', '2026-11-21', en)).toBe('21 Nov 2026')
    expect(read('month', '2026-11', th)).toBe('พ.ย. 2569')
  })

  it('is in the language of the page where a register says it in both, alone and in a list', () => {
    const school = { th: 'โรงเรียนวัดดอน', en: 'Wat Don School' }
    for (const type of ['text', 'person-name', 'address', 'choice'] as const) {
      expect(read(type, school, th)).toBe('โรงเรียนวัดดอน')
      expect(read(type, school, en)).toBe('Wat Don School')
    }
    expect(valueText('text', school, en)).toBe('Wat Don School')
    expect(read('text', [school, 'B'], en)).toBe('Wat Don School, B')
    expect(read('text', { th: 'โรงเรียนวัดดอน' }, en)).toBe('–')
  })

  it('is nothing where nothing was answered', () => {
    for (const empty of [undefined, null, '']) expect(read('text', empty, th)).toBeUndefined()
    expect(read('address', {}, th)).toBeUndefined()
  })
})
