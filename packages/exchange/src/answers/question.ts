import { type CompiledExpression, compiler, ExpressionFault } from '@sapan/cel'
import { compileFields, type FieldSet } from '../fields/field-set.ts'
import type { Rate } from '../grant/rate.ts'
import type { Operation } from '../service/description.ts'
import { asArray, asObject, invalid, isObject, type JsonObject, resolve } from '../service/openapi.ts'

export type AskedType = 'integer' | 'boolean' | 'string' | 'date'

/** What a derived answer may be: yes or no, a whole number, or one of some words. */
export type AnswerType = 'boolean' | 'integer' | readonly string[]

/** An operation that is answered from another's answer, by an expression (`x-sapan-question`). */
export interface Question {
  /** The operation whose answer is read: operationId. */
  readonly of: string
  readonly expression: CompiledExpression
  /** What of that answer the expression reads; the rest is not even parsed. */
  readonly read: FieldSet
  /** What the caller gives in the query, by name. */
  readonly asked: ReadonlyMap<string, AskedType>
  readonly answer: AnswerType
  /** How often one consumer may ask it about one person. */
  readonly perPerson: Rate
}

const compile = compiler({
  // A pattern is the one thing of a caller's that could take for ever.
  callables: { matches: {} },
  neverWhole: new Set(['record', 'ask']),
})
const ofRecord = 'record.'
const members = ['of', 'expression', 'perPerson']
/** What a question's answer consists of, each a field that a grant names. */
export const answerMembers = ['answer', 'reason', 'expression'] as const
const oftenEnough: Rate = { calls: 10, seconds: 86_400 }

/** Reads an operation's `x-sapan-question`; null where it has none. Throws Problem `service-description-invalid`. */
export function readQuestion(document: JsonObject, part: JsonObject, at: string): Question | null {
  const given = part['x-sapan-question']
  if (given === undefined) return null
  const place = `${at}/x-sapan-question`
  const question = asObject(given, place)
  for (const name of Object.keys(question)) if (!members.includes(name)) throw invalid(`${place}/${name}`)
  const { of, expression: source, perPerson } = question
  if (typeof of !== 'string') throw invalid(`${place}/of`)
  if (typeof source !== 'string') throw invalid(`${place}/expression`)
  const expression = compiled(source, `${place}/expression`)
  const paths = expression.reads.filter((path) => path.startsWith(ofRecord))
  if (paths.length === 0)
    throw invalid(`${place}/expression`, 'reads nothing of the record', 'ไม่ได้อ่านข้อมูลใดของทะเบียน')
  return {
    of,
    expression,
    read: compileFields(paths.map((path) => path.slice(ofRecord.length))),
    asked: askedTypes(document, part, at),
    answer: answerType(document, part, at),
    perPerson: perPerson === undefined ? oftenEnough : rate(perPerson, `${place}/perPerson`),
  }
}

function compiled(source: string, at: string): CompiledExpression {
  try {
    return compile(source, { roots: ['record', 'ask', 'today'] })
  } catch (error) {
    if (!(error instanceof ExpressionFault)) throw error
    const { reason, offset } = error
    throw invalid(at, `(${offset}): ${reason.en}`, `(${offset}): ${reason.th}`)
  }
}

function rate(given: unknown, at: string): Rate {
  const { calls, seconds } = asObject(given, at)
  return { calls: count(calls, `${at}/calls`), seconds: count(seconds, `${at}/seconds`) }
}

function count(value: unknown, at: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= 100_000_000) return value
  throw invalid(at)
}

function askedTypes(document: JsonObject, part: JsonObject, at: string): Map<string, AskedType> {
  const types = new Map<string, AskedType>()
  if (part.parameters === undefined) return types
  for (const one of asArray(part.parameters, `${at}/parameters`)) {
    const parameter = resolve(document, one, `${at}/parameters`)
    if (parameter.in !== 'query') continue
    const place = `${at}/parameters/${String(parameter.name)}`
    if (parameter['x-sapan-text'] === undefined)
      throw invalid(place, 'has no x-sapan-text', 'ไม่มี x-sapan-text')
    types.set(
      String(parameter.name),
      askedType(resolve(document, parameter.schema, `${place}/schema`), place),
    )
  }
  return types
}

