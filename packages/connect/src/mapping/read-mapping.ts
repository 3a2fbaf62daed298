import type { Text } from '@sapan/kernel'
import { Value } from 'typebox/value'
import { isNode, LineCounter, parseDocument, visit } from 'yaml'
import { tooDeep } from '../too-deep.ts'
import {
  isPersonal,
  type Mapping,
  MappingSchema,
  mappingSchema,
  pathOfSearch,
  sourceSchemas,
} from './mapping.ts'

/** One thing to mend in a mapping file. */
export interface MappingFinding {
  readonly line: number
  readonly reason: Text
}

export interface ReadMapping {
  /** Absent where there are findings. */
  readonly mapping?: Mapping
  readonly findings: readonly MappingFinding[]
}

const LARGEST = 256 * 1024
const DEEPEST = 60

/** A mapping file as its schema says, or what is wrong with it and where. Never throws for what stands in the text. */
export function readMapping(text: string): ReadMapping {
  if (text.length > LARGEST || tooDeep(text, DEEPEST))
    return only(1, { th: 'แฟ้มใหญ่หรือซ้อนลึกเกินไป', en: 'The file is too large, or nested too deep.' })
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, schema: 'core', prettyErrors: false })
  const [fault] = [...document.errors, ...document.warnings]
  if (fault !== undefined)
    return only(lines.linePos(fault.pos[0]).line, {
      th: `อ่านเป็น YAML ไม่ได้ (${fault.code}) ดูการย่อหน้า วงเล็บ และเครื่องหมายคำพูด`,
      en: `This is not YAML: ${fault.message}`,
    })
  const aliases: number[] = []
  visit(document, {
    Alias(_, node) {
      aliases.push(node.range?.[0] ?? 0)
    },
  })
  const [alias] = aliases
  if (alias !== undefined)
    return only(lines.linePos(alias).line, {
      th: 'ใช้การอ้างอิง (*) ไม่ได้ เขียนค่าออกมา',
      en: 'References (*) are not taken: write the value out.',
    })
  const lineAt = (path: readonly (string | number)[]): number => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true)
      if (isNode(node)) return lines.linePos(node.range?.[0] ?? 0).line
    }
    return 1
  }
  const value: unknown = document.toJS()
  if (!Value.Check(MappingSchema, value)) return { findings: faultsOfShape(value, lineAt) }
  const findings = faultsOfSense(value, lineAt)
  return findings.length > 0 ? { findings } : { mapping: value, findings }
}

function only(line: number, reason: Text): ReadMapping {
  return { findings: [{ line, reason }] }
}

type LineAt = (path: readonly (string | number)[]) => number

function faultsOfShape(value: unknown, lineAt: LineAt): readonly MappingFinding[] {
  const kind = kindOf(value)
  if (kind === undefined) return [{ line: lineAt(['source']), reason: noSource }]
  return Value.Errors(mappingSchema(sourceSchemas[kind]), value)
    .filter(({ keyword }) => keyword !== 'boolean')
    .map((error) => {
      const path = error.instancePath.split('/').slice(1)
      const place = path.join('.') || '–'
      return {
        line: lineAt(path.map((part) => (/^\d+$/.test(part) ? Number(part) : part))),
        reason: { th: `${place}: ไม่ตรงตามที่กำหนด (${error.message})`, en: `${place}: ${error.message}` },
      }
    })
}

const kinds = ['csv', 'xlsx', 'folder', 'rest', 'soap', 'postgresql', 'mysql', 'sqlserver', 'oracle'] as const

/** What a faulty mapping reads from, so that its faults are told by what that kind may say. */
function kindOf(value: unknown): (typeof kinds)[number] | undefined {
  if (typeof value !== 'object' || value === null) return 'csv'
  const source = 'source' in value ? value.source : undefined
  if (typeof source !== 'object' || source === null) return undefined
  return kinds.find((kind) => kind in source)
}

const noSource = {
  th: `source: ต้องบอกแหล่งข้อมูลหนึ่งอย่าง (${kinds.join(', ')})`,
  en: `source: name one source (${kinds.join(', ')})`,
}

function faultsOfSense({ fields, source }: Mapping, lineAt: LineAt): readonly MappingFinding[] {
  const findings: MappingFinding[] = []
  const note = (path: readonly (string | number)[], th: string, en: string) =>
    findings.push({ line: lineAt(path), reason: { th, en } })
  const seen = new Set<string>()
  for (const [at, field] of fields.entries()) {
    for (const name of [field.name, pathOfSearch(field)]) {
      if (seen.has(name)) note(['fields', at], `“${field.name}” ซ้ำ`, `“${field.name}” stands twice.`)
      seen.add(name)
    }
  }
  if ('searches' in source)
    for (const name of unpaired(source.searches, fields))
      note(
        ['source', 'searches'],
        `searches กับรายการที่มี search: true ไม่ตรงกัน: ${name}`,
        `Searches and the fields with search: true differ: ${name}.`,
      )
  if (!fields.some(({ search }) => search))
    note(['fields'], 'ต้องมีรายการที่ใช้ค้น (search: true)', 'One field must be searched by (search: true).')
  if (fields.some(isPersonal) && !fields.some(({ subject }) => subject))
    note(
      ['fields'],
      'มีข้อมูลส่วนบุคคล ต้องบอกว่ารายการใดคือเลขประจำตัวของเจ้าของข้อมูล (subject: true)',
      'There is personal data: say which field is the number of the person (subject: true).',
    )
  return findings
}

/** Each searched field has its search, and each search its field. */
function unpaired(searches: object, fields: Mapping['fields']): readonly string[] {
  const searched = fields.filter(({ search }) => search).map(({ name }) => name)
  const named = Object.keys(searches)
  return [
    ...searched.filter((name) => !named.includes(name)),
    ...named.filter((name) => !searched.includes(name)),
  ]
}
