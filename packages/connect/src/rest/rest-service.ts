import { Problem } from '@sapan/kernel'
import { Check } from 'typebox/schema'
import { answerUnusable, connectProblems, sourceUnusable } from '../problems.ts'
import { callService, refusalOf } from '../remote/call-service.ts'
import {
  type Answer,
  JsonNumber,
  type RemoteOperation,
  type RemoteParameter,
  type RemoteService,
} from '../remote/remote-service.ts'
import type { ServiceAddress } from '../remote/service-address.ts'
import { describedValues } from './described-values.ts'
import { isObject, type JsonObject, type OpenapiFile, readOpenapi } from './openapi-file.ts'
import { fitsPattern } from './pattern.ts'

/**
 * A REST service by its OpenAPI description: the operations that read (GET), by their `operationId`, or by `GET /path` where they have
 * none. Throws `connector-source-unusable`.
 */
export function restService(text: string, address: ServiceAddress | undefined): RemoteService {
  const file = readOpenapi(text)
  const operations = new Map<string, RemoteOperation>()
  for (const [path, item] of Object.entries(isObject(file.root.paths) ? file.root.paths : {})) {
    const shared = file.resolved(item)
    const operation = file.resolved(shared.get)
    if (operation.responses === undefined) continue
    const name = typeof operation.operationId === 'string' ? operation.operationId : `GET ${path}`
    operations.set(
      name,
      operationOf(file, path, [shared.parameters, operation.parameters], operation, address),
    )
  }
  return { operations }
}

interface Parameter extends RemoteParameter {
  readonly name: string
  readonly place: 'path' | 'query' | 'header'
}

function operationOf(
  file: OpenapiFile,
  path: string,
  parts: readonly unknown[],
  operation: JsonObject,
  address: ServiceAddress | undefined,
): RemoteOperation {
  const described = parts
    .flatMap((part) => (Array.isArray(part) ? part : []))
    .map((one) => file.resolved(one))
  const parameters = described.flatMap((one) => parameterOf(file, one))
  const responses = file.resolved(operation.responses)
  return {
    parameters: new Map(parameters.map((one) => [one.name, one])),
    values: describedValues(file, schemaOf(file, responses)),
    async call(values) {
      if (address === undefined) throw sourceUnusable(noAddress)
      const { url, headers } = targetOf(path, parameters, values, address)
      const answer = await callService({
        method: 'GET',
        url,
        headers: { accept: 'application/json', ...headers },
      })
      const isNone = answer.status === 204 || (answer.status === 404 && responses['404'] !== undefined)
      if (isNone) return undefined
      const refusal = refusalOf(answer)
      if (refusal !== undefined) throw refusal
      if (!/^application\/(.+\+)?json$/.test(answer.type)) throw answerUnusable(notJson)
      return parsed(answer.body)
    },
  }
}

/** Of a JSON answer of success: in OpenAPI 3 by its media type, in Swagger 2.0 beside the description. */
function schemaOf(file: OpenapiFile, responses: JsonObject): unknown {
  const [code] = Object.keys(responses)
    .filter((one) => /^2(\d\d|XX)$/.test(one))
    .sort()
  const response = file.resolved(responses[code ?? 'default'])
  const content = isObject(response.content) ? response.content : {}
  const media = Object.keys(content).find((type) => /^application\/(.+\+)?json\b/.test(type))
  return media === undefined ? response.schema : file.resolved(content[media]).schema
}

function parameterOf(file: OpenapiFile, described: JsonObject): readonly Parameter[] {
  const { name, in: place, required } = described
  if (typeof name !== 'string' || (place !== 'path' && place !== 'query' && place !== 'header')) return []
  const schema = file.resolved(described.schema ?? described)
  const example = described.example ?? schema.example
  return [
    {
      name,
      place,
      required: required === true || place === 'path',
      ...(['string', 'number'].includes(typeof example) ? { example: String(example) } : {}),
      takes: (value) => isSafe(value, place) && fits(value, schema),
    },
  ]
}

/** A path's part of dots would lead elsewhere; a header holds only what can be seen. */
function isSafe(value: string, place: Parameter['place']): boolean {
  if (value === '' || value.length > 1000) return false
  if (place === 'path') return !/^\.{1,2}$/.test(value)
  return place !== 'header' || /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(value)
}

/** Only what stands in the schema itself is looked at: a parameter is one value. */
function fits(value: string, schema: JsonObject): boolean {
  const { type, enum: among, pattern, minLength, maxLength, minimum, maximum } = schema
  const isNumber = type === 'integer' || type === 'number'
  if (isNumber && !/^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?$/.test(value)) return false
  if (type === 'boolean') return value === 'true' || value === 'false'
  if (typeof pattern === 'string' && !fitsPattern(pattern, value)) return false
  const rules = {
    type: isNumber ? type : 'string',
    enum: among,
    minLength,
    maxLength,
    minimum,
    maximum,
  }
  return Check(
    Object.fromEntries(Object.entries(rules).filter(([, rule]) => rule !== undefined)),
    isNumber ? Number(value) : value,
  )
}

function targetOf(
  path: string,
  parameters: readonly Parameter[],
  values: ReadonlyMap<string, string>,
  { url, headers }: ServiceAddress,
) {
  const given = parameters.flatMap((one) => {
    const value = values.get(one.name)
    return value === undefined ? [] : [{ ...one, value }]
  })
  const at = (place: Parameter['place']) => given.filter((one) => one.place === place)
  const query = at('query').map(
    ({ name, value }) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  )
  const filled = path.replaceAll(/\{([^}]+)\}/g, (_, name) => encodeURIComponent(values.get(name) ?? ''))
  return {
    url: `${url}${filled}${query.length === 0 ? '' : `?${query.join('&')}`}`,
    // Who asks is said by the address, whatever the description would let callers say.
    headers: {
      ...Object.fromEntries(at('header').map(({ name, value }) => [name.toLowerCase(), value])),
      ...headers,
    },
  }
}

function parsed(body: Buffer): Answer {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body), exact)
  } catch (cause) {
    throw new Problem(connectProblems['connector-answer-unusable'], { detail: notJson, cause })
  }
}

/** JSON.parse gives the letters of a number beside its value. */
function exact(_: string, value: unknown, { source }: { readonly source?: string } = {}): unknown {
  return typeof value === 'number' ? new JsonNumber(source ?? String(value)) : value
}

const notJson = { th: 'คำตอบไม่ใช่ JSON', en: 'the answer is not JSON' }
const noAddress = { th: 'ยังไม่ได้บอกที่อยู่ของบริการ', en: 'the address of the service is not given' }
