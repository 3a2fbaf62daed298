import type { ServiceId } from '../identifier.ts'
import type { Operation, ServiceDescription } from './description.ts'
import { invalid } from './openapi.ts'

export interface MatchedOperation {
  readonly operation: Operation
  /** Decoded values by name. */
  readonly pathParameters: Readonly<Record<string, string>>
}

interface Route {
  readonly operation: Operation
  /** A literal, or null for a parameter. */
  readonly literals: readonly (string | null)[]
  readonly names: readonly string[]
}

/** Routes by method, the more literal ones first; made once for a description. */
const routes = new WeakMap<ServiceDescription, ReadonlyMap<string, readonly Route[]>>()

/**
 * The operation at a method and a raw path behind the service's address. A literal segment beats a parameter; HEAD
 * is answered by GET's operation where it has none of its own (RFC 9110 §9.3.2). The path must have passed
 * `parseExchangeTarget`.
 */
export function matchOperation(
  description: ServiceDescription,
  method: string,
  servicePath: string,
): MatchedOperation | undefined {
  const byMethod = routesOf(description)
  const segments = decodedSegments(servicePath)
  if (!segments) return undefined
  const found = firstMatch(byMethod.get(method), segments)
  return found ?? (method === 'HEAD' ? firstMatch(byMethod.get('GET'), segments) : undefined)
}

/** What logs and evidence show instead of the path: `TH/GOV/DOPA/population/person-v1/persons/{id}`. */
export function routeTemplate(service: ServiceId, operation: Operation): string {
  return `${service}${operation.template}`
}

/** The names of a template's parameters; throws Problem `service-description-invalid`. */
export function parameterNames(template: string, at: string): string[] {
  if (!template.startsWith('/')) throw invalid(at, 'must begin with a slash', 'ต้องขึ้นต้นด้วยเครื่องหมายทับ')
  const names: string[] = []
  for (const segment of template.slice(1).split('/')) {
    if (/^\{[A-Za-z][A-Za-z0-9_-]*\}$/.test(segment)) names.push(segment.slice(1, -1))
    else if (!/^[A-Za-z0-9._~@:-]*$/.test(segment)) {
      throw invalid(
        at,
        'has a segment that is neither plain nor one parameter',
        'มีส่วนที่ไม่ใช่ข้อความธรรมดาหรือพารามิเตอร์เดียว',
      )
    }
  }
  if (new Set(names).size !== names.length) throw invalid(at)
  return names
}

function routesOf(description: ServiceDescription): ReadonlyMap<string, readonly Route[]> {
  const known = routes.get(description)
  if (known) return known
  const byMethod = new Map<string, Route[]>()
  for (const operation of description.operations) {
    const list = byMethod.get(operation.method) ?? []
    byMethod.set(operation.method, list)
    list.push(routeOf(operation))
  }
  for (const list of byMethod.values()) list.sort(moreLiteralFirst)
  routes.set(description, byMethod)
  return byMethod
}

function routeOf(operation: Operation): Route {
  const segments = operation.template.slice(1).split('/')
  return {
    operation,
    literals: segments.map((segment) => (segment.startsWith('{') ? null : segment)),
    names: segments.filter((segment) => segment.startsWith('{')).map((segment) => segment.slice(1, -1)),
  }
}

function moreLiteralFirst(a: Route, b: Route): number {
  const length = Math.min(a.literals.length, b.literals.length)
  for (let n = 0; n < length; n++) {
    const order = Number(a.literals[n] === null) - Number(b.literals[n] === null)
    if (order !== 0) return order
  }
  return b.literals.length - a.literals.length
}

function firstMatch(
  list: readonly Route[] | undefined,
  segments: readonly string[],
): MatchedOperation | undefined {
  for (const route of list ?? []) {
    if (matches(route, segments))
      return { operation: route.operation, pathParameters: parametersOf(route, segments) }
  }
  return undefined
}

function matches({ literals }: Route, segments: readonly string[]): boolean {
  if (literals.length !== segments.length) return false
  for (let n = 0; n < literals.length; n++) {
    const literal = literals[n]
    if (literal === null ? segments[n] === '' : literal !== segments[n]) return false
  }
  return true
}

function parametersOf({ literals, names }: Route, segments: readonly string[]): Record<string, string> {
  const values = segments.filter((_, n) => literals[n] === null)
  return Object.fromEntries(names.map((name, n) => [name, values[n] ?? '']))
}

function decodedSegments(servicePath: string): string[] | undefined {
  const segments = servicePath.slice(1).split('/')
  if (!servicePath.includes('%')) return segments
  try {
    return segments.map(decodeURIComponent)
  } catch {
    return undefined
  }
}
