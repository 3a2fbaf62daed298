import { JsonScanner, type JsonSide, jsonText } from './json-scanner.ts'

/** Throws the side's Problem unless the body is strict JSON: `request-not-json`, or `answer-…`. */
export function checkJson(body: string | Uint8Array, side: JsonSide): void {
  scanned(body, side)
}

/**
 * The plain values (strings and numbers as text, each once) at JSON pointers (RFC 6901) in which `*` stands for every
 * item of an array. Places that are not there give nothing. Throws as `checkJson` does, so that no second reading of
 * the body can hide whose data it is about.
 */
export function pointerValues(
  body: string | Uint8Array,
  pointers: readonly string[],
  side: JsonSide,
): string[] {
  const document: unknown = JSON.parse(scanned(body, side))
  const values = new Set<string>()
  for (const pointer of pointers) collect(document, segments(pointer), 0, values)
  return [...values]
}

function scanned(body: string | Uint8Array, side: JsonSide): string {
  const text = jsonText(body, side)
  const scanner = new JsonScanner(text, side)
  scanner.peek()
  scanner.skip()
  scanner.end()
  return text
}

function segments(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function collect(value: unknown, path: readonly string[], depth: number, values: Set<string>): void {
  const segment = path[depth]
  if (segment === undefined) {
    if ((typeof value === 'string' && value !== '') || typeof value === 'number') values.add(String(value))
  } else if (Array.isArray(value)) {
    if (segment === '*') for (const item of value) collect(item, path, depth + 1, values)
    else if (/^(?:0|[1-9]\d{0,8})$/.test(segment)) collect(value[Number(segment)], path, depth + 1, values)
  } else if (typeof value === 'object' && value !== null && Object.hasOwn(value, segment)) {
    collect(Reflect.get(value, segment), path, depth + 1, values)
  }
}
