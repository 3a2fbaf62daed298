import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Entry, LifeEvent } from '../../src/finding/entry.ts'
import { createSearch } from '../../src/finding/search/search.ts'
import { tokensOf } from '../../src/finding/search/tokens.ts'

const entry = (id: string, th: string, en: string, says: readonly string[]): Entry => ({
  id,
  name: { th, en },
  summary: { th, en },
  owner: { th: 'หน่วยงาน', en: 'Agency' },
  says: { th: says, en: [] },
  audience: ['citizen'],
  lifeEvents: [],
})

const entries = [
  entry('passport', 'หนังสือเดินทาง', 'Passport', ['ทำพาสปอร์ต', 'พาสปอร์ตหาย']),
  entry('move', 'แจ้งย้ายที่อยู่', 'Change of address', ['ย้ายบ้าน', 'ย้ายทะเบียนบ้าน']),
  entry('restaurant', 'ใบอนุญาตสถานที่จำหน่ายอาหาร', 'Licence for a restaurant', ['เปิดร้านอาหาร']),
]
const home: LifeEvent = {
  code: 'home',
  name: { th: 'บ้านและที่อยู่', en: 'Home and address' },
  about: { th: 'ย้ายบ้าน ซื้อบ้าน', en: 'Moving, buying a home' },
  audience: ['citizen'],
  says: { th: ['ซื้อบ้าน'], en: ['buying a home'] },
}
const search = createSearch({ entries, lifeEvents: [home] })
const first = (question: string) => search.find(question).services[0]?.id

describe('the search for services', () => {
  it.each([
    ['ทำพาสปอร์ตหาย', 'passport'],
    ['พาสปอตหาย', 'passport'],
    ['ย้ายทะเบียนบ้านไปอยู่กับแฟน', 'move'],
    ['อยากเปิดร้านอาหารเล็ก ๆ', 'restaurant'],
    ['lost PASSPORT', 'passport'],
    ['change address', 'move'],
  ])('finds by what people say: %s', (question, service) => {
    expect(first(question)).toBe(service)
  })

  it('finds the event in life in which a service is needed, too', () => {
    expect(search.find('ซื้อบ้าน').lifeEvents).toEqual([home])
  })

  it.each(['ผลบอลเมื่อคืน', '', '   ', '🍜', '\u0000', '๏๏๏'])(
    'finds nothing where nothing is meant: %j',
    (question) => {
      expect(search.find(question).services).toEqual([])
    },
  )

  it('bears whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (question) => {
        expect(search.find(question).services.length).toBeLessThanOrEqual(entries.length)
      }),
    )
  })

  it('cuts what is long, so that nobody can make it work for long', () => {
    expect(tokensOf('ก'.repeat(100_000)).length).toBeLessThan(500)
  })
})
