import type { Need, Visitor } from '@sapan/identity'
import { applicationsScope, servicesApiRoutes } from '@sapan/services'
import type { SiteRoute } from '@sapan/ui'
import type { House } from '../identity/house.ts'
import type { ServicesHouse } from './house.ts'

/** The API of services on the portal's site, for whoever's program has an access token of the issuer. */
export function servicesApi(
  { rooms, ground: { levels, file } }: Pick<House, 'rooms' | 'ground'>,
  { ground, drafts, places, catalogue }: ServicesHouse,
): SiteRoute<Visitor, Need>[] {
  return servicesApiRoutes({
    ...{ ground, drafts, places },
    eventName: (code) => catalogue.lifeEvents.find((event) => event.code === code)?.name,
    issuer: file.issuer,
    meets: (has, needs) => levels.meets(has, needs),
    acrOf: (level) => levels.acrOf(level),
    authenticate: async (call) => {
      const caller = await rooms.provider.personCaller({ ...call, scope: applicationsScope })
      if (typeof caller === 'string') return caller
      const { th, en } = await rooms.nameOf(caller.account)
      return { ...caller, name: th || en }
    },
  })
}
