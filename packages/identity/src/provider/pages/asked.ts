import type { Text } from '@sapan/kernel'
import type { ClaimTerm, ScopesCountry } from '../scopes.ts'

/** Something that a person is asked to let be known: a claim, with those that only say the same in another way. */
export interface AskedClaim {
  readonly term: ClaimTerm
  readonly codes: readonly string[]
}

/** What a client asks for, as the consent page shows it. */
export interface Asked {
  readonly claims: readonly AskedClaim[]
  /** What it wants to do in the person's name. */
  readonly acts: readonly Text[]
  /** Whether it wants to know all this also while the person is away (`offline_access`). */
  readonly whileAway: boolean
}

/** Of the scopes and the single claims of a request; what the country does not have is not shown, and not given. */
export function askedClaims(
  country: ScopesCountry,
  request: { readonly scopes: readonly string[]; readonly claims: readonly string[] },
): Asked {
  const scopes = country.scopes.filter(({ code }) => request.scopes.includes(code))
  const codes = new Set([...scopes.flatMap(({ claims }) => claims), ...request.claims])
  const terms = country.claims.filter(({ code }) => codes.has(code))
  const heads = terms.filter(({ within }) => within === undefined || !codes.has(within))
  return {
    claims: heads.map((term) => ({
      term,
      codes: [term.code, ...terms.filter(({ within }) => within === term.code).map(({ code }) => code)],
    })),
    acts: scopes.flatMap(({ allows = [] }) => allows),
    whileAway: request.scopes.includes('offline_access'),
  }
}

/** How values of each kind are shown on the page. */
export const kindWords: Readonly<Record<ClaimTerm['kind'], Text>> = {
  name: { th: 'ชื่อ', en: 'a name' },
  word: { th: 'คำ', en: 'a word' },
  date: { th: 'วันที่', en: 'a date' },
  number: { th: 'หมายเลข', en: 'a number' },
  email: { th: 'ที่อยู่อีเมล', en: 'an email address' },
  address: { th: 'ที่อยู่', en: 'an address' },
  list: { th: 'รายการ', en: 'a list' },
}
