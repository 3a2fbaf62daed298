import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'oxc-parser'

export interface TextFault {
  /** `file:line` */
  readonly place: string
  readonly text: string
}

export interface TextResult {
  readonly files: number
  readonly texts: number
  readonly faults: readonly TextFault[]
}

interface Found {
  readonly th: string | undefined
  readonly en: string | undefined
  readonly at: number
}

const sources = /^(packages\/[^/]+|apps\/[^/]+|sandbox)\/src\/.*\.ts$/

/** Holds each `{ th, en }` of words in the sources below `root` to both languages: none empty, each in its own letters. */
export function checkTexts(root: string): TextResult {
  const files = ['packages', 'apps', 'sandbox'].flatMap((folder) => filesOf(root, folder)).sort()
  const faults: TextFault[] = []
  let texts = 0
  for (const file of files) {
    const source = readFileSync(join(root, file), 'utf8')
    if (!/\bth\b/.test(source)) continue
    for (const found of textsOf(file, source)) {
      texts++
      const fault = faultOf(found)
      if (fault !== undefined) faults.push({ place: `${file}:${lineAt(source, found.at)}`, text: fault })
    }
  }
  return { files: files.length, texts, faults }
}

function filesOf(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return []
  const paths = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
  return paths.map((path) => `${folder}/${path.replaceAll('\\', '/')}`).filter((path) => sources.test(path))
}

const thai = /[\u0e01-\u0e5b]/
const latin = /[A-Za-z]/
/** What is put in, right before a noun that is only right for many. */
const numberedPlural =
  /(?:…|\{\w+\}|#) ((?:(?:working|more|other) )?(?:days|hours|minutes|seconds|weeks|months|years|times|letters|characters|digits|bytes|documents|files|pages|entries|rows|lines|cases|messages|people|officers|directors|questions|payments|applications))\b/
const abbreviation = /[\u0e01-\u0e2e]{2,6}\./g

/**
 * Names and codes alone (`JSON`, `1`) and commands are the same in both languages; sentences are not. English may name
 * a Thai abbreviation (`ขมธอ.`). Empty in both is meant: a name that is not known.
 */
function faultOf({ th, en }: Found): string | undefined {
  if (th === '' && en === '') return undefined
  if (th === undefined || th.trim() === '') return `no Thai beside "${en}"`
  if (en === undefined || en.trim() === '') return `no English beside "${th}"`
  if (thai.test(en.replace(abbreviation, ''))) return `Thai letters in the English "${en}"`
  const plural = numberedPlural.exec(en)
  if (plural !== null)
    return `a number before "${plural[1]}", which says "1 ${plural[1]}" too: counted() of the kernel`
  if (/^sapan /.test(th)) return undefined
  if (!thai.test(th) && latin.test(th) && /\s/.test(th.trim())) return `no Thai letters in the Thai "${th}"`
  return undefined
}

/** Object literals with `th` or `en` whose values are words; values that are calculated are not judged. */
function textsOf(file: string, source: string): Found[] {
  const found: Found[] = []
  visit(parseSync(file, source).program, (node) => {
    if (node.type !== 'ObjectExpression' || !Array.isArray(node.properties)) return
    const values = new Map<string, string | null>()
    for (const property of node.properties.filter(isNode))
      values.set(nameOf(property), wordsOf(property.value))
    const [th, en] = [values.get('th'), values.get('en')]
    if (th === null || en === null || (th === undefined && en === undefined)) return
    if (![...values.keys()].every((name) => name === 'th' || name === 'en')) return
    found.push({ th, en, at: Number(node.start) })
  })
  return found
}

type Node = Readonly<Record<string, unknown>>

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null
}

function visit(value: unknown, see: (node: Node) => void): void {
  if (Array.isArray(value)) for (const one of value) visit(one, see)
  else if (isNode(value)) {
    if (typeof value.type === 'string') see(value)
    for (const inner of Object.values(value)) visit(inner, see)
  }
}

function nameOf({ key }: Node): string {
  if (!isNode(key)) return ''
  return typeof key.name === 'string' ? key.name : String(key.value ?? '')
}

/** The words of a string, or of a template without what is put in; null for anything else. */
function wordsOf(value: unknown): string | null {
  if (!isNode(value)) return null
  if (value.type === 'Literal' && typeof value.value === 'string') return value.value
  if (value.type !== 'TemplateLiteral' || !Array.isArray(value.quasis)) return null
  const parts = value.quasis
    .filter(isNode)
    .map(({ value: part }) => (isNode(part) ? String(part.cooked) : ''))
  // Only what is put in, as in `${schema}: ${name}`: nothing to judge.
  return /[A-Za-z\u0e01-\u0e5b]/.test(parts.join('')) ? parts.join('…') : null
}

function lineAt(source: string, at: number): number {
  return source.slice(0, at).split('\n').length
}
