import type { Logger, Text } from '@sapan/kernel'
import { isRecord, rowsOf } from '../terminal/values.ts'
import { type GatewayEdge, jsonOf } from './gateway-edge.ts'

type Json = Readonly<Record<string, unknown>>

/** What services, their operations and fields are called, from their own descriptions. */
export interface ServiceWords {
  service(id: string): Text | undefined
  operation(service: string, operation: string): Text | undefined
  field(service: string, path: string): Text | undefined
  /** What a caller gives in the query. */
  parameter(service: string, operation: string, name: string): Text | undefined
  /** Asks no more. */
  stop(): void
}

/** Descriptions change seldom; at first the gateway may not be up, nor know all services, yet. */
const againMs = { settled: 600_000, growing: 5_000 }

/** Reads the descriptions through the operator's gateway (X-Road's metaservices), which believes only what was published. */
export function serviceWords(edge: GatewayEdge, log: Logger): ServiceWords {
  const documents = new Map<string, Json>()
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  const keep = async () => {
    const before = documents.size
    const isWhole = await load(edge, documents).catch((error: unknown) => {
      log.warn({ err: error }, 'the words of services could not be had')
      return false
    })
    const isSettled = isWhole && documents.size > 0 && documents.size === before
    if (!isStopped) timer = setTimeout(keep, againMs[isSettled ? 'settled' : 'growing']).unref()
  }
  void keep()
  return {
    service: (id) => textOf(inside(documents.get(id), 'info')),
    operation: (service, operation) => textOf(operationOf(documents.get(service), operation)),
    field: (service, path) => fieldText(documents.get(service), path),
    parameter: (service, operation, name) => parameterText(documents.get(service), operation, name),
    stop: () => {
      isStopped = true
      clearTimeout(timer)
    },
  }
}

/** Asks for all descriptions; what cannot be had stays as it was. False where something could not. */
async function load(edge: GatewayEdge, documents: Map<string, Json>): Promise<boolean> {
  let isWhole = true
  for (const subsystem of await subsystems(edge)) {
    try {
      for (const [id, document] of await descriptions(edge, subsystem)) documents.set(id, document)
    } catch {
      isWhole = false
    }
  }
  return isWhole
}

async function get(edge: GatewayEdge, target: string): Promise<unknown> {
  return jsonOf(await edge.send({ method: 'GET', target }))
}

async function subsystems(edge: GatewayEdge): Promise<string[]> {
  return rowsOf(await get(edge, '/listClients'), 'member').flatMap(({ id }) => {
    if (!isRecord(id) || typeof id.subsystem_code !== 'string') return []
    return [[id.xroad_instance, id.member_class, id.member_code, id.subsystem_code].map(String).join('/')]
  })
}

async function descriptions(edge: GatewayEdge, subsystem: string): Promise<[string, Json][]> {
  const codes = rowsOf(await get(edge, `/r1/${subsystem}/listMethods`), 'service').map(({ service_code }) =>
    String(service_code),
  )
  const found: [string, Json][] = []
  for (const code of codes) {
    const document = await get(edge, `/r1/${subsystem}/getOpenAPI?serviceCode=${encodeURIComponent(code)}`)
    if (isRecord(document)) found.push([`${subsystem}/${code}`, document])
  }
  return found
}

function inside(value: unknown, name: string): Json | undefined {
  const found = isRecord(value) ? value[name] : undefined
  return isRecord(found) ? found : undefined
}

function textOf(value: Json | undefined): Text | undefined {
  const text = inside(value, 'x-sapan-text')
  return text && typeof text.th === 'string' && typeof text.en === 'string'
    ? { th: text.th, en: text.en }
    : undefined
}

function operationsOf(document: Json | undefined): Json[] {
  return Object.values(inside(document, 'paths') ?? {})
    .filter(isRecord)
    .flatMap((path) => Object.values(path).filter(isRecord))
}

function operationOf(document: Json | undefined, id: string): Json | undefined {
  return operationsOf(document).find(({ operationId }) => operationId === id)
}

function parameterText(document: Json | undefined, operation: string, name: string): Text | undefined {
  const { parameters } = operationOf(document, operation) ?? {}
  const all = Array.isArray(parameters) ? parameters.filter(isRecord) : []
  return textOf(all.map((one) => resolve(document, one)).find((one) => one.name === name))
}

/** The words beside a field, in whichever of the answers has it; arrays are transparent. */
function fieldText(document: Json | undefined, path: string): Text | undefined {
  for (const operation of operationsOf(document)) {
    const content = inside(inside(inside(operation, 'responses'), '200'), 'content')
    const schema = inside(inside(content, 'application/json'), 'schema')
    const found = schema && textAlong(document, schema, path.split('.'))
    if (found) return found
  }
  return undefined
}

function textAlong(document: Json | undefined, schema: Json, path: readonly string[]): Text | undefined {
  const [name, ...rest] = path
  const resolved = resolve(document, schema)
  if (name === undefined) return textOf(schema) ?? textOf(resolved)
  const items = inside(resolved, 'items')
  if (items) return textAlong(document, items, path)
  const property = inside(inside(resolved, 'properties'), name)
  return property && textAlong(document, property, rest)
}

function resolve(document: Json | undefined, schema: Json): Json {
  const { $ref } = schema
  if (typeof $ref !== 'string' || !$ref.startsWith('#/')) return schema
  const found = $ref
    .slice(2)
    .split('/')
    .reduce<Json | undefined>((at, name) => inside(at, name), document)
  return found ?? schema
}
