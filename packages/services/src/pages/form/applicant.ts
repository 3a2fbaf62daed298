import type { Visitor } from '@sapan/identity'
import { Problem } from '@sapan/kernel'
import type { Applicant } from '../../application/application.ts'
import type { ServiceDefinition } from '../../definition/definition.ts'
import type { DraftOwner } from '../../draft/draft.ts'
import { draftProblems } from '../../draft/problems.ts'
import type { FormPagesOptions } from './options.ts'

type Rooms = FormPagesOptions['ground']['rooms']
type Rule = Pick<ServiceDefinition, 'applicant'>

const schemes = ['national-id', 'foreigner-number', 'passport'] as const

/**
 * For whom a visitor fills in forms now: themselves, or whom they act for. What the mandate covers is looked at here; the
 * register behind it is asked when the application is handed in. Throws `service-mandate-unsuitable`,
 * `applicant-number-missing`, and what `Mandates.own` throws.
 */
export async function applicantOf(rooms: Rooms, { applicant: rule }: Rule, who: Visitor): Promise<Applicant> {
  const { account } = who
  if (who.acting === undefined) {
    const [found, number] = await Promise.all([rooms.accounts.find(account), numberOf(rooms, account)])
    return { account, kind: 'person', ...number, name: both(found?.name ?? { th: who.name, en: '' }) }
  }
  const { account: by, session, authenticatedAt } = who
  const {
    id: mandate,
    source,
    content,
    giver,
  } = await rooms.mandates.own({ account: by, session, authenticatedAt }, who.acting.mandate)
  const as = source === 'helper' ? 'person' : source
  const covers = rule.scope !== undefined && content.scopes.includes(rule.scope)
  if (!covers || !rule.as.includes(as)) throw new Problem(draftProblems['service-mandate-unsuitable'])
  const number = giver === undefined ? registered(source, content.number) : await numberOf(rooms, giver)
  return {
    account,
    kind: source === 'company' ? 'company' : 'person',
    ...number,
    name: both(content.name),
    mandate,
  }
}

/** Throws `service-needs-mandate` where a service is not for oneself, and nobody is acted for. */
export function refuseOwn({ applicant }: Rule, { acting }: Visitor): void {
  if (acting === undefined && !applicant.as.includes('self'))
    throw new Problem(draftProblems['service-needs-mandate'])
}

export function ownerOf(applicant: Applicant): DraftOwner {
  const { account, mandate, id, scheme } = applicant
  return mandate === undefined ? { account } : { account, party: { id, scheme } }
}

function registered(source: string, number: string | undefined): Pick<Applicant, 'id' | 'scheme'> {
  if (number === undefined) throw new Problem(draftProblems['service-mandate-unsuitable'])
  return { id: number, scheme: source === 'company' ? 'juristic-id' : 'national-id' }
}

/** The number under which agencies know a person. */
async function numberOf(rooms: Rooms, account: string): Promise<Pick<Applicant, 'id' | 'scheme'>> {
  const proved = (await rooms.accounts.identifiersOf(account)).filter((one) => one.proved)
  for (const scheme of schemes) {
    const found = proved.find((one) => one.scheme === scheme)
    if (found !== undefined) return { id: found.value, scheme }
  }
  throw new Problem(draftProblems['applicant-number-missing'])
}

function both({ th, en }: { readonly th: string; readonly en: string }): Applicant['name'] {
  return { th: th || en, en: en || th }
}
