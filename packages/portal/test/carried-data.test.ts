import {
  type Attachment,
  dataAttachments,
  issueDocument,
  paragraph,
  shippedTemplates,
} from '@sapan/documents'
import { h } from 'preact'
import { render } from 'preact-render-to-string'
import { expect, it } from 'vitest'
import { carriedData } from '../src/checking/carried-data.ts'
import { dataView } from '../src/report/data-view.ts'
import { isNamedData } from '../src/report/data-words.ts'
import { passedReport } from './reports.ts'

const created = Date.UTC(2026, 10, 22)

async function documentWith(attachments: readonly Attachment[]): Promise<Uint8Array> {
  const { bytes } = await issueDocument({
    language: 'th',
    title: 'หนังสือทดสอบ',
    author: 'กรมทดสอบ',
    created,
    body: [paragraph('ที่นี่')],
    attachments,
  })
  return bytes
}

const shown = (...given: Parameters<typeof dataView>): string => render(h('div', null, dataView(...given)))

const attached = (name: string, mime: string, text: string): Attachment => ({
  name,
  mime,
  relationship: 'Data',
  description: name,
  bytes: new TextEncoder().encode(text),
  modified: created,
})

it('finds the data of our templates without its envelope, and the XML beside it', async () => {
  const [template] = shippedTemplates
  if (template === undefined) throw new Error('there is no template')
  const found = carriedData(await documentWith(dataAttachments(template, template.sample, created)))
  expect(found).toEqual([
    { name: 'data.json', value: template.sample },
    { name: 'data.xml', text: expect.stringContaining('<document xmlns="urn:sapan:document:receipt:1">') },
  ])
})

it('finds the data of other people, and leaves out what is no text', async () => {
  const found = carriedData(
    await documentWith([
      attached('factur-x.xml', 'text/xml', '<invoice/>'),
      attached('broken.json', 'application/json', '{'),
      { ...attached('latin.xml', 'text/xml', ''), bytes: new Uint8Array([0xe9, 0xff]) },
      attached('notes.txt', 'text/plain', 'x'),
    ]),
  )
  expect(found).toEqual([
    { name: 'factur-x.xml', text: '<invoice/>' },
    { name: 'broken.json', text: '{' },
  ])
})

it('is empty for what is no PDF', () => {
  expect(carriedData(new TextEncoder().encode('hello'))).toEqual([])
})

it('shows at most so much of data that has no end', () => {
  const wide = Array.from({ length: 5000 }, (_, at) => ({ at, more: { at } }))
  let deep: unknown = 'bottom'
  for (let level = 0; level < 3000; level++) deep = { deep }
  const page = shown(
    [{ name: 'a.json', value: { wide, deep, long: 'x'.repeat(99_999) } }],
    passedReport,
    'en',
  )
  expect(page.length).toBeLessThan(100_000)
  expect(page).toContain('…')
})

it('escapes what the data says', () => {
  const page = shown([{ name: 'a.json', value: { '<b>': '<script>' } }], passedReport, 'th')
  expect(page).not.toContain('<b>')
  expect(page).not.toContain('<script>')
})

it('says where the data and the page differ', () => {
  const page = shown(
    [],
    {
      ...passedReport,
      document: {
        revisions: [],
        attachments: [],
        embedded: {
          template: 'receipt',
          agrees: false,
          differences: [
            { kind: 'page', text: { th: 'ต่าง', en: 'Other' }, expected: '9,000,000', shown: '900' },
          ],
        },
      },
    },
    'en',
  )
  expect(page).toContain('Differs from the visible page')
  expect(page).toMatch(/9,000,000.*900/)
})

it.each([
  ['2027-11-30T16:59:00Z', false],
  ['2027-11-30T17:00:00Z', true],
])('at %s a licence that ends on 30 November 2027 has expired: %s', (at, isOver) => {
  const value = shippedTemplates.find(({ name }) => name === 'licence')?.sample
  const page = (agrees: boolean) => {
    const embedded = { template: 'licence', agrees, differences: [] }
    const document = { revisions: [], attachments: [], embedded }
    return shown([{ name: 'data.json', value }], { ...passedReport, at, document }, 'en')
  }
  expect(page(true).includes('It has expired. It was valid until 30 Nov 2027.')).toBe(isOver)
  expect(page(true)).toContain('Valid until')
  // What the page does not say counts for nothing.
  expect(page(false)).not.toContain('expired')
})

it.each(shippedTemplates.map(({ name, schema }) => [name, schema] as const))(
  'has a word for all that %s can carry',
  (_name, schema) => {
    expect(propertiesOf(schema).filter((key) => !isNamedData(key))).toEqual([])
  },
)

function propertiesOf(schema: unknown): string[] {
  const { properties, items } = Object(schema)
  if (items !== undefined) return propertiesOf(items)
  return Object.entries(Object(properties)).flatMap(([key, inner]) => [key, ...propertiesOf(inner)])
}

it('hands on data that is nested without end as far as it can be copied', async () => {
  for (const deep of [
    `${'['.repeat(200_000)}${']'.repeat(200_000)}`,
    `${'{"a":'.repeat(90_000)}1${'}'.repeat(90_000)}`,
  ]) {
    const found = carriedData(await documentWith([attached('a.json', 'application/json', deep)]))
    expect(found).toHaveLength(1)
    expect(() => structuredClone(found)).not.toThrow()
  }
})
