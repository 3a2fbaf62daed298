import { readQuestion } from '../answers/question.ts'
import type { Field, Operation, Parameter, SubjectPointer } from './description.ts'
import { parameterNames } from './match.ts'
import {
  asArray,
  asObject,
  invalid,
  isObject,
  isPersonalTerm,
  type JsonObject,
  type Places,
  resolve,
  termOf,
  textOf,
} from './openapi.ts'
import { fieldsOf } from './schema.ts'

interface Place {
  readonly template: string
  readonly path: JsonObject
  readonly method: string
  /** In the document, for messages. */
  readonly at: string
  readonly places: Places
}

interface ReadOperation {
  readonly operation: Operation
  /** A field or parameter is mapped to a term about natural persons. */
  readonly personal: boolean
}

interface ReadParameter extends Parameter {
  readonly term: string | null
}

const safe = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE'])
const idempotent = new Set([...safe, 'PUT', 'DELETE'])
const idPattern = /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/

export function readOperation(document: JsonObject, place: Place): ReadOperation {
  const { template, path, at, places } = place
  const part = asObject(path[place.method], at)
  const id = part.operationId
  if (typeof id !== 'string' || !idPattern.test(id)) throw invalid(`${at}/operationId`)
  const parameters = readParameters(document, path, part, at)
  const described = new Set(parameters.filter((one) => one.in === 'path').map((one) => one.name))
  for (const name of parameterNames(template, at))
    if (!described.has(name)) throw invalid(`${at}/parameters/${name}`)
  const answers = jsonSchemas(document, part, at)
  const fieldTexts = uniqueFields(
    answers.schemas.flatMap((schema) => fieldsOf(document, schema, `${at}/responses`, places)),
  )
  const method = place.method.toUpperCase()
  const operation: Operation = {
    id,
    method,
    template,
    summary: textOf(part, at),
    parameters: parameters.map(({ term: _, ...parameter }) => parameter),
    queryParameters: parameters.filter((one) => one.in === 'query').map((one) => one.name),
    headerParameters: parameters.filter((one) => one.in === 'header').map((one) => one.name.toLowerCase()),
    jsonAnswer: answers.onlyJson,
    fields: fieldTexts.map((field) => field.path),
    fieldTexts,
    subjects: readSubjects(part, parameters, at),
    safe: safe.has(method),
    idempotent: idempotent.has(method),
    queue: readQueue(part, { method, template, parameters, at }),
    question: readQuestion(document, part, at),
    topic: readTopic(part, { method, parameters, fields: fieldTexts, at }),
  }
  return { operation, personal: [...fieldTexts, ...parameters].some(({ term }) => isPersonalTerm(term)) }
}

/** A queue has one address: what is sent to it stands in the body, where it is sealed while it waits. */
function readQueue(
  part: JsonObject,
  place: { method: string; template: string; parameters: readonly Parameter[]; at: string },
): Operation['queue'] {
  const given = part['x-sapan-queue']
  if (given === undefined || given === false) return null
  const at = `${place.at}/x-sapan-queue`
  const queue = given === true ? 'push' : given
  if (queue !== 'push' && queue !== 'pull') throw invalid(at)
  if (place.method !== 'POST') throw invalid(at, 'is for POST only', 'ใช้ได้กับ POST เท่านั้น')
  if (place.template.includes('{') || place.parameters.some((one) => one.in !== 'header')) {
    throw invalid(at, 'has parameters in its address', 'มีพารามิเตอร์ในที่อยู่')
  }
  return queue
}

/** A topic is asked from a place on, and answers with what its gateway puts around each event. */
function readTopic(
  part: JsonObject,
  place: { method: string; parameters: readonly Parameter[]; fields: readonly Field[]; at: string },
): boolean {
  const given = part['x-sapan-topic']
  if (given === undefined || given === false) return false
  const at = `${place.at}/x-sapan-topic`
  if (given !== true) throw invalid(at)
  if (place.method !== 'GET') throw invalid(at, 'is for GET only', 'ใช้ได้กับ GET เท่านั้น')
  const named = place.parameters.filter((one) => one.in !== 'header').map((one) => `${one.in} ${one.name}`)
  if (named.sort().join() !== 'query after,query limit') {
    throw invalid(
      at,
      'needs the query parameters after and limit, and no others',
      'ต้องมีพารามิเตอร์ after และ limit เท่านั้น',
    )
  }
  const described = new Set(place.fields.map(({ path }) => path))
  for (const path of ['next', 'events.number', 'events.message', 'events.at']) {
    if (!described.has(path))
      throw invalid(at, `answers with ${path}, which is not described`, `ตอบ ${path} แต่ไม่มีในคำอธิบาย`)
  }
  return true
}

