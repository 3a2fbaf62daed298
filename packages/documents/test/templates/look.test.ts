import { describe, expect, test } from 'vitest'
import { extractText, openPdf } from '../../src/pdf/index.ts'
import { announcement } from '../../src/templates/announcement.ts'
import { certificateLetter } from '../../src/templates/certificate-letter.ts'
import { externalLetter } from '../../src/templates/external-letter.ts'
import { memorandum } from '../../src/templates/memorandum.ts'
import { order } from '../../src/templates/order.ts'
import { receipt } from '../../src/templates/receipt.ts'
import { shippedTemplates } from '../../src/templates/shipped.ts'
import { readyTemplates } from '../../src/templates/template-set.ts'
import { transcript } from '../../src/templates/transcript.ts'
import { renderDocument } from '../../src/write/render.ts'
import { contents } from '../write/inspect.ts'

const words = Object.fromEntries(
  shippedTemplates.map(({ name, words }) => [name, Object.fromEntries(words.map((key) => [key, key]))]),
)
const ready = readyTemplates(shippedTemplates, words)
const checkAddress = 'https://check.sapan.example/th/2569/0123456789'

async function rendered({ name }: { readonly name: string }, data: unknown, setting: object = {}) {
  const found = ready.get(name)
  if (!found) throw new Error(`there is no ${name}`)
  return renderDocument(found.describe(data, { created: 0, checkAddress, ...setting }, []))
}

test.each(shippedTemplates.map((template) => [template.name, template] as const))(
  'the sample of %s takes one page',
  async (_, template) => {
    expect((await rendered(template, template.sample)).pages).toBe(1)
  },
)

describe('who signs', () => {
  const line = 'ข้อความของย่อหน้าซึ่งยาวพอดีหนึ่งบรรทัด'
  const bodies = (count: number) => Array.from({ length: count }, (_, n) => `${line} ${n}`)
  const letters = [
    [announcement, (count: number) => ({ ...announcement.sample, paragraphs: bodies(count) })],
    [order, (count: number) => ({ ...order.sample, paragraphs: bodies(count) })],
    [memorandum, (count: number) => ({ ...memorandum.sample, paragraphs: bodies(count) })],
    [externalLetter, (count: number) => ({ ...externalLetter.sample, paragraphs: bodies(count) })],
    [
      certificateLetter,
      (count: number) => ({ ...certificateLetter.sample, paragraphs: bodies(count).slice(0, 20) }),
    ],
  ] as const

  test.each(letters.map(([template, data]) => [template.name, template, data] as const))(
    'in %s has two lines of the text above, however long it is',
    async (_, template, data) => {
      for (let count = 2; count < 32; count += 1) {
        const { text } = await rendered(template, data(count))
        const last = text.find((page) => page.includes(`(${template.sample.signer.name})`)) ?? ''
        expect(last.split(line).length - 1, `${count} paragraphs`).toBeGreaterThanOrEqual(2)
        expect(text.at(-1), 'the code stands on the last page').toContain('0123456789')
        expect(last).toBe(text.at(-1))
      }
    },
  )

  test('in a receipt or a transcript has the last row of a table above', async () => {
    const [term] = transcript.sample.terms
    const [course] = term?.courses ?? []
    for (let count = 1; count < 40; count++) {
      const entries = Array.from({ length: count }, (_, n) => ({ label: `รายการ ${n}`, value: 'ค่า' }))
      const { text } = await rendered(receipt, { ...receipt.sample, entries, files: [] })
      expect(text.at(-1)).toContain(`รายการ ${count - 1}`)
      const courses = Array.from({ length: count }, (_, n) => ({ ...course, title: `วิชา ${n}` }))
      const graded = await rendered(transcript, { ...transcript.sample, terms: [{ ...term, courses }] })
      expect(graded.text.at(-1)).toContain(`วิชา ${count - 1}`)
    }
  })
})

test('a name below a signature is parted between given name and surname', async () => {
  const { text } = await rendered(transcript, transcript.sample)
  expect(text[0]).toContain('(ผู้ช่วยศาสตราจารย์ทดสอบ \nตัวอย่างสกุล)\n')
})

test('how urgent a letter is stands in red, 32 points high (saraban regulation, section 28)', async () => {
  for (const template of [externalLetter, memorandum]) {
    const { bytes } = await rendered(template, template.sample)
    expect(contents(bytes)[0]).toMatch(/0\.753 0 0 rg\n\/F\d 32 Tf/)
  }
})

test('addresses and codes keep their digits, numbers become Thai', async () => {
  const paragraphs = [
    'ตาม ISO 27001 ข้อ 12 แจ้งที่ saraban01@example.go.th หรือ https://a.go.th/2569?id=1 ใน 30 วัน',
  ]
  const { text } = await rendered(memorandum, { ...memorandum.sample, paragraphs })
  const body = text.join('').replaceAll('\n', '')
  expect(body).toContain('ข้อ ๑๒ แจ้งที่ saraban01@example.go.th หรือ https://a.go.th/2569?id=1 ใน ๓๐ วัน')
})

test('later pages of an official paper are numbered at their top in Thai digits, the first is not', async () => {
  for (const template of [externalLetter, memorandum, order, announcement]) {
    const paragraphs = Array.from({ length: 40 }, () => 'ข้อความ '.repeat(30).trim())
    const { text } = await rendered(template, { ...template.sample, paragraphs })
    expect(text.map((page) => /^– ([๐-๙]+) –\n/.exec(page)?.[1])).toEqual([
      undefined,
      ...text.slice(1).map((_, n) => ['๒', '๓', '๔', '๕', '๖', '๗', '๘', '๙'][n]),
    ])
    expect(text.length).toBeGreaterThan(2)
  }
})

test('a long receipt says on each page of which document it is', async () => {
  const entries = Array.from({ length: 60 }, (_, n) => ({ label: `${n}`, value: 'ค่า' }))
  const { text } = await rendered(receipt, { ...receipt.sample, entries })
  for (const [n, page] of text.entries())
    expect(page).toContain(`${receipt.sample.number}   ${n + 1}/${text.length}`)
})

test('an address that is too long for its line is parted at its signs', async () => {
  const { text, bytes } = await rendered(externalLetter, externalLetter.sample, {
    checkAddress: 'https://check.sapan.example/th/documents/2569/register?number=0123456789&language=th',
  })
  const lines = text.at(-1)?.split('\n') ?? []
  const first = lines.findIndex((line) => line.startsWith('https://'))
  const parts = lines.slice(first)
  expect(parts.length).toBeGreaterThan(1)
  parts.slice(1).forEach((line, n) => {
    expect(`${parts[n]}|${line}`).toMatch(/[/-]\||\|[?&=.]/)
  })
  expect(lines.slice(first).join('')).toContain('register?number=0123456789&language=th')
  const file = openPdf(bytes)
  for (const page of file.pages())
    for (const run of extractText(file, page).runs.filter(({ text: shown }) => shown.startsWith('http')))
      expect(run.endX).toBeLessThan(595.28 - (20 * 72) / 25.4 + 0.5)
})
