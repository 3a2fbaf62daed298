import { Problem, type Text } from '@sapan/kernel'
import { cellValue, wrongType } from '../cell-value.ts'
import type { MappedField, RemoteSearch } from '../mapping/mapping.ts'
import { answerUnusable, connectProblems, sourceUnusable } from '../problems.ts'
import { type Look, type Row, SAMPLE, type Source } from '../source.ts'
import { rowsAt, valueAt } from './answer-path.ts'
import {
  type Answer,
  JsonNumber,
  type RemoteOperation,
  type RemoteService,
  type RemoteValue,
} from './remote-service.ts'

/** The column of a field that is answered as it was asked for: the service does not repeat it. */
export const AS_ASKED = '?'

type Searches = Readonly<Record<string, RemoteSearch>>

/** Operations of a service as a source: asked anew for every answer, so that nothing of it is kept. */
export class RemoteSource implements Source {
  readonly #service: RemoteService
  readonly #searches: Searches
  readonly #fields: readonly MappedField[]

  /** Throws `connector-source-unusable` where the mapping names what the service's description does not have. */
  constructor(service: RemoteService, searches: Searches, fields: readonly MappedField[]) {
    this.#service = service
    this.#searches = searches
    this.#fields = fields
    for (const search of Object.values(searches)) this.#check(search)
  }

  async find({ name }: MappedField, value: string, limit: number): Promise<readonly Row[]> {
    const search = this.#searchOf(name)
    if (search === undefined) return []
    const operation = this.#operationOf(search)
    if (operation.parameters.get(search.parameter)?.takes(value) !== true)
      throw new Problem(connectProblems['connector-request-invalid'], { detail: notTaken })
    const asked = new Map([...Object.entries(search.with ?? {}), [search.parameter, value]])
    const answer = await operation.call(asked)
    if (answer === undefined) return []
    const rows = rowsAt(answer, search.rows ?? '').slice(0, limit)
    return rows.map((row) => this.#rowOf(row, search, { name, value }))
  }

  /** What is there without a value to ask for is only what the description says, and its own examples. */
  async look(): Promise<Look> {
    const examples = this.#fields.flatMap((field) => {
      const search = this.#searchOf(field.name)
      if (search === undefined) return []
      const example = this.#operationOf(search).parameters.get(search.parameter)?.example
      return example === undefined ? [] : [{ field, example }]
    })
    const sample: Row[] = []
    for (const { field, example } of examples) sample.push(...(await this.find(field, example, SAMPLE)))
    const columns = Object.values(this.#searches).flatMap((search) =>
      this.#columnsOf(search).map(({ path }) => path),
    )
    return {
      columns: [...new Set(columns)],
      sample: sample.slice(0, SAMPLE),
      unindexed: [],
      ...(examples.length === 0 ? { untried: true as const } : {}),
    }
  }

  async refresh(): Promise<void> {}

  async close(): Promise<void> {}

  #check(search: RemoteSearch): void {
    const { parameters } = this.#operationOf(search)
    const given = [search.parameter, ...Object.keys(search.with ?? {})]
    for (const name of given)
      if (!parameters.has(name)) throw sourceUnusable(noParameter(search.operation, name))
    for (const [name, { required }] of parameters)
      if (required && !given.includes(name)) throw sourceUnusable(needsParameter(search.operation, name))
    for (const [name, value] of Object.entries(search.with ?? {}))
      if (parameters.get(name)?.takes(value) !== true)
        throw sourceUnusable(wrongConstant(search.operation, name))
    const columns = new Set([AS_ASKED, ...this.#columnsOf(search).map(({ path }) => path)])
    for (const { column } of this.#fields)
      if (!columns.has(column)) throw sourceUnusable(noColumn(search.operation, column))
  }

  /** A field may be called as what every object has, such as `constructor`. */
  #searchOf(name: string): RemoteSearch | undefined {
    return Object.hasOwn(this.#searches, name) ? this.#searches[name] : undefined
  }

  #operationOf({ operation }: RemoteSearch): RemoteOperation {
    const found = this.#service.operations.get(operation)
    if (found !== undefined) return found
    const names = [...this.#service.operations.keys()].join(', ')
    throw sourceUnusable({
      th: `บริการไม่มีการทำงาน “${operation}” มี ${names}`,
      en: `the service has no operation “${operation}”; it has ${names}`,
    })
  }

  /** The values of a row, by their paths within it. */
  #columnsOf(search: RemoteSearch): readonly RemoteValue[] {
    const before = search.rows === undefined || search.rows === '' ? '' : `${search.rows}/`
    return this.#operationOf(search)
      .values.filter(({ path }) => path.startsWith(before))
      .map((value) => ({ ...value, path: value.path.slice(before.length) }))
  }

  #rowOf(
    answer: Answer,
    search: RemoteSearch,
    asked: { readonly name: string; readonly value: string },
  ): Row {
    const types = new Map(this.#columnsOf(search).map(({ path, type }) => [path, type]))
    const row: Record<string, string | number> = {}
    for (const field of this.#fields) {
      const { name, column } = field
      if (column === AS_ASKED && name !== asked.name) continue
      const text =
        column === AS_ASKED ? asked.value : textOf(valueAt(answer, column), types.get(column), column)
      const value = cellValue(field, text)
      if (value === undefined) throw answerUnusable(wrongType(field))
      if (value !== '') row[name] = value
    }
    return row
  }
}

/** A value's text. Throws `connector-answer-unusable` where it is not of the type that the description says. */
function textOf(value: ReturnType<typeof valueAt>, type: RemoteValue['type'], column: string): string {
  if (value === undefined) return ''
  const text = value instanceof JsonNumber ? value.written : String(value)
  const is = value instanceof JsonNumber ? 'number' : typeof value
  const isWhole = type !== 'integer' || /^-?[0-9]+$/.test(text)
  if (type !== undefined && ((type === 'integer' ? 'number' : type) !== is || !isWhole))
    throw answerUnusable({
      th: `“${column}” ไม่ใช่ ${type} ตามคำอธิบายของบริการ`,
      en: `“${column}” is not ${type}, as the service's description says`,
    })
  return text
}

const notTaken = {
  th: 'คำอธิบายของบริการไม่รับค่านี้',
  en: "the service's description does not allow this value",
}

function noParameter(operation: string, name: string): Text {
  return { th: `“${operation}” ไม่มีพารามิเตอร์ “${name}”`, en: `“${operation}” has no parameter “${name}”` }
}

function needsParameter(operation: string, name: string): Text {
  return {
    th: `“${operation}” ต้องมี “${name}” ใส่ค่าใน with`,
    en: `“${operation}” needs “${name}”: say it in with`,
  }
}

function wrongConstant(operation: string, name: string): Text {
  return {
    th: `“${operation}” ไม่รับค่าของ “${name}”`,
    en: `“${operation}” does not take that value of “${name}”`,
  }
}

function noColumn(operation: string, column: string): Text {
  return {
    th: `คำตอบของ “${operation}” ไม่มี “${column}” ตามคำอธิบายของบริการ`,
    en: `an answer of “${operation}” has no “${column}”, by the service's description`,
  }
}
