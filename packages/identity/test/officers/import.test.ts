import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { numberOf, OfficersHouse, raw, type TestOfficer } from './house.ts'

const agency = 'TH/GOV/RD'
let house: OfficersHouse
let administrator: TestOfficer & { nationalId: string }
beforeAll(async () => {
  house = await OfficersHouse.open()
  administrator = await house.administrator(agency)
})
afterAll(() => house.ground.database.drop())

const bytes = (text: string) => Buffer.from(text)
const bring = (text: string | Uint8Array, isTrial = false) =>
  house.officers.import(administrator, typeof text === 'string' ? bytes(text) : text, { isTrial })
const outcomes = async (text: string | Uint8Array) =>
  (await bring(text)).lines.map((each) => [each.line, each.outcome])
const refusal = (text: string | Uint8Array): Promise<unknown> =>
  bring(text).then(
    () => 'taken',
    (error) => error.detail?.en ?? error,
  )
const count = async () => (await house.officers.list(administrator, {})).total

const heads = 'national_id,given_name,family_name,title_th,duties,till'
const row = (nth: number, more = 'วิชัย,มั่นคง,นักวิชาการ,registrar,30/9/2570') => `${numberOf(nth)},${more}`

describe('a file of officers', () => {
  it('says by line who was added, changed and left, and changes nothing the second time', async () => {
    await house.officers.add(
      administrator,
      raw({ national_id: numberOf(102), given_name: 'เดิม' }, ['registrar']),
    )
    await house.officers.add(
      administrator,
      raw(
        {
          national_id: numberOf(103),
          given_name: 'วิชัย',
          family_name: 'มั่นคง',
          title_th: 'นักวิชาการ',
          till: '2027-09-30',
        },
        ['registrar'],
      ),
    )
    const file = [heads, row(101), row(102), row(103)].join('\r\n')
    const report = await bring(file)
    expect(report.applied).toBe(true)
    expect(report.lines.map(({ line, outcome, changed }) => [line, outcome, changed])).toEqual([
      [2, 'added', ['+registrar']],
      [3, 'changed', ['name', 'title', 'till']],
      [4, 'left', []],
    ])
    expect(await outcomes(file)).toEqual([
      [2, 'left'],
      [3, 'left'],
      [4, 'left'],
    ])
  })

  it('gives and ends duties as it lists them, and leaves those alone who are not in it', async () => {
    await bring([heads, row(111), row(112)].join('\n'))
    const { lines } = await bring(
      [heads, row(111, 'วิชัย,มั่นคง,นักวิชาการ,case-officer|ผู้ลงนามเอกสาร,30/9/2570')].join('\n'),
    )
    expect(lines[0]?.changed).toEqual(['-registrar', '+case-officer', '+signer'])
    const { officers } = await house.officers.list(administrator, { words: numberOf(112) })
    expect(officers[0]?.held.map(({ duty }) => duty)).toEqual(['registrar'])
  })

  it('is brought in whole or not at all, and every fault is named with its line', async () => {
    const before = await count()
    const report = await bring(
      [
        heads,
        row(121),
        '1234567890123,วิชัย,มั่นคง,นักวิชาการ,registrar,',
        row(121),
        row(122, 'วิชัย,มั่นคง,นักวิชาการ,minister,'),
        row(123, 'วิชัย,มั่นคง,นักวิชาการ,registrar,31/2/2570'),
        row(124, '"=HYPERLINK(""http://x"")",มั่นคง,นักวิชาการ,registrar,'),
        row(125, 'วิชัย\u202e,มั่นคง,นักวิชาการ,registrar,'),
      ].join('\n'),
    )
    expect(report.applied).toBe(false)
    expect(report.counts).toEqual({ added: 1, changed: 0, left: 0, refused: 6 })
    expect(report.lines.map(({ faults }) => faults.map(({ field }) => field))).toEqual([
      [],
      ['national_id'],
      ['national_id'],
      ['duties'],
      ['till'],
      ['given_name'],
      ['given_name'],
    ])
    expect(report.lines[2]?.faults[0]?.text.en).toBe('Line 2 has this number already')
    expect(await count()).toBe(before)
  })

  it('can be looked at before it is brought in', async () => {
    const before = await count()
    expect(await bring([heads, row(131)].join('\n'), true)).toMatchObject({
      applied: false,
      counts: { added: 1 },
    })
    expect(await count()).toBe(before)
  })

  it('is not brought in where it would take the last administrator', async () => {
    const report = await bring(
      `${heads}\n${administrator.nationalId},สมชาย,ใจดี,นักปกครอง,registrar,\n${row(141)}`,
    )
    expect(report).toMatchObject({
      applied: false,
      refused: { en: expect.stringMatching(/at least one administrator/) },
    })
  })

  it('has duties in the place of others', async () => {
    await bring(
      `national_id;given_name;title_th;duties;role;on_behalf_of;duty_till\n${numberOf(151)};วิชัย;นักวิชาการ;registrar;รักษาราชการแทน;สรรพากรจังหวัด;31/12/2569`,
    )
    const { officers } = await house.officers.list(administrator, { words: numberOf(151) })
    expect(officers[0]?.held).toMatchObject([
      {
        duty: 'registrar',
        role: 'in-absence',
        behalf: 'สรรพากรจังหวัด',
        till: Date.parse('2027-01-01T00:00:00+07:00'),
      },
    ])
  })

  it('tells of its progress', async () => {
    const lines = Array.from({ length: 1500 }, (_, i) => row(200_000 + i))
    const told: number[] = []
    await house.officers.import(administrator, bytes([heads, ...lines].join('\n')), {
      onProgress: (done) => told.push(done),
    })
    expect(told).toEqual([1000, 1500])
  })
})

