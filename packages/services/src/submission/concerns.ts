import type { CaseAbout, CaseConcerns, CaseOpening } from '@sapan/casework'
import type { Interests } from '@sapan/identity'
import type { Applicant } from '../application/application.ts'
import type { ServicesGround } from '../ground.ts'
import { partiesBy } from './who.ts'

type Ground = Pick<ServicesGround, 'rooms' | 'hashKey'>
type Source = Interests['silent'][number]['source']

/** `self`: who handed it in, for themselves. */
const kinds = { company: 'company', child: 'person', self: 'self' } as const

/** Of what kinds the parties of a case are that is handed in: it says which registers know who acts for them. */
export function kindsOf(
  { kind, mandate }: Pick<Applicant, 'kind' | 'mandate'>,
  consents: CaseOpening['consents'] = [],
): readonly string[] {
  const acting = kind === 'company' ? kinds.company : kinds.child
  const asked = consents.length === 0 ? [] : [kinds.child]
  return [...new Set([mandate === undefined ? kinds.self : acting, ...asked])]
}

/**
 * Who has a part in a case themselves, as casework asks it. What a register said last counts while it is silent; that it
 * said nothing does not.
 */
export function createConcerns(ground: Ground): CaseConcerns {
  const interests = (account: string) => ground.rooms.mandates.interests(account)
  return {
    async interestsOf(account) {
      const { held, silent } = await interests(account)
      return {
        parties: await partiesBy(ground, account, held),
        silent: silent.map(({ source, name }) => ({ kind: kinds[source], register: name })),
      }
    },
    async isConcerned(account, about) {
      if (account === about.applicant) return 'yes'
      const { held, silent } = await interests(account)
      const own = await partiesBy(ground, account, held)
      if (own.some((one) => about.parties.includes(one))) return 'yes'
      const asked = await Promise.all(silent.map(({ source }) => mightSay(ground, source, about)))
      const unknown = silent.filter((_, index) => asked[index])
      return unknown.length === 0 ? 'no' : { unknown: unknown.map(({ name }) => name) }
    },
  }
}

/** Whether a register could say that somebody acts for whom a case is about. Of age, people have no parents who do. */
async function mightSay({ rooms }: Ground, source: Source, about: CaseAbout): Promise<boolean> {
  if (about.kinds === undefined || about.kinds.includes(kinds[source])) return true
  const isOfSelf = source === 'child' && about.kinds.includes(kinds.self)
  return isOfSelf && (await rooms.mandates.mayBeUnderAge(about.applicant))
}
