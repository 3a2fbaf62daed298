import type { Need, Visitor } from '@sapan/identity'
import type { SiteFile, SiteMethod, SiteRequest, SiteRoute } from '@sapan/ui'
import { once } from './once.ts'
import type { ApiCaller, ServicesApiOptions } from './options.ts'
import { refusal } from './refusal.ts'
import { callerOf } from './who.ts'

export type ApiRequest = SiteRequest<Visitor>
export type ApiRoute = SiteRoute<Visitor, Need>

/** What a route does for the person whose program calls. */
export type PersonWork = (request: ApiRequest, who: ApiCaller) => Promise<SiteFile>

/** A route for programs of people: who calls is proved first, and what creates is done once under its key. */
export function personRoute(options: ServicesApiOptions) {
  const { ground } = options
  // A proof of a call (DPoP) serves once.
  const proved = new WeakMap<object, ApiCaller>()
  return (
    method: SiteMethod,
    path: string,
    work: PersonWork,
    more: Pick<ApiRoute, 'uploadBytes'> = {},
  ): ApiRoute => ({
    ...{ method, path, ...more },
    machine: true,
    // Nobody's files are read before it is known whose program sends them.
    beforeBody: async (request) => {
      try {
        if (request.raw !== undefined) proved.set(request.raw.request, await callerOf(options, request))
        return undefined
      } catch (error) {
        return refusal(error, ground.portal, request)
      }
    },
    handle: async (request) => {
      const toldOf = (error: unknown) => refusal(error, ground.portal, request)
      try {
        const who = (request.raw && proved.get(request.raw.request)) ?? (await callerOf(options, request))
        const told = () => work(request, who).catch(toldOf)
        return method === 'POST' ? await once(ground, { request, who }, told) : await told()
      } catch (error) {
        return toldOf(error)
      }
    },
  })
}
