import { isUtf8 } from 'node:buffer'
import { open, readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Problem } from '@sapan/kernel'
import { stringify } from 'yaml'
import type { KnownTerm } from './likely-term.ts'
import type { CsvFormat, MappedField, Mapping } from './mapping/mapping.ts'
import { openSource, type SourceOptions } from './open-source.ts'
import { connectProblems } from './problems.ts'
import { proposedField } from './proposed-field.ts'
import { proposeRemote } from './remote/propose-remote.ts'
import type { Look } from './source.ts'

/**
 * The text of a mapping file to start from: every column a field, with its type and term by what is in it and how it is
 * called. What only a person can know is left to them: texts in both languages, and which columns are nobody's business.
 * `from` is the path of a CSV or XLSX file (`boats.xlsx#SHEET:ROW OF HEADINGS`) or of a folder of them, `rest:DESCRIPTION#OPERATION`, `soap:WSDL#OPERATION`, or `postgresql:TABLE`, `mysql:TABLE`, `sqlserver:TABLE`, `oracle:TABLE`. Throws as `openSource`.
 */
export async function proposeMapping(
  from: string,
  options: SourceOptions,
  terms: readonly KnownTerm[],
): Promise<string> {
  const code = codeOf(from)
  const remote = await proposeRemote(from, options.folder, terms)
  if (remote !== undefined)
    return stringify({ code, version: 'v1', text: { th: code, en: code }, ...remote }, { lineWidth: 0 })
  const source = await sourceOf(from, options.folder)
  const blank: Mapping = { code, version: 'v1', text: { th: code, en: code }, source, fields: [] }
  const { columns } = await lookAt(blank, options)
  const plain = columns
    .map((column, at) => ({ name: `column${at + 1}`, column, text: { th: column, en: column } }))
    .filter(({ column }) => column !== '')
  const { sample } = await lookAt({ ...blank, fields: plain }, options)
  const taken = new Set<string>()
  const fields = plain.map((field) =>
    proposedField(
      field,
      sample.map((row) => row[field.name] ?? ''),
      terms,
      taken,
    ),
  )
  return stringify({ ...blank, fields: searched(fields) }, { lineWidth: 0 })
}

async function lookAt(mapping: Mapping, options: SourceOptions): Promise<Look> {
  const source = await openSource(mapping, options)
  return await source.look().finally(() => source.close())
}

async function sourceOf(from: string, folder: string): Promise<Mapping['source']> {
  const [, database, table = ''] = /^(postgresql|mysql|sqlserver|oracle):(.*)$/s.exec(from) ?? []
  if (database !== undefined) return { [database]: table } as Mapping['source']
  const path = resolve(folder, from)
  const workbook = WORKBOOK.exec(from)?.groups
  if (workbook !== undefined) return sheetOf(workbook)
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
  if (!isFolder) return { csv: from, ...(await formatOf(path)) }
  const first = (await readdir(path)).sort().find((name) => /^[^.].*\.csv$/i.test(name))
  return { folder: from, ...(first === undefined ? {} : await formatOf(join(path, first))) }
}

/** `boats.xlsx`, `boats.xlsx#ทะเบียน`, or `boats.xlsx#ทะเบียน:3` where its third row names the columns. */
const WORKBOOK = /^(?<xlsx>.*\.xlsx)(#(?<sheet>.+?)(:(?<headings>[1-9][0-9]{0,2}))?)?$/i

function sheetOf({
  xlsx = '',
  sheet,
  headings,
}: Readonly<Record<string, string | undefined>>): Mapping['source'] {
  return {
    xlsx,
    ...(sheet === undefined ? {} : { sheet }),
    ...(headings === undefined ? {} : { headings: Number(headings) }),
  }
}

const HEAD = 1024 * 1024

/** How a file seems to be written, by its first lines. */
async function formatOf(path: string): Promise<CsvFormat> {
  const file = await open(path).catch((cause: unknown) => {
    const detail = { th: `อ่านแฟ้มไม่ได้: ${path}`, en: `the file cannot be read: ${path}` }
    throw new Problem(connectProblems['connector-source-unusable'], { detail, cause })
  })
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0).finally(() => file.close())
  const head = buffer.subarray(0, bytesRead)
  const whole = bytesRead < HEAD ? head : head.subarray(0, head.lastIndexOf(0x0a) + 1)
  const first = head.toString('latin1').split('\n', 1)[0] ?? ''
  const count = (letter: string) => first.split(letter).length
  const separator = ([';', '\t', '|'] as const).find((one) => count(one) > count(','))
  return {
    ...(isUtf8(whole) ? {} : { encoding: 'windows-874' as const }),
    ...(separator === undefined ? {} : { separator }),
  }
}

/** `boats` of `harbour.boats`, of `data/boats.csv` and of `data/boats/`. */
function codeOf(from: string): string {
  const name = from
    .replace(/#.*$/, '')
    .replace(/[/\\]+$/, '')
    .replace(/^.*[:/\\]/, '')
    .replace(/\.(csv|xlsx|json|ya?ml|wsdl)$/i, '')
    .replace(/^.*\./, '')
  const code = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '')
  return code === '' ? 'records' : code.slice(0, 41)
}

/** One search to begin with: by the number of the person, else by the first column in which no value stands twice. */
function searched(fields: readonly MappedField[]): readonly MappedField[] {
  const first = fields.find(({ subject }) => subject) ?? fields.find(({ search }) => search) ?? fields[0]
  return fields.map(({ search: _, ...field }) =>
    field.name === first?.name ? { ...field, search: true } : field,
  )
}