function uniqueFields(fields: readonly Field[]): Field[] {
  return [...new Map(fields.map((field) => [field.path, field])).values()]
}

function readParameters(
  document: JsonObject,
  path: JsonObject,
  part: JsonObject,
  at: string,
): ReadParameter[] {
  const read = new Map<string, ReadParameter>()
  for (const list of [path.parameters, part.parameters]) {
    if (list === undefined) continue
    for (const one of asArray(list, `${at}/parameters`)) {
      const parameter = readParameter(resolve(document, one, `${at}/parameters`), at)
      if (parameter) read.set(`${parameter.in} ${parameter.name}`, parameter)
    }
  }
  return [...read.values()]
}

function readParameter(part: JsonObject, at: string): ReadParameter | null {
  const { name } = part
  if (typeof name !== 'string' || name === '') throw invalid(`${at}/parameters`)
  const place = `${at}/parameters/${name}`
  const schema = isObject(part.schema) ? part.schema : {}
  const text = part['x-sapan-text'] === undefined ? null : textOf(part, place)
  const read = { name, required: part.required === true, text, term: termOf(part) ?? termOf(schema) }
  switch (part.in) {
    case 'path':
    case 'query':
    case 'header':
      return { ...read, in: part.in }
    case 'cookie':
      throw invalid(place, 'is a cookie, which is never passed on', 'เป็นคุกกี้ซึ่งไม่ส่งต่อ')
    default:
      throw invalid(place)
  }
}

interface JsonAnswers {
  readonly schemas: readonly unknown[]
  readonly onlyJson: boolean
}

/** The schemas of the successful answers that are JSON. */
function jsonSchemas(document: JsonObject, operation: JsonObject, at: string): JsonAnswers {
  const responses = asObject(operation.responses, `${at}/responses`)
  const schemas: unknown[] = []
  let onlyJson = true
  for (const [status, response] of Object.entries(responses)) {
    if (!/^2(?:\d\d|XX)$/.test(status) && status !== 'default') continue
    const { content } = resolve(document, response, `${at}/responses/${status}`)
    for (const [type, media] of Object.entries(isObject(content) ? content : {})) {
      const place = `${at}/responses/${status}/content/${type}`
      if (!isJsonType(type)) onlyJson = false
      else if (status !== 'default') schemas.push(asObject(media, place).schema ?? missingSchema(place))
    }
  }
  return { schemas, onlyJson }
}

function missingSchema(at: string): never {
  throw invalid(`${at}/schema`)
}

/** `application/json` and every `+json` (RFC 6839 §3.1). */
function isJsonType(type: string): boolean {
  return /^application\/(?:json|[a-z0-9.-]+\+json)(?:\s*;|$)/i.test(type)
}

function readSubjects(part: JsonObject, parameters: readonly Parameter[], at: string): SubjectPointer[] {
  const given = part['x-sapan-subject']
  if (given === undefined) return []
  const place = `${at}/x-sapan-subject`
  const list = Array.isArray(given) ? given : [given]
  return list.map((one) => readSubject(asObject(one, place), parameters, place))
}

function readSubject(part: JsonObject, parameters: readonly Parameter[], at: string): SubjectPointer {
  const { name, pointer } = part
  switch (part.in) {
    case 'path':
    case 'query': {
      const place = part.in
      const known = parameters.find((one) => one.in === place && one.name === name)
      if (!known) throw invalid(at)
      return { in: place, name: known.name }
    }
    case 'answer':
    case 'request':
      if (typeof pointer !== 'string' || !/^(?:\/(?:[^~/]|~[01])+)+$/.test(pointer)) throw invalid(at)
      return { in: part.in, pointer }
    default:
      throw invalid(at)
  }
}
