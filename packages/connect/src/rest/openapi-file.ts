import { parse } from 'yaml'
import { sourceUnusable } from '../problems.ts'
import { tooDeep } from '../too-deep.ts'

export type JsonObject = Readonly<Record<string, unknown>>

const LARGEST = 10 * 1024 ** 2
/** Of a JSON text this is more than schemas need; texts in it may hold a few brackets without their other half. */
const DEEPEST = 200
const MOST_REFERENCES = 32

/** A service's own description, whose references are followed within it. */
export interface OpenapiFile {
  readonly root: JsonObject
  /** The part, or what its `$ref` points to. Throws `connector-source-unusable` where that is elsewhere, or goes in a circle. */
  resolved(part: unknown): JsonObject
}

/** A description of OpenAPI 3 or Swagger 2.0, in JSON or YAML. Throws `connector-source-unusable`. */
export function readOpenapi(text: string): OpenapiFile {
  const root = parsed(text)
  if (!isObject(root) || (!/^3\./.test(String(root.openapi)) && String(root.swagger) !== '2.0'))
    throw sourceUnusable({
      th: 'ไม่ใช่ OpenAPI 3 หรือ Swagger 2.0',
      en: 'this is neither OpenAPI 3 nor Swagger 2.0',
    })
  return { root, resolved: (part) => resolved(root, part) }
}

/** JSON is YAML too, but is read faster, and deeper. */
function parsed(text: string): unknown {
  if (text.length > LARGEST || tooDeep(text, DEEPEST)) throw sourceUnusable(unreadable)
  try {
    return text.trimStart().startsWith('{') ? JSON.parse(text) : parse(text, { maxAliasCount: 100 })
  } catch (cause) {
    throw sourceUnusable(unreadable, cause)
  }
}

function resolved(root: JsonObject, part: unknown): JsonObject {
  let found = part
  for (let left = MOST_REFERENCES; isObject(found) && found.$ref !== undefined; left -= 1) {
    if (left === 0) throw sourceUnusable({ th: '$ref วนเป็นวง', en: 'a $ref goes in a circle' })
    found = pointed(root, String(found.$ref))
  }
  return isObject(found) ? found : {}
}

function pointed(root: JsonObject, reference: string): unknown {
  let found: unknown = reference.startsWith('#/') ? root : undefined
  for (const part of reference.slice(2).split('/')) {
    const name = part
      .replaceAll('%20', ' ')
      .replaceAll('%7B', '{')
      .replaceAll('%7D', '}')
      .replaceAll('~1', '/')
      .replaceAll('~0', '~')
    if (Array.isArray(found)) found = found[Number(name)]
    else found = isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined
  }
  if (found !== undefined) return found
  throw sourceUnusable({ th: `ไม่พบ $ref: ${reference}`, en: `this $ref leads nowhere: ${reference}` })
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const unreadable = {
  th: 'อ่านคำอธิบายของบริการไม่ได้ ต้องเป็น JSON หรือ YAML ไม่เกิน 10 MiB',
  en: "the service's description cannot be read: it must be JSON or YAML of at most 10 MiB",
}
