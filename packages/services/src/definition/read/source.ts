import type { JsonValue } from '@sapan/casework'
import type { Text } from '@sapan/kernel'
import { type Document, isMap, isNode, isScalar, LineCounter, type Node, parseDocument } from 'yaml'
import type { Finding, FindingCode } from '../finding.ts'
import { strangeLetter } from './letters.ts'
import { faultsOfNodes } from './nodes.ts'
import { yamlFault } from './yaml-faults.ts'

/** A file as it was read: its value, and where in the text each part of it stands. */
export interface Source {
  readonly file: string
  /** Absent where it could not be read. */
  readonly value?: JsonValue
  readonly findings: readonly Finding[]
  /** A finding at the value under a JSON pointer, or so many letters into the text that stands there. */
  note(pointer: string, code: FindingCode, reason: Text, offset?: number): Finding
  /** A finding at the name under a JSON pointer. */
  noteKey(pointer: string, code: FindingCode, reason: Text): Finding
}

/** The largest file that is read, in bytes. */
export const LARGEST = 512 * 1024
/** What YAML nests deeper, no definition needs. */
const DEEPEST_FLOW = 60

const tooDeep = { th: 'ข้อมูลซ้อนกันลึกเกินไป', en: 'The data lies too deep.' } as const satisfies Text

/** A YAML text, of which only plain parts are taken: no aliases, no tags, no two documents, no names twice. Never throws. */
export function readSource(file: string, text: string): Source {
  const lines = new LineCounter()
  const refuse = (code: FindingCode, reason: Text, line = 1, column = 1): Source =>
    noSource({ file, line, column, code, reason })
  if (Buffer.byteLength(text) > LARGEST)
    return refuse('too-large', { th: 'ไฟล์ใหญ่เกิน 512 KiB', en: 'The file is larger than 512 KiB.' })
  if (flowDepth(text) > DEEPEST_FLOW) return refuse('too-deep', tooDeep)
  const strange = strangeLetter(text)
  if (strange !== undefined) return refuse('not-yaml', strange.reason, strange.line, strange.column)
  // Names that stand twice are found below: the library compares each with all others.
  const document = parseDocument(text, {
    ...{ lineCounter: lines, schema: 'core', prettyErrors: false, uniqueKeys: false },
  })
  if (document.contents === null && document.errors.length === 0)
    return refuse('wrong-value', { th: 'ไฟล์ว่างเปล่า', en: 'Nothing stands in this file.' })
  const places = new Places(file, document, lines)
  // After the first fault of form, what stands where names should is mostly not what was meant.
  const [fault] = places.ofErrors()
  const ofNodes = faultsOfNodes(document, places.at)
  const findings =
    fault === undefined ? ofNodes : [fault, ...ofNodes.filter(({ code }) => code !== 'forbidden-key')]
  const found = {
    file,
    findings,
    note: (pointer: string, code: FindingCode, reason: Text, offset?: number) =>
      places.at(places.value(pointer), code, reason, offset),
    noteKey: (pointer: string, code: FindingCode, reason: Text) =>
      places.at(places.key(pointer), code, reason),
  }
  return findings.length > 0 ? found : { ...found, value: document.toJS() as JsonValue }
}

/** A file that could not be read at all. */
export function noSource(finding: Finding): Source {
  return { file: finding.file, findings: [finding], note: () => finding, noteKey: () => finding }
}

/** How deep brackets lie, also those inside of texts: enough to refuse what would exhaust the reader. */
function flowDepth(text: string): number {
  let [depth, most] = [0, 0]
  for (const letter of text) {
    if (letter === '[' || letter === '{') depth += 1
    if ((letter === ']' || letter === '}') && depth > 0) depth -= 1
    if (depth > most) most = depth
  }
  return most
}

export type At = (node: Node | undefined, code: FindingCode, reason: Text, offset?: number) => Finding

class Places {
  readonly #file: string
  readonly #document: Document.Parsed
  readonly #lines: LineCounter

  constructor(file: string, document: Document.Parsed, lines: LineCounter) {
    this.#file = file
    this.#document = document
    this.#lines = lines
  }

  ofErrors(): readonly Finding[] {
    const faults = [...this.#document.errors, ...this.#document.warnings]
    return faults.map(({ code, message, pos }) => {
      const { line, col } = this.#lines.linePos(pos[0])
      const where = { file: this.#file, line, column: col }
      if (message.startsWith('Maximum call stack')) return { ...where, code: 'too-deep', reason: tooDeep }
      return { ...where, code: 'not-yaml', reason: yamlFault({ code, message }) }
    })
  }

  value(pointer: string): Node | undefined {
    const path = pathOf(pointer)
    for (let length = path.length; length >= 0; length -= 1) {
      const node = length === 0 ? this.#document.contents : this.#document.getIn(path.slice(0, length), true)
      if (isNode(node)) return node
    }
    return undefined
  }

  key(pointer: string): Node | undefined {
    const path = pathOf(pointer)
    const parent = path.length === 1 ? this.#document.contents : this.#document.getIn(path.slice(0, -1), true)
    const pair = isMap(parent)
      ? parent.items.find(({ key }) => isScalar(key) && String(key.value) === path.at(-1))
      : undefined
    return isScalar(pair?.key) ? pair.key : this.value(pointer)
  }

  readonly at: At = (node, code, reason, offset = 0) => {
    const { line, col } = this.#lines.linePos((node?.range?.[0] ?? 0) + this.#within(node, offset))
    return { file: this.#file, line, column: col, code, reason }
  }

  /** Of a text on one line, the place in it; of one on several, only where it begins is sure. */
  #within(node: Node | undefined, offset: number): number {
    if (!isScalar(node) || offset === 0 || typeof node.value !== 'string') return 0
    if (node.type === 'PLAIN') return offset
    return node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE' ? offset + 1 : 0
  }
}

/** The names of a JSON pointer (RFC 6901). */
export function pathOf(pointer: string): readonly string[] {
  if (pointer === '') return []
  return pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}
