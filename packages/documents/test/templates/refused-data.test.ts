import { describe, expect, test } from 'vitest'
import { announcement } from '../../src/templates/announcement.ts'
import { certificateLetter } from '../../src/templates/certificate-letter.ts'
import type { DataFault } from '../../src/templates/data-fault.ts'
import { receipt } from '../../src/templates/receipt.ts'
import { shippedTemplates } from '../../src/templates/shipped.ts'
import { DataNotAccepted, readyTemplates } from '../../src/templates/template-set.ts'
import { transcript } from '../../src/templates/transcript.ts'
import { renderDocument } from '../../src/write/render.ts'

const words = Object.fromEntries(
  shippedTemplates.map(({ name, words }) => [name, Object.fromEntries(words.map((key) => [key, key]))]),
)
const ready = readyTemplates(shippedTemplates, words)

function faults({ name }: { readonly name: string }, data: unknown): readonly DataFault[] {
  try {
    ready.get(name)?.accept(data)
  } catch (error) {
    if (error instanceof DataNotAccepted) return error.faults
    throw error
  }
  return []
}

const places = (template: { readonly name: string }, data: unknown) => [
  ...new Set(faults(template, data).map(({ place }) => place)),
]

describe('a day', () => {
  test.each([
    '2026-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '0000-01-01',
    '9999-12-31',
    '1889-12-31',
    '26-1-1',
    '',
    5,
    null,
  ])('%s is none that a document can have', (date) =>
    expect(places(announcement, { ...announcement.sample, date })).toEqual(['/date']),
  )

  test('before the year began in January is told in the year that it was', async () => {
    const described = ready
      .get('announcement')
      ?.describe({ ...announcement.sample, date: '1940-02-29' }, { created: 0 }, [])
    if (!described) throw new Error('there is no announcement')
    expect((await renderDocument(described)).text.join('')).toContain('๒๙ กุมภาพันธ์ พ.ศ. ๒๔๘๒')
  })
})

test.each([
  '2026-02-31T10:00:00Z',
  '2026-99-99T99:99:99Z',
  '2026-02-28T24:00:00+07:00',
  '2026-02-28T23:59:60Z',
  '2026-02-28T10:00:00',
  '2026-02-28T10:00:00+99:00',
  '9999-01-01T00:00:00Z',
  0,
])('%s is no moment', (receivedAt) => {
  expect(places(receipt, { ...receipt.sample, receivedAt })).toEqual(['/receivedAt'])
})

test.each([-1, 0.1 + 0.2, 1e21, Number.NaN, Number.POSITIVE_INFINITY, '3'])(
  '%s are no credits',
  (totalCredits) => {
    expect(places(transcript, { ...transcript.sample, totalCredits })).toEqual(['/totalCredits'])
  },
)

test.each([-1, 1.5, 2 ** 60, Number.NaN])('%s is no size of a file', (bytes) => {
  const files = [{ name: 'ก.pdf', bytes, sha256: '0'.repeat(64) }]
  expect(places(receipt, { ...receipt.sample, files })).toEqual(['/files/0/bytes'])
})

test.each(['', ' ', '\u00a0', 'ก\nข', 'ก\tข', `${' '.repeat(299)}\n`, 'ก'.repeat(301)])(
  '“%s” is no line of text',
  (subject) => {
    expect(places(announcement, { ...announcement.sample, subject })).toEqual(['/subject'])
  },
)

test.each([null, undefined, [], 'ก', 5, Number.NaN])('%s is no data', (data) => {
  expect(places(announcement, data)).toEqual([''])
})

test('a name that objects have of themselves is refused as any other', () => {
  const text = JSON.stringify(announcement.sample)
  const within = (place: string) =>
    JSON.parse(text.replace(place, `${place}"__proto__":{"acting":"ก"},`)) as unknown
  const unknown = (place: string, name: string) => [
    { place, message: { en: expect.stringContaining(name), th: expect.stringContaining(name) } },
  ]
  expect(faults(announcement, within('{'))).toEqual(unknown('', '__proto__'))
  expect(faults(announcement, within('"signer":{'))).toEqual(unknown('/signer', '__proto__'))
  const withConstructor = { ...announcement.sample, constructor: 'ก' }
  expect(faults(announcement, withConstructor)).toEqual(unknown('', 'constructor'))
})

test.each(['A', 'AAAAA', 'AA=A', '====', 'ก', ''])('“%s” is no picture of a person', (photo) => {
  expect(places(certificateLetter, { ...certificateLetter.sample, photo })).toEqual(['/photo'])
})

test('what is no picture is said to be none', async () => {
  const described = ready
    .get('certificate-letter')
    ?.describe({ ...certificateLetter.sample, photo: 'AAAA' }, { created: 0 }, [])
  if (!described) throw new Error('there is no letter')
  await expect(renderDocument(described)).rejects.toMatchObject({ code: 'document-image-unreadable' })
})

test.each(['javascript:alert(1)', 'example.go.th', 'https://a b'])(
  '“%s” is no place to check a document at',
  async (checkAddress) => {
    for (const { name, sample } of shippedTemplates) {
      const described = ready.get(name)?.describe(sample, { created: 0, checkAddress }, [])
      if (!described) throw new Error(`there is no ${name}`)
      await expect(renderDocument(described)).rejects.toMatchObject({ code: 'document-address-invalid' })
    }
  },
)

test('data that is not taken is told by place in both languages, each fault once', () => {
  const data = { ...receipt.sample, agency: 1, entries: [{ label: '', value: 'x' }], colour: 'red' }
  expect(faults(receipt, data)).toEqual([
    {
      place: '',
      message: { th: 'มี colour ซึ่งแบบนี้ไม่รู้จัก', en: 'has colour, which this template does not know' },
    },
    { place: '/agency', message: { th: 'ต้องเป็นข้อความ', en: 'must be a text' } },
    { place: '/entries/0/label', message: { th: 'ต้องไม่ว่าง', en: 'must not be empty' } },
  ])
})
