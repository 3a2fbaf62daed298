import { resolve } from 'node:path'
import type { KnownTerm } from '../likely-term.ts'
import type { MappedField, Mapping, RemoteSearch } from '../mapping/mapping.ts'
import { sourceUnusable } from '../problems.ts'
import { proposedField } from '../proposed-field.ts'
import { restIn } from '../rest/rest-in.ts'
import { soapIn } from '../soap/soap-in.ts'
import { namesIn } from './answer-path.ts'
import type { RemoteOperation, RemoteService, RemoteValue } from './remote-service.ts'
import { AS_ASKED } from './remote-source.ts'

/** `rest:boats.yaml#findBoats`, `soap:boats.wsdl#FindBoats`. */
const REMOTE = /^(?<kind>rest|soap):(?<path>[^#]+)(#(?<operation>.+))?$/

/** Source and fields of an operation by what a service's description says; undefined where `from` names no service. */
export async function proposeRemote(
  from: string,
  folder: string,
  terms: readonly KnownTerm[],
): Promise<Pick<Mapping, 'source' | 'fields'> | undefined> {
  const { kind, path, operation } = REMOTE.exec(from)?.groups ?? {}
  if (path === undefined) return undefined
  const isSoap = kind === 'soap'
  const service = await (isSoap ? soapIn : restIn)(resolve(folder, path))
  const [called, described] = operationIn(service, operation)
  const parameter =
    [...described.parameters].find(([, { required }]) => required) ?? [...described.parameters][0]
  if (parameter === undefined) throw sourceUnusable(noParameter(called))
  const inList = described.values.find(({ list }) => list !== undefined)?.list
  const rows = inList ?? (isSoap ? wrapperOf(described.values) : '')
  const fields = fieldsOf(described.values, rows, parameter[0], terms)
  const searched = fields.find(({ search }) => search)?.name ?? ''
  const search: RemoteSearch = {
    operation: called,
    parameter: parameter[0],
    ...(rows === '' ? {} : { rows }),
  }
  const searches = { [searched]: search }
  return { source: isSoap ? { soap: path, searches } : { rest: path, searches }, fields: [...fields] }
}

function operationIn({ operations }: RemoteService, wanted: string | undefined): [string, RemoteOperation] {
  const all = [...operations]
  const found = wanted === undefined && all.length === 1 ? all[0] : all.find(([name]) => name === wanted)
  if (found !== undefined) return found
  const names = all.map(([name]) => name).join(', ')
  throw sourceUnusable({
    th: `บอกการทำงานหนึ่งอย่างต่อท้ายด้วย #: ${names}`,
    en: `name one operation after a #: ${names}`,
  })
}

/** The one element that holds the whole answer, as answers of SOAP have it: where it is not there, there is no row. */
function wrapperOf(values: readonly RemoteValue[]): string {
  const firsts = new Set(values.map(({ path }) => path.slice(0, Math.max(0, path.indexOf('/')))))
  const [first = ''] = firsts
  return firsts.size === 1 ? first : ''
}

function fieldsOf(
  values: readonly RemoteValue[],
  rows: string,
  parameter: string,
  terms: readonly KnownTerm[],
): readonly MappedField[] {
  const before = rows === '' ? '' : `${rows}/`
  const inRow = values.filter(
    ({ path, list }) => path.startsWith(before) && (list === undefined || list === rows),
  )
  const taken = new Set<string>()
  const fields = inRow.map(({ path, type }, at) => {
    const column = path.slice(before.length)
    const field = fieldNamed(`column${at + 1}`, column, terms, taken)
    return field.term === undefined && (type === 'integer' || type === 'number') ? { ...field, type } : field
  })
  const same = fields.find(({ column }) => namesIn(column).at(-1) === parameter)
  if (same !== undefined) return fields.map((field) => (field === same ? { ...field, search: true } : field))
  return [...fields, { ...fieldNamed('asked', parameter, terms, taken), column: AS_ASKED, search: true }]
}

/** What it is about is said by the last of the names on its path. */
function fieldNamed(
  name: string,
  path: string,
  terms: readonly KnownTerm[],
  taken: Set<string>,
): MappedField {
  const column = namesIn(path).at(-1) ?? path
  const { search: _, ...field } = proposedField(
    { name, column, text: { th: column, en: column } },
    [],
    terms,
    taken,
  )
  return { ...field, column: path }
}

function noParameter(operation: string) {
  return {
    th: `“${operation}” ไม่มีพารามิเตอร์ที่จะใช้ค้น`,
    en: `“${operation}” has no parameter to search by`,
  }
}
