import type { Need, Visitor } from '@sapan/identity'
import { Problem } from '@sapan/kernel'
import { apiProblems, applicationsScope, servicesApiRoutes } from '@sapan/services'
import type { SiteRoute } from '@sapan/ui'
import type { House } from '../identity/house.ts'
import type { ServicesHouse } from './house.ts'

/** The API of services on the portal's site, for whoever's program has an access token of the issuer. */
export function servicesApi(
  { rooms, ground: { levels } }: Pick<House, 'rooms' | 'ground'>,
  { ground, drafts, places }: ServicesHouse,
): SiteRoute<Visitor, Need>[] {
  return servicesApiRoutes({
    ...{ ground, drafts, places },
    meets: (has, needs) => levels.meets(has, needs),
    authenticate: async (call) => {
      const caller = await rooms.provider.personCaller({ ...call, scope: applicationsScope }).catch(refused)
      const { th, en } = await rooms.nameOf(caller.account)
      return { ...caller, name: th || en }
    },
  })
}

function refused(error: unknown): never {
  if (error instanceof Problem && error.code === 'system-token-needed')
    throw new Problem(apiProblems['api-token-needed'], { cause: error })
  throw error
}
