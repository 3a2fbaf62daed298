import { describe, expect, test } from 'vitest'
import { extractText, openPdf, PdfRef } from '../../src/pdf/index.ts'
import { dataAttachments } from '../../src/templates/embedded-data.ts'
import { shippedTemplates } from '../../src/templates/shipped.ts'
import { readyTemplates } from '../../src/templates/template-set.ts'
import { visibleText, withoutSpace } from '../../src/templates/visible-text.ts'
import { issueDocument } from '../../src/write/render.ts'
import {
  bookmarksOf,
  contents,
  drawnMarks,
  type Element,
  elementsOf,
  findAll,
  parentTree,
  structureOf,
  unmarked,
} from '../write/inspect.ts'
import { everyTemplate } from './hardest.ts'

const words = Object.fromEntries(
  shippedTemplates.map(({ name, words }) => [
    name,
    Object.fromEntries(words.map((key) => [key, `คำ ${key}`])),
  ]),
)
const ready = readyTemplates(shippedTemplates, words)
const setting = {
  created: Date.UTC(2026, 10, 22),
  draft: true,
  checkAddress: `https://check.sapan.example/th/${'0123456789abcdef'.repeat(8)}?token=A-b_c&lang=th`,
}

const isHeading = ({ tag }: Element) => /^H[1-6]$/.test(tag)

describe.each(everyTemplate)('$name', async ({ template, data }) => {
  const found = ready.get(template.name)
  if (!found) throw new Error(`there is no ${template.name}`)
  const description = found.describe(data, setting, dataAttachments(template, data, setting.created))
  const { bytes } = await issueDocument(description)
  const file = openPdf(bytes)
  const tree = structureOf(bytes)
  const elements = elementsOf(tree)

  test('is read in the order in which it is described and seen', () => {
    expect(withoutSpace(tree.text)).toBe(visibleText(description))
    expect(tree.marks).toEqual(drawnMarks(bytes))
  })

  test('draws nothing that is neither an element’s nor an artifact', () => {
    for (const content of contents(bytes)) expect(unmarked(content)).toEqual([])
  })

  test('names the element of each piece of a page and of each annotation', () => {
    const byMark = new Map(
      elements.flatMap((element) => {
        const below = new Set(element.children.flatMap(({ marks }) => marks))
        return element.marks.filter((mark) => !below.has(mark)).map((mark) => [mark, element.object] as const)
      }),
    )
    const parents = parentTree(bytes)
    file.pages().forEach((page) => {
      const owners = parents.get(file.number(page.dict.get('StructParents')) ?? -1) ?? []
      const drawn = drawnMarks(bytes).filter((mark) => mark.startsWith(`${page.ref.num}/`))
      expect(owners).toEqual(drawn.map((mark) => byMark.get(mark)))
      for (const item of file.array(page.dict.get('Annots')) ?? []) {
        const [owner] = parents.get(file.number(file.dict(item)?.get('StructParent')) ?? -1) ?? []
        const subtype = file.name(file.dict(item)?.get('Subtype'))
        expect(elements.find(({ object }) => object === owner)?.annotations).toContain(subtype)
      }
    })
  })

  test('has words for each picture, a place for each of them, and for each field', () => {
    for (const tag of ['Figure', 'Form'])
      for (const { alt } of findAll(tree, tag)) expect(alt?.trim()).toBeTruthy()
    expect(findAll(tree, 'Figure').length).toBeGreaterThanOrEqual(2)
    for (const { annotations } of findAll(tree, 'Form')) expect(annotations).toEqual(['Widget'])
  })

  test('has headings that nest without a gap', () => {
    let level = 0
    for (const { tag, text } of elements.filter(isHeading)) {
      expect(text.trim()).not.toBe('')
      expect(Number(tag[1])).toBeLessThanOrEqual(level + 1)
      level = Number(tag[1])
    }
  })

  test('has a bookmark for each heading, which leads to it', () => {
    const headings = elements.filter(isHeading)
    const bookmarks = bookmarksOf(bytes)
    expect(bookmarks.map(({ title, depth }) => [withoutSpace(title), depth])).toEqual(
      headings.map(({ text, tag }) => [withoutSpace(text), Number(tag[1])]),
    )
    bookmarks.forEach(({ page, y }, index) => {
      const [mark] = headings[index]?.marks ?? []
      const target = file.pages()[page]
      const runs = target ? extractText(file, target).runs : []
      const run = runs.find(({ mcid }) => `${target?.ref.num}/${mcid}` === mark)
      expect(run?.y).toBeLessThan(y)
      expect(run?.y).toBeGreaterThan(y - 50)
    })
  })

  test('has tables of as many cells in each row, with heads that say of what they are', () => {
    for (const table of findAll(tree, 'Table')) {
      const rows = findAll(table, 'TR')
      const [head] = rows
      const width = (row: Element | undefined) =>
        row?.children.reduce((sum, { columnSpan }) => sum + columnSpan, 0)
      expect(head?.children.every(({ tag, scope }) => tag === 'TH' && scope === 'Column')).toBe(true)
      for (const row of rows) {
        expect(width(row)).toBe(width(head))
        expect(row.children.filter(({ tag }) => tag !== 'TH' && tag !== 'TD')).toEqual([])
      }
      for (const { scope } of findAll(table, 'TH')) expect(['Row', 'Column']).toContain(scope)
      expect(table.children.map(({ tag }) => tag)).toEqual(
        ['THead', 'TBody', 'TFoot'].filter((tag) => findAll(table, tag).length > 0),
      )
    }
  })

  test('has links that can be followed where they are read', () => {
    const links = findAll(tree, 'Link')
    expect(withoutSpace(links.map(({ text }) => text).join(''))).toBe(setting.checkAddress)
    for (const { annotations } of links) {
      expect(annotations.length).toBeGreaterThan(0)
      expect(new Set(annotations)).toEqual(new Set(['Link']))
    }
  })

  test('has nothing empty to be announced', () => {
    const empty = elements.filter(
      ({ marks, annotations, children, tag }) =>
        marks.length === 0 && annotations.length === 0 && children.length === 0 && tag !== 'TD',
    )
    expect(empty.map(({ tag }) => tag)).toEqual([])
  })

  test('says its language, its title, and that it is tagged', () => {
    expect(file.text(file.catalog.get('Lang'))).toBe('th-TH')
    expect(file.resolve(file.dict(file.catalog.get('MarkInfo'))?.get('Marked'))).toBe(true)
    expect(file.resolve(file.dict(file.catalog.get('ViewerPreferences'))?.get('DisplayDocTitle'))).toBe(true)
    expect(file.text(file.dict(file.trailer.get('Info'))?.get('Title'))).toBe(description.title)
    expect(file.catalog.get('StructTreeRoot')).toBeInstanceOf(PdfRef)
  })
})
