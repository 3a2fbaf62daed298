import { inPath } from '../remote/answer-path.ts'
import type { RemoteValue } from '../remote/remote-service.ts'
import { isObject, type JsonObject, type OpenapiFile } from './openapi-file.ts'

const DEEPEST = 12
const MOST = 20_000
const SINGLE = ['string', 'number', 'integer', 'boolean'] as const

interface Place {
  readonly path: string
  readonly list?: string
  /** The schemas around this one: where one contains itself, it is gone into once. */
  readonly around: readonly JsonObject[]
}

/** The single values of what a schema describes. What it leaves open is not among them. */
export function describedValues(file: OpenapiFile, schema: unknown): readonly RemoteValue[] {
  const values = new Map<string, RemoteValue>()
  walk(schema, { path: '', around: [] }, { file, values, left: MOST })
  return [...values.values()]
}

interface Walk {
  readonly file: OpenapiFile
  readonly values: Map<string, RemoteValue>
  /** Schemas that may still be gone into: a few references can unfold without end. */
  left: number
}

function walk(part: unknown, place: Place, all: Walk): void {
  const schema = all.file.resolved(part)
  const { path, around } = place
  all.left -= 1
  if (around.includes(schema) || around.length > DEEPEST || all.left < 0) return
  const inside = [...around, schema]
  for (const one of alternatives(schema)) walk(one, { ...place, around: inside }, all)
  if (isObject(schema.items)) {
    walk(schema.items, { path, list: path, around: inside }, all)
    return
  }
  for (const [name, property] of Object.entries(isObject(schema.properties) ? schema.properties : {})) {
    const at = path === '' ? inPath(name) : `${path}/${inPath(name)}`
    walk(property, { ...place, path: at, around: inside }, all)
  }
  const type = singleType(schema)
  if (type !== undefined && path !== '') {
    const { list } = place
    all.values.set(path, {
      path,
      ...(type === 'any' ? {} : { type }),
      ...(list === undefined ? {} : { list }),
    })
  }
}

function alternatives({ allOf, oneOf, anyOf }: JsonObject): readonly unknown[] {
  return [allOf, oneOf, anyOf].flatMap((parts) => (Array.isArray(parts) ? parts : []))
}

/** Where a schema names several types, any of them; undefined where it is no single value. */
function singleType({ type, enum: among }: JsonObject): (typeof SINGLE)[number] | 'any' | undefined {
  const named = (Array.isArray(type) ? type : [type]).filter((one) => one !== 'null')
  const single = SINGLE.filter((one) => named.includes(one))
  if (single.length === 0) return type === undefined && Array.isArray(among) ? 'any' : undefined
  return single.length === 1 && named.length === 1 ? single[0] : 'any'
}
