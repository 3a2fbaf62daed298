import { Problem } from '@sapan/kernel'
import type { SiteRequest } from '@sapan/ui'
import type { MandatesCountry } from '../../mandates/country.ts'
import type { Helper } from '../../mandates/helper/ask.ts'
import type { Mandates } from '../../mandates/mandates.ts'
import { officerProblems } from '../../problems/officers.ts'
import type { Visitor } from '../../visitor.ts'

export interface HelpingPagesOptions {
  readonly mandates: Pick<Mandates, 'help' | 'own' | 'act' | 'withdraw' | 'acting'>
  readonly country: MandatesCountry
  readonly clock: () => number
}

export type HelpingRequest = SiteRequest<Visitor>

export const helpingPath = '/desk/helping'

/** The visitor as a helper. Throws `officer-duty-missing` for one who works under no appointment. */
export function helperOf({
  who,
}: HelpingRequest): Helper & { readonly officer: { readonly agency: string } } {
  const { account, session, authenticatedAt, officer, acting } = who
  if (officer === undefined) throw new Problem(officerProblems['officer-duty-missing'])
  const { appointment, agency } = officer
  const helper = { account, session, authenticatedAt, officer: { appointment, agency } }
  return acting ? { ...helper, acting: { mandate: acting.mandate } } : helper
}
