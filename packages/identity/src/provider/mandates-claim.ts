import type { Mandates } from '../mandates/mandates.ts'

/** For whom a person may act, as a client is told it; `id` goes into the exchange of a token (RFC 8693). */
export interface MandateClaim {
  readonly id: string
  /** On what ground: `company`, `child`, `person`. */
  readonly source: string
  readonly name: string
  readonly 'name#en'?: string
  /** Of a company. */
  readonly number?: string
  readonly scopes: readonly { readonly code: string; readonly how: 'alone' | 'sealed' | 'jointly' }[]
  /** Seconds since 1970. */
  readonly until?: number
}

/** `member`: the client's, to which a mandate may be limited. */
export type MandatesOf = (account: string, member: string | undefined) => Promise<readonly MandateClaim[]>

/** Those that can be used at the client's agency now. A helper's is for a counter, and never told. */
export function mandatesClaim(mandates: Pick<Mandates, 'of'>): MandatesOf {
  return async (account, member) => {
    const held = await mandates.of(account)
    return held
      .filter(({ source, content: { limits } }) => {
        if (source === 'helper') return false
        return limits.agencies === undefined || (member !== undefined && limits.agencies.includes(member))
      })
      .map(({ id, source, name, content, scopes, till }) => ({
        id,
        source,
        name: name.th,
        ...(name.en === '' ? {} : { 'name#en': name.en }),
        ...(source === 'company' && content.number !== undefined ? { number: content.number } : {}),
        scopes: scopes.map(({ code, how }) => ({ code, how })),
        ...(till === undefined ? {} : { until: Math.floor(till / 1000) }),
      }))
  }
}
