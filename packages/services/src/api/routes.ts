import type { Need, Visitor } from '@sapan/identity'
import type { SiteRoute } from '@sapan/ui'
import { caseApiRoutes } from './case-routes.ts'
import { draftApiRoutes } from './draft-routes.ts'
import type { ServicesApiOptions } from './options.ts'
import { publicApiRoutes } from './public-routes.ts'

/** The HTTP API that comes from each definition, on the portal's site: `/api/services…`, `/api/applications…`. */
export function servicesApiRoutes(options: ServicesApiOptions): SiteRoute<Visitor, Need>[] {
  return [...publicApiRoutes(options), ...draftApiRoutes(options), ...caseApiRoutes(options)]
}
