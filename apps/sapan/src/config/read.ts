import { readFile } from 'node:fs/promises'
import { Problem, type Text } from '@sapan/kernel'
import type { Static, TSchema } from 'typebox'
import { Default, Errors } from 'typebox/value'
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import { errno } from '../home/files.ts'
import { problems } from '../problems.ts'
import { isRecord } from '../terminal/values.ts'

interface Finding {
  readonly keyword: string
  readonly schemaPath: string
  readonly instancePath: string
  readonly params: object
  readonly message: string
}

/**
 * Reads a YAML file and holds it against a schema; defaults are filled in.
 * Throws `config-invalid` with file, line and what is expected there, or `input-unreadable`.
 */
export async function readConfig<S extends TSchema>(file: string, schema: S): Promise<Static<S>> {
  return parseConfig(await readText(file), file, schema)
}

export function parseConfig<S extends TSchema>(text: string, file: string, schema: S): Static<S> {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const broken = document.errors[0]
  if (broken !== undefined) {
    const en = broken.message.replace(/ at line \d+, column \d+:[\s\S]*$/, '')
    throw invalid(file, lines.linePos(broken.pos[0]).line, { th: `YAML อ่านไม่ได้: ${en}`, en })
  }
  const value: unknown = Default(schema, document.toJS() ?? {})
  const findings = Errors(schema, value)
  const finding = mostTelling(findings)
  if (finding === undefined) return value as Static<S>
  const line = lineOf(document, lines, finding.instancePath)
  throw invalid(file, line, wordsOf(finding, findings, describedAt(schema, finding.schemaPath)))
}

/** A file that an operator named. Throws `input-unreadable`. */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const code = errno(error) ?? 'error'
    throw new Problem(problems['input-unreadable'], {
      detail: { th: `เปิด ${file} ไม่ได้ (${code})`, en: `${file} cannot be opened (${code})` },
      cause: error,
    })
  }
}

/** The deepest finding is nearest to what was typed; an alternative's own findings say more than "none fits". */
function mostTelling(findings: readonly Finding[]): Finding | undefined {
  const depth = (finding: Finding) => finding.instancePath.split('/').length
  const told = findings.filter(({ keyword }) => keyword !== 'additionalProperties')
  return ofNearest(told).sort((a, b) => depth(b) - depth(a))[0]
}

/** Without what was found against alternatives that were not meant: the one with the fewest findings was. */
function ofNearest(findings: readonly Finding[]): Finding[] {
  const within = ({ schemaPath }: Finding) => /^.*?\/anyOf\/\d+/.exec(schemaPath)?.[0]
  const counts = new Map<string, number>()
  for (const finding of findings) {
    const one = within(finding)
    if (one !== undefined) counts.set(one, (counts.get(one) ?? 0) + 1)
  }
  const all = (one: string) => one.slice(0, one.lastIndexOf('/'))
  const fewest = (one: string) =>
    Math.min(...[...counts].filter(([other]) => all(other) === all(one)).map(([, count]) => count))
  return findings.filter((finding) => {
    const one = within(finding)
    return one === undefined || counts.get(one) === fewest(one)
  })
}

/** Where one of several words must stand, all of them. */
function allowedAt(findings: readonly Finding[], { instancePath }: Finding): string {
  return findings
    .filter((finding) => finding.keyword === 'const' && finding.instancePath === instancePath)
    .map(({ params }) => String(listedIn(params, 'allowedValue')))
    .join(', ')
}

function listedIn(params: object, name: string): unknown {
  return Object.entries(params).find(([key]) => key === name)?.[1]
}

/** The line on which the named place stands, or on which the nearest thing around it begins. */
function lineOf(document: Document, lines: LineCounter, pointer: string): number {
  const path = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  for (let depth = path.length; depth > 0; depth -= 1) {
    const parent = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true)
    const key = path[depth - 1]
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isScalar(item.key) && String(item.key.value) === key)
      if (pair !== undefined && isNode(pair.key) && pair.key.range)
        return lines.linePos(pair.key.range[0]).line
    }
    const node = document.getIn(path.slice(0, depth), true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
  }
  return 1
}

/** The words of the schema for the place that a finding is of. */
function describedAt(schema: unknown, path: string): string | undefined {
  const names = path.split('/').slice(1)
  const place = names.reduce((at: unknown, name) => (isRecord(at) ? at[name] : undefined), schema)
  return isRecord(place) && typeof place.description === 'string' ? place.description : undefined
}

function wordsOf(finding: Finding, findings: readonly Finding[], described: string | undefined): Text {
  const { keyword, instancePath, params, message } = finding
  const at = instancePath === '' ? 'the file' : instancePath.slice(1).replaceAll('/', '.')
  const listed = (name: string) => {
    const value = listedIn(params, name)
    return Array.isArray(value) ? value.join(', ') : String(value)
  }
  if (keyword === 'boolean') return { th: `ไม่รู้จัก ${at}`, en: `${at} is not known here` }
  if (keyword === 'required') {
    const where = instancePath === '' ? { th: '', en: '' } : { th: ` ใน ${at}`, en: ` in ${at}` }
    const missing = listed('requiredProperties')
    return { th: `ขาด ${missing}${where.th}`, en: `${missing} is missing${where.en}` }
  }
  if (keyword === 'const') {
    const allowed = allowedAt(findings, finding)
    return { th: `${at} ต้องเป็นหนึ่งใน ${allowed}`, en: `${at} must be one of ${allowed}` }
  }
  if (/^(pattern|minProperties|maxProperties)$/.test(keyword) && described !== undefined) {
    return { th: `${at} ไม่ถูกต้อง: ${described}`, en: `${at} is not right; it is ${described}` }
  }
  if (keyword === 'type') {
    return { th: `${at} ต้องเป็น ${listed('type')}`, en: `${at} must be ${listed('type')}` }
  }
  return { th: `${at} ไม่ถูกต้อง: ${message}`, en: `${at} ${message}` }
}

function invalid(file: string, line: number, words: Text): Problem {
  return new Problem(problems['config-invalid'], {
    detail: { th: `${file} บรรทัด ${line}: ${words.th}`, en: `${file} line ${line}: ${words.en}` },
    extensions: { file, line },
  })
}
