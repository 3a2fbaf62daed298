import { parseExchangeTarget } from '../../address.ts'
import { exchangeProblem } from '../../problems.ts'

/** By which exchange a call to a legacy address is answered. */
export interface GdxRoute {
  readonly id: string
  /** `/ws/dopa/linkage/v1/link` */
  readonly path: string
  /** Parameters that choose this route by their values: `{ ServiceID: '1' }`. */
  readonly conditions: Readonly<Record<string, string>>
  /** Parameters that are left out. */
  readonly ignored: readonly string[]
  /** Path and query of the exchange; `{CitizenID}` stands for that parameter's value. */
  readonly target: string
  /** The purpose that is named; null where the grant implies it. */
  readonly purpose: string | null
}

const placeholder = /\{([A-Za-z][A-Za-z0-9_.-]*)\}/g

/** The names of the parameters whose values stand in a route's target. */
export function placedParameters({ target }: Pick<GdxRoute, 'target'>): string[] {
  return [...new Set([...target.matchAll(placeholder)].map(([, name = '']) => name))]
}

/**
 * Holds a route to what a call needs: placeholders stand behind the service, and each parameter is named once. Throws
 * `gdx-route-invalid`, or the problem of a target that is none.
 */
export function checkGdxRoute(route: Omit<GdxRoute, 'id'>): void {
  const { service } = parseExchangeTarget(route.target.replace(placeholder, '0'))
  const isBehind = /^[/?]/.test(route.target.slice(`/r1/${service}`.length))
  const names = [...placedParameters(route), ...Object.keys(route.conditions), ...route.ignored]
  if (
    !route.target.startsWith(`/r1/${service}`) ||
    !isBehind ||
    new Set(names).size !== names.length ||
    route.path === '/ws/auth/validate'
  ) {
    throw exchangeProblem('gdx-route-invalid')
  }
}

/** The target of the exchange that answers a legacy call. Throws `gdx-route-unknown` or `gdx-query-invalid`. */
export function mapGdxCall(
  routes: readonly GdxRoute[],
  query: string,
): { target: string; purpose: string | null } {
  const given = readGdxQuery(query)
  const [route] = routes
    .filter(({ conditions }) =>
      Object.entries(conditions).every(([name, value]) => given.get(name) === value),
    )
    .sort((one, other) => Object.keys(other.conditions).length - Object.keys(one.conditions).length)
  if (!route) throw exchangeProblem('gdx-route-unknown')
  const placed = placedParameters(route)
  const missing = placed.filter((name) => !given.get(name))
  const taken = new Set([...placed, ...Object.keys(route.conditions), ...route.ignored])
  if (missing.length > 0 || [...given.keys()].some((name) => !taken.has(name))) {
    throw exchangeProblem('gdx-query-invalid', { extensions: { parameters: [...taken] } })
  }
  const target = route.target.replace(placeholder, (_, name: string) =>
    encodeURIComponent(given.get(name) ?? ''),
  )
  return { target, purpose: route.purpose }
}

/** A legacy query, read in the one way in which everybody reads it. Throws `gdx-query-invalid`. */
export function readGdxQuery(query: string): Map<string, string> {
  const given = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(query)) {
    // U+FFFD stands for bytes that are no text.
    if (given.has(name) || /[\p{Cc}\uFFFD]/u.test(name + value)) throw exchangeProblem('gdx-query-invalid')
    given.set(name, value)
  }
  return given
}
