import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import type { Level, Levels } from '../levels/level.ts'
import { factsOf } from './facts.ts'

/** What level a request asks of the person who signs in. */
export interface Demand {
  /** Without it there is no sign-in: what the client was registered with, and an essential `acr`. */
  readonly must: readonly Partial<Level>[]
  /** `acr_values`: any of these will do, and without them the sign-in goes on (OpenID Connect Core 1.0 §3.1.2.1). */
  readonly wished: readonly Level[]
}

/** Throws `unmet_authentication_requirements` where an essential `acr` names no level of the country. */
export function demandOf(levels: Levels, ctx: KoaContextWithOIDC): Demand {
  const { client, params, claims } = ctx.oidc
  const least = client && factsOf(client).least
  const acr = claims?.id_token?.acr
  const named = acr?.essential === true ? namedIn(acr) : []
  const essential = named.flatMap((one) => levels.levelOf(one) ?? [])
  if (named.length > 0 && essential.length === 0)
    throw new errors.UnmetAuthenticationRequirements('no requested acr is of this provider')
  const values = typeof params?.acr_values === 'string' ? params.acr_values.split(' ') : []
  return {
    must: [...(least ? [least] : []), ...lowest(levels, essential)],
    wished: values.flatMap((one) => levels.levelOf(one) ?? []),
  }
}

/** Of several that will do, the one that all others meet is what is needed; where there is none, the first. */
function lowest(levels: Levels, list: readonly Level[]): Level[] {
  const found = list.find((one) => list.every((other) => levels.meets(other, one))) ?? list[0]
  return found ? [found] : []
}

function namedIn({ value, values }: { value?: unknown; values?: unknown }): string[] {
  const list = Array.isArray(values) ? values : value === undefined ? [] : [value]
  return list.filter((one): one is string => typeof one === 'string')
}

/** What of a demand a level does not have: the least that would do, `ial` and `aal` apart. Empty where nothing lacks. */
export function missing(
  levels: Levels,
  demand: Demand,
  has: Level,
  kind: keyof Level,
  withWished: boolean,
): string[] {
  const lacking = (one: Partial<Level>) => {
    const code = one[kind]
    return code !== undefined && !levels.meets(has, { [kind]: code }) ? [code] : []
  }
  const wishes = demand.wished.map((one) => ({ [kind]: one[kind] }))
  const wishIsMet = wishes.length === 0 || wishes.some((one) => lacking(one).length === 0)
  return [...demand.must.flatMap(lacking), ...(withWished && !wishIsMet ? lacking(wishes[0] ?? {}) : [])]
}