describe('a file may be written', () => {
  const thai = 'เลขประจำตัวประชาชน;ชื่อ;นามสกุล;ตำแหน่ง;หน้าที่'
  it.each([
    ['with a byte order mark', 301, (text: string) => bytes(`\ufeff${text}`)],
    ['in the letters of older spreadsheets', 302, windows874],
    ['in UTF-16', 303, (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ])('%s, with Thai headings and semicolons', async (_how, nth, encode) => {
    await bring(encode(`${thai}\n${numberOf(nth)};วิชัย;มั่นคง;นักวิชาการ;นายทะเบียน`))
    const { officers } = await house.officers.list(administrator, { words: numberOf(nth) })
    expect(officers[0]).toMatchObject({ givenName: 'วิชัย', held: [{ duty: 'registrar' }] })
  })

  it('as JSON, with duties of different days', async () => {
    const officer = {
      nationalId: numberOf(311),
      givenName: 'วิชัย',
      title: { th: 'นักวิชาการ', en: 'Officer' },
      duties: [
        'case-officer',
        { duty: 'registrar', role: 'by-delegation', behalf: 'อธิบดี', till: '2026-12-31' },
      ],
    }
    await bring(JSON.stringify([officer]))
    const { officers } = await house.officers.list(administrator, { words: numberOf(311) })
    expect(officers[0]).toMatchObject({
      title: { en: 'Officer' },
      held: [{ duty: 'case-officer' }, { duty: 'registrar', role: 'by-delegation' }],
    })
  })

  it('with numbers as they are printed, and days in Thai digits', async () => {
    const number = numberOf(321).replace(/^(.)(....)(.....)(..)(.)$/, '$1-$2-$3-$4-$5')
    await bring(`national_id,given_name,title_th,till\n${number},วิชัย,นักวิชาการ,๓๐/๙/๒๕๗๐`)
    const { officers } = await house.officers.list(administrator, { words: numberOf(321) })
    expect(officers[0]?.till).toBe(Date.parse('2027-10-01T00:00:00+07:00'))
  })
})

describe('a file cannot be read', () => {
  it.each([
    ['that is empty', '', /no whole CSV/],
    ['with headings only', heads, /no officers/],
    ['without the number', 'given_name,title_th\nวิชัย,นักวิชาการ', /national_id is missing/],
    ['with a column that nobody knows', `${heads},salary\n`, /no column “salary”/],
    ['with a column twice', `${heads},duties\n`, /duties is there twice/],
    ['with more values than columns', `${heads}\n${row(401)},,,`, /Line 2 has too many values/],
    ['with a quotation that never ends', `${heads}\n"${row(401)}`, /no whole CSV/],
    ['of JSON that breaks off', '[{"nationalId":', /no whole JSON/],
    ['of JSON that is no list', '{"nationalId":"1"}', /no list/],
    ['of JSON with other members', '[{"salary":1}]', /no “salary”/],
    ['of JSON with members of members', `[{"nationalId":{"__proto__":1}}]`, /no text/],
    ['of many megabytes', 'x'.repeat(10 * 1024 * 1024 + 1), /larger than 10 MB/],
    ['of too many officers', `${heads}\n${'1,2,3,4,5,6\n'.repeat(20_001)}`, /more than 20,000/],
  ])('%s', async (_what, text, reason) => {
    expect(await refusal(text)).toMatch(reason)
  })

  it('that is no text at all', async () => {
    expect(await refusal(Uint8Array.of(0xff, 0xfe, 0x00, 0xd8))).toMatch(/not a text/)
  })
})

/** TIS-620 with what Windows added. */
function windows874(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => {
    const code = letter.charCodeAt(0)
    return code >= 0xe01 ? code - 0xe00 + 0xa0 : code
  })
}
