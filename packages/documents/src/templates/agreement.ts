import { type EmbeddedFile, embeddedFiles, extractText, type PdfFile } from '../pdf/index.ts'
import { dataFileNames, readDataXml } from './embedded-data.ts'
import type { ReadyTemplate } from './template-set.ts'
import { visibleText, withoutSpace } from './visible-text.ts'

/** What a document of one of our templates says inside, held against what its pages show. */
export interface Agreement {
  readonly template: string
  readonly version: number
  /** As embedded; undefined where it can't be read. */
  readonly data: unknown
  /** None: pages, XML and JSON say the same. */
  readonly differences: readonly Difference[]
}

export interface Difference {
  /**
   * `no-xml`, `no-json`: one copy is missing or can't be read. `copies`: the two differ. `data`: the template does not
   * take it. `version`: made by a version of the template that is not here. `page`: the pages show something else.
   */
  readonly kind: 'no-xml' | 'no-json' | 'copies' | 'data' | 'version' | 'page'
  /** For `page`: what the data makes, and what is shown in its place, a few letters each. */
  readonly expected?: string
  readonly shown?: string
}

/** How much of a difference is told. */
const told = 60

/**
 * Compares the data inside a document with its pages. Undefined where the document says of itself that it is of none of
 * these templates. Throws `PdfError` where pages can't be read.
 */
export function agreementOf(
  file: PdfFile,
  templates: ReadonlyMap<string, ReadyTemplate>,
): Agreement | undefined {
  const files = embeddedFiles(file)
  const json = readJson(files)
  const found = json && templates.get(json.template)
  if (!json || !found) return undefined
  const { template } = found
  const of = { template: template.name, version: json.version, data: json.data }
  if (json.version !== template.version) return { ...of, differences: [{ kind: 'version' }] }
  const xml = textOf(files, dataFileNames.xml)
  const differences = [...copies(found, json.data, xml), ...pages(file, found, json.data)]
  return { ...of, differences }
}

interface EmbeddedJson {
  readonly template: string
  readonly version: number
  readonly data: unknown
}

function readJson(files: readonly EmbeddedFile[]): EmbeddedJson | undefined {
  try {
    const parsed: unknown = JSON.parse(textOf(files, dataFileNames.json) ?? '')
    const { template, version, data } = Object(parsed)
    return typeof template === 'string' && typeof version === 'number'
      ? { template, version, data }
      : undefined
  } catch {
    return undefined
  }
}

function textOf(files: readonly EmbeddedFile[], name: string): string | undefined {
  const [only, ...others] = files.filter((file) => file.name === name)
  if (!only || others.length > 0) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(only.bytes)
  } catch {
    return undefined
  }
}

function copies({ template }: ReadyTemplate, data: unknown, xml: string | undefined): Difference[] {
  if (xml === undefined) return [{ kind: 'no-xml' }]
  try {
    return isSame(readDataXml(template, xml), data) ? [] : [{ kind: 'copies' }]
  } catch {
    return [{ kind: 'no-xml' }]
  }
}

function pages(file: PdfFile, ready: ReadyTemplate, data: unknown): Difference[] {
  const shown = withoutSpace(
    file
      .pages()
      .map((page) => bodyText(file, page))
      .join(''),
  )
  let expected: string
  try {
    expected = visibleText(ready.describe(data, settingOf(shown), []))
  } catch {
    return [{ kind: 'data' }]
  }
  if (shown === expected) return []
  let at = 0
  while (at < expected.length && expected[at] === shown[at]) at++
  return [{ kind: 'page', expected: expected.slice(at, at + told), shown: shown.slice(at, at + told) }]
}

/** Artifacts are of the page, not of the document. */
function bodyText(file: PdfFile, page: ReturnType<PdfFile['pages']>[number]): string {
  return extractText(file, page)
    .runs.filter(({ artifact }) => artifact !== true)
    .map(({ text }) => text)
    .join('')
}

/** Where the document can be checked is not among its data: whatever address stands at the end is taken for it. */
function settingOf(shown: string) {
  // Looked for from the end: from the start, each `http://` of a long text would be tried to its end.
  let start = shown.length
  while (start > 0 && isPlain(shown.charCodeAt(start - 1))) start--
  const address = /https?:\/\/.+/.exec(shown.slice(start))?.[0]
  return { created: 0, ...(address !== undefined && { checkAddress: address }) }
}

const isPlain = (code: number): boolean => code > 0x20 && code < 0x7f

function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every((key) => Object.hasOwn(b, key) && isSame(Reflect.get(a, key), Reflect.get(b, key)))
}
