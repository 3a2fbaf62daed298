import { describe, expect, it } from 'vitest'
import {
  type Block,
  columns,
  type DocumentDescription,
  heading,
  image,
  link,
  list,
  paragraph,
  qr,
  renderDocument,
  signatureField,
  table,
} from '../../src/index.ts'
import { documentOf } from './sample.ts'

const refused = (body: readonly Block[], more: Partial<DocumentDescription> = {}) =>
  expect(renderDocument(documentOf(body, more))).rejects

const square = { path: 'M0 0 H10 V10 Z', viewBox: [0, 0, 10, 10] } as const

describe('a measure that is none is refused with its place', () => {
  it.each<[string, Block, string]>([
    ['a size that is no number', paragraph('ก', { size: Number.NaN }), 'body[0].size'],
    ['a size of nothing', paragraph({ text: 'ก', size: 0 }), 'body[0].content[0].size'],
    ['an indent to the left of the margin', paragraph('ก', { indent: -5 }), 'body[0].indent'],
    ['a colour beyond white', paragraph({ text: 'ก', colour: [300, 0, 0] }), 'body[0].content[0].colour'],
    [
      'a cell over no column',
      table({ columns: [{ width: 20 }], rows: [[{ content: ['ก'], columnSpan: 0 }]] }),
      'columnSpan',
    ],
    ['endless space', { type: 'spacer', height: Number.POSITIVE_INFINITY }, 'body[0].height'],
  ])('%s', async (_, block, place) => {
    await refused([block]).toMatchObject({
      code: 'document-description-invalid',
      detail: { en: expect.stringContaining(place), th: expect.stringContaining(place) },
    })
  })

  it('a number of columns that is none', async () => {
    for (const count of [0, 1.5, -1])
      await refused([], { page: { columns: count } }).toMatchObject({ code: 'document-description-invalid' })
  })
})

describe('where no letter has room', () => {
  it.each<[string, readonly Block[], Partial<DocumentDescription>]>([
    ['too many columns side by side', [columns(Array(60).fill({ blocks: [paragraph('กฎหมาย')] }))], {}],
    [
      'too many columns of a table',
      [table({ columns: Array(200).fill({ width: 'auto' }), rows: [Array(200).fill('กฎหมาย')] })],
      {},
    ],
    ['too many columns of a page', [paragraph('กฎหมาย')], { page: { columns: 30 } }],
    ['an indent wider than the page', [paragraph('กฎหมาย', { indentLeft: 500 })], {}],
    ['a first line behind the margin', [paragraph('กฎหมาย', { indent: 500 })], {}],
    ['margins wider than the page', [paragraph('กฎหมาย')], { page: { margins: { left: 150, right: 100 } } }],
    ['margins higher than the page', [paragraph('กฎหมาย')], { page: { margins: { top: 200, bottom: 200 } } }],
    ['a letter wider than the page', [paragraph('ฌ', { size: 800 })], {}],
  ])('%s', async (_, body, more) => {
    await refused(body, more).toMatchObject({ code: 'document-place-too-narrow' })
  })
})

describe('an address', () => {
  it.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/html,x',
    'example.go.th',
    '',
    'https://a b',
    'https://a/\ud800',
  ])('“%s” is no link', async (address) => {
    await refused([paragraph(link('ก', address))]).toMatchObject({ code: 'document-address-invalid' })
  })
})

describe('words for those who hear a document', () => {
  it.each<[string, Block]>([
    ['of a picture are no spaces', image({ source: square, width: 5, alt: '  ' })],
    ['have no control character', image({ source: square, width: 5, alt: 'ก\u0000' })],
    ['have no half of a pair', qr({ text: 'ก', alt: '\ud800' })],
    ['of a code are never empty', qr({ text: 'ก', alt: '' })],
    ['of a signature are never empty', signatureField({ name: 'a', label: '', width: 10, height: 10 })],
    [
      'of a table have no control character',
      table({ columns: [{ width: 9 }], rows: [['ก']], summary: '\u0007' }),
    ],
  ])('%s', async (_, block) => {
    await refused([block]).toMatchObject({ code: 'document-description-invalid' })
  })
})

describe('a name of a signature field', () => {
  it.each(['', 'a.b', 'a\u0000', '\ud800', ' '])('is not “%s”', async (name) => {
    await refused([signatureField({ name, label: 'ก', width: 10, height: 10 })]).toMatchObject({
      code: 'document-description-invalid',
    })
  })
})

it('a code of nothing, or of more than it can hold, is refused', async () => {
  for (const text of ['', 'x'.repeat(3000)])
    await refused([qr({ text, alt: 'ก' })]).toMatchObject({ code: 'document-description-invalid' })
})

it('a picture without a size is refused', async () => {
  for (const viewBox of [
    [0, 0, 0, 10],
    [0, 0, 10, -1],
    [Number.NaN, 0, 10, 10],
  ] as const)
    await refused([image({ source: { ...square, viewBox }, width: 5, alt: 'ก' })]).toMatchObject({
      code: 'document-image-unreadable',
    })
})

it('blocks inside of each other have an end', async () => {
  let block: Block = paragraph('ก')
  for (let depth = 0; depth < 5000; depth++) block = { type: 'keep', blocks: [block] }
  await refused([block]).toMatchObject({ code: 'document-description-invalid' })
})

it('a time that no file can say is refused', async () => {
  for (const created of [Number.NaN, Date.UTC(10_000, 0), Date.UTC(-1, 0), 8.64e15])
    await refused([], { created }).toMatchObject({ code: 'document-description-invalid' })
})

it('a title has no character that is not seen', async () => {
  for (const character of ['\u200b', '\u202e', '\t', '\ud800'])
    await refused([], { title: `ก${character}ข` }).toMatchObject({
      code: 'document-description-invalid',
      detail: { en: expect.stringMatching(/U\+[0-9A-F]{4}/) },
    })
})

it('a head of a table that is taller than a page is refused', async () => {
  const head = [['กฎหมาย '.repeat(1000)]]
  await refused([table({ columns: [{ width: 20 }], head, rows: [['ก']] })]).toMatchObject({
    code: 'document-block-too-tall',
  })
})

describe('a long text ends in pages', () => {
  it.each([
    ['of Thai without spaces', 'กขค'.repeat(10_000)],
    ['of Latin words', 'word '.repeat(6_000).trim()],
    ['of one word', 'x'.repeat(30_000)],
    ['of spaces', `ก${' '.repeat(30_000)}ข`],
    ['of words that must not be parted', 'a\u00a0'.repeat(15_000)],
  ])('%s', async (_, text) => {
    const rendered = await renderDocument(
      documentOf([heading(1, 'ก'), paragraph(text), list([text.slice(0, 9000)])]),
    )
    expect(rendered.text.join('').replaceAll('\n', '')).toContain(text)
  })
})