function askedType({ type, format }: JsonObject, at: string): AskedType {
  if (type === 'integer' || type === 'boolean') return type
  if (type === 'string') return format === 'date' ? 'date' : 'string'
  throw invalid(`${at}/schema`, 'has a type that no question takes', 'มีชนิดที่คำถามไม่รับ')
}

function answerType(document: JsonObject, part: JsonObject, at: string): AnswerType {
  const place = `${at}/responses/200`
  const responses = asObject(part.responses, `${at}/responses`)
  const { content } = resolve(document, responses['200'], place)
  const media = asObject(asObject(content, place)['application/json'], place)
  const { properties } = resolve(document, media.schema, place)
  const described = isObject(properties) ? properties : {}
  if (Object.keys(described).sort().join() !== [...answerMembers].sort().join())
    throw invalid(place, 'must have answer, reason and expression', 'ต้องมี answer, reason และ expression')
  const answer = resolve(document, described.answer, `${place}/answer`)
  const type = [answer.type].flat().filter((one) => one !== 'null')
  if (type.length === 1 && type[0] === 'boolean') return 'boolean'
  if (type.length === 1 && type[0] === 'integer') return 'integer'
  const words = Array.isArray(answer.enum) ? answer.enum.filter((one) => one !== null) : []
  if (words.length > 0 && words.length <= 20 && words.every((one) => typeof one === 'string')) return words
  throw invalid(`${place}/answer`, 'is no boolean, integer or enumeration', 'ไม่ใช่ boolean, integer หรือ enum')
}

/** Holds the questions of a description against the operations that they are about. Throws Problem `service-description-invalid`. */
export function checkQuestions(operations: readonly Operation[]): void {
  for (const operation of operations) {
    const { question } = operation
    if (question === null) continue
    const source = operations.find(({ id }) => id === question.of)
    const at = `${operation.id}/x-sapan-question`
    if (source === undefined) throw invalid(`${at}/of`)
    checkSource(source, `${at}/of`)
    checkAddress(operation, source, at)
    checkReads(question, source, `${at}/expression`)
  }
}

function checkSource({ method, jsonAnswer, question, topic, parameters }: Operation, at: string): void {
  const isRecord = method === 'GET' && jsonAnswer && question === null && !topic
  if (!isRecord || parameters.some((one) => one.in !== 'path' && one.required))
    throw invalid(
      at,
      'is not read by GET from its path alone, in JSON',
      'ต้องเป็น GET ที่อ่านจากเส้นทางอย่างเดียวและตอบ JSON',
    )
}

/** A question is asked as its source is, so that both are about the same person. */
function checkAddress({ method, topic, template, subjects }: Operation, source: Operation, at: string): void {
  if (method !== 'GET' || topic) throw invalid(at, 'is for GET only', 'ใช้ได้กับ GET เท่านั้น')
  const names = (path: string) => [...path.matchAll(/\{([^}]*)\}/g)].map((one) => one[1] ?? '').sort()
  if (names(template).join() !== names(source.template).join())
    throw invalid(at, 'has other path parameters than its source', 'มีพารามิเตอร์ในเส้นทางไม่ตรงกับต้นทาง')
  if (subjects.some((one) => one.in !== 'path'))
    throw invalid(at, 'names its subject elsewhere than in the path', 'ระบุเจ้าของข้อมูลนอกเส้นทาง')
  const named = new Set(subjects.map((one) => ('name' in one ? one.name : '')))
  if (source.subjects.some((one) => one.in === 'path' && !named.has(one.name)))
    throw invalid(at, 'does not name the subject that its source names', 'ไม่ได้ระบุเจ้าของข้อมูลที่ต้นทางระบุ')
}

function checkReads({ expression, read, asked }: Question, source: Operation, at: string): void {
  const isField = (path: string) =>
    source.fields.some((field) => field === path || field.startsWith(`${path}.`))
  const unknown = read.paths.find((path) => !isField(path))
  if (unknown !== undefined)
    throw invalid(at, `reads ${unknown}, which is not described`, `อ่าน ${unknown} ซึ่งไม่มีในคำอธิบาย`)
  const given = expression.reads.filter((path) => path.startsWith('ask.')).map((path) => path.slice(4))
  const missing = given.find((name) => !asked.has(name))
  if (missing !== undefined)
    throw invalid(at, `reads ask.${missing}, which nobody gives`, `อ่าน ask.${missing} ซึ่งไม่มีในคำถาม`)
}
