import type { OfficersCountry } from '../officers/country.ts'
import type { Need } from '../visitor.ts'

/** What pages of administrators ask of whoever opens them. */
export interface AdministratorNeeds {
  /** To look: the duty. */
  readonly looks: Need
  /** To change anything, or to begin to: they proved themselves surely enough, minutes ago. */
  readonly acts: Need
}

/** A session that was left open at a desk neither appoints officers nor lets systems in. */
export function administratorNeeds({
  administrator,
  administration: { aal, freshSeconds },
}: Pick<OfficersCountry, 'administrator' | 'administration'>): AdministratorNeeds {
  const looks: Need = { duties: [administrator] }
  return { looks, acts: { ...looks, aal, freshSeconds } }
}
