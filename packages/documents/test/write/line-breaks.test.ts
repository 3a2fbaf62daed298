import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeParts, textParts } from '../../src/text/line-breaks.ts'

const marked = (text: string): string =>
  textParts(text)
    .map((part) => part.text + (part.breakAfter ? '|' : ''))
    .join('')

describe('a line may end', () => {
  it('between Thai words', () => {
    expect(marked('กรมที่ดินออกโฉนด')).toBe('กรม|ที่ดิน|ออก|โฉนด')
  })

  it('after a hyphen between words, not inside a number', () => {
    expect(marked('well-known 02-123-4567')).toBe('well-|known |02-123-4567')
  })

  it('between Thai and Latin', () => {
    expect(marked('ระบบAPIและ')).toBe('ระบบ|API|และ')
  })
})

describe('an address wider than its line', () => {
  it('is parted so that its end shows that it goes on', () => {
    expect(codeParts('https://a.go.th/b-c/d?e=1&f=%20#g')).toEqual([
      'https://',
      'a',
      '.go',
      '.th/',
      'b-',
      'c/',
      'd',
      '?e',
      '=1',
      '&f',
      '=',
      '%20',
      '#g',
    ])
    expect(codeParts('กฎหมาย')).toEqual(['กฎหมาย'])
  })
})

describe('no line ends', () => {
  it('at a space that says so', () => {
    expect(marked('นาย\u00a0ก\u00a0ข และ')).toBe('นาย\u00a0ก\u00a0ข |และ')
  })

  it.each(['คนต่าง ๆ', 'ต่างๆ', 'กรุงเทพฯ'])('before MAIYAMOK and PAIYANNOI: %s', (text) => {
    expect(marked(text)).not.toMatch(/\| ?[ๆฯ]/)
  })

  it.each([
    ['before what closes', '(หนึ่ง) ร้อยละ 50% "ก"', /\|[)%”"]$/],
    ['between a year and its era', 'พ.ศ. ๒๕๖๙', /\|๒/],
    ['between a number and its unit', '500 บาท', /\|บาท/],
    ['between a number and its name', 'มาตรา 12', /\|12/],
    ['inside a number word', 'สี่พันห้าร้อย', /สี่\|พัน|ห้า\|ร้อย/],
    ['inside นางสาว', 'นางสาวสมหญิง', /นาง\|สาว/],
  ])('%s', (_, text, pattern) => {
    expect(marked(text)).not.toMatch(pattern)
  })

  it('inside a cluster: before a mark or a following vowel, after a leading vowel', () => {
    const thai = fc.string({ unit: fc.constantFrom(...'กขคงจดตทนบปมยรลวสหอะาำเแโใไิีุู่้์ั็ๅฤ '), maxLength: 60 })
    fc.assert(
      fc.property(thai, (text) => {
        expect(marked(text)).not.toMatch(/[^ ]\|[ะาำๅ\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]|[เแโใไ]\|[ก-ฮ]/u)
      }),
    )
  })

  it('and nothing of the text is lost, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(
          textParts(text)
            .map((part) => part.text)
            .join(''),
        ).toBe(text)
      }),
    )
  })
})
