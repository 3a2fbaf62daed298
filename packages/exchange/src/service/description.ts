import type { Text } from '@sapan/kernel'
import { checkQuestions, type Question } from '../answers/question.ts'
import { exchangeProblem } from '../problems.ts'
import { asObject, invalid, type JsonObject, Places, textOf } from './openapi.ts'
import { readOperation } from './operation.ts'

/** Where an exchange says whose data it is about (`x-sapan-subject`). */
export type SubjectPointer =
  | { readonly in: 'path' | 'query'; readonly name: string }
  /** A JSON pointer (RFC 6901) in which `*` stands for every item of an array. */
  | { readonly in: 'answer' | 'request'; readonly pointer: string }

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly text: Text | null
}

/** A field of an answer: a dotted path, arrays transparent. */
export interface Field {
  readonly path: string
  readonly text: Text
  /** The core vocabulary's term: `person:givenName`. */
  readonly term: string | null
}

export interface Operation {
  /** operationId. */
  readonly id: string
  /** Upper case. */
  readonly method: string
  /** `/persons/{id}`. */
  readonly template: string
  readonly summary: Text
  readonly parameters: readonly Parameter[]
  readonly queryParameters: readonly string[]
  /** In lower case. */
  readonly headerParameters: readonly string[]
  /** Whether its successful answers are JSON, so that fields can be filtered. */
  readonly jsonAnswer: boolean
  /** Dotted paths of all leaves of its successful answers; `*` where the answer itself is one. */
  readonly fields: readonly string[]
  readonly fieldTexts: readonly Field[]
  readonly subjects: readonly SubjectPointer[]
  /** RFC 9110 §9.2.1. */
  readonly safe: boolean
  /** RFC 9110 §9.2.2. */
  readonly idempotent: boolean
  /** Where it takes messages that wait, and only those (`x-sapan-queue`): whether they are handed on or fetched. */
  readonly queue: 'push' | 'pull' | null
  /** Whether its gateway answers with the events that were published (`x-sapan-topic`). */
  readonly topic: boolean
  /** Where it is answered from another operation's answer, and no data given (`x-sapan-question`). */
  readonly question: Question | null
}

export interface ServiceDescription {
  /** `person`, as `x-sapan-code` says; null where it says nothing and the address alone names the service. */
  readonly code: string | null
  /** `v1`. */
  readonly version: string
  readonly title: Text
  readonly personal: boolean
  readonly operations: readonly Operation[]
  /** Term of the core vocabulary by dotted field path. */
  readonly terms: ReadonlyMap<string, string>
}

export { type MatchedOperation, matchOperation, routeTemplate } from './match.ts'

const methods = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'trace'] as const
const codePattern = /^[a-z][a-z0-9-]{0,40}$/
const versionPattern = /^v?([0-9]{1,4})(?:\.[0-9.]+)?$/

/**
 * Reads an OpenAPI 3.1 document with our extensions: `x-sapan-code` on `info` (the service's code), `x-sapan-text`
 * (Thai and English) on `info`, operations, parameters and fields, `x-sapan-personal` on `info`, `x-sapan-term` on
 * fields and parameters, `x-sapan-subject`, `x-sapan-queue`, `x-sapan-topic` and `x-sapan-question` on operations. Throws Problem `service-description-version`,
 * `service-description-invalid`, `service-text-missing`, `service-subject-missing`, `service-operation-duplicate` or
 * `service-reference-unknown`.
 */
export function readServiceDescription(openapi: unknown): ServiceDescription {
  const document = asObject(openapi, '#')
  if (typeof document.openapi !== 'string' || !/^3\.1\.\d+$/.test(document.openapi)) {
    throw exchangeProblem('service-description-version')
  }
  const info = asObject(document.info, '#/info')
  const read = readOperations(document)
  const operations = read.map(({ operation }) => operation)
  checkQuestions(operations)
  const terms = termsOf(operations)
  const personal = info['x-sapan-personal'] === true || read.some(({ personal }) => personal)
  if (personal) for (const operation of operations) requireSubject(operation)
  return {
    code: code(info),
    version: version(info),
    title: textOf(info, '#/info'),
    personal,
    operations,
    terms,
  }
}

function readOperations(document: JsonObject) {
  const paths = asObject(document.paths, '#/paths')
  const places = new Places()
  const read = Object.entries(paths).flatMap(([template, item]) => {
    const at = `#/paths/${template}`
    const path = asObject(item, at)
    return methods
      .filter((method) => path[method] !== undefined)
      .map((method) => readOperation(document, { template, path, method, at: `${at}/${method}`, places }))
  })
  if (read.length === 0) throw invalid('#/paths')
  const ids = new Set<string>()
  for (const { operation } of read) {
    if (ids.has(operation.id)) throw duplicateOperation(operation.id)
    ids.add(operation.id)
  }
  return read
}

function termsOf(operations: readonly Operation[]): Map<string, string> {
  const terms = new Map<string, string>()
  for (const { fieldTexts } of operations) {
    for (const { path, term } of fieldTexts) if (term !== null) terms.set(path, term)
  }
  return terms
}

function requireSubject({ id, subjects }: Operation): void {
  if (subjects.length > 0) return
  throw exchangeProblem('service-subject-missing', {
    detail: { en: `The operation ${id} has no x-sapan-subject.`, th: `การทำงาน ${id} ไม่มี x-sapan-subject` },
  })
}

function duplicateOperation(id: string) {
  return exchangeProblem('service-operation-duplicate', {
    detail: { en: `${id} is there twice.`, th: `มี ${id} สองครั้ง` },
  })
}

function code(info: JsonObject): string | null {
  const value = info['x-sapan-code']
  if (value === undefined) return null
  if (typeof value !== 'string' || !codePattern.test(value)) throw invalid('#/info/x-sapan-code')
  return value
}

/** `v1` from `v1`, `1` or `1.2.0`: consumers see the part that changes when they must. */
function version(info: JsonObject): string {
  const match = typeof info.version === 'string' ? versionPattern.exec(info.version) : null
  if (!match) throw invalid('#/info/version')
  return `v${match[1]}`
}
