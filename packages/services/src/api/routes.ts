import type { Need, Visitor } from '@sapan/identity'
import type { SiteRoute } from '@sapan/ui'
import { json } from './answer.ts'
import { caseApiRoutes } from './case-routes.ts'
import { disputeApiRoutes } from './dispute-routes.ts'
import { draftApiRoutes } from './draft-routes.ts'
import { fileApiRoutes } from './file-routes.ts'
import { applicationsScope, type ServicesApiOptions } from './options.ts'
import { publicApiRoutes } from './public-routes.ts'
import { metadataPath } from './refusal.ts'
import { replyApiRoutes } from './reply-routes.ts'
import { sayApiRoutes } from './say-routes.ts'

/** The HTTP API that comes from each definition, on the portal's site: `/api/services…`, `/api/applications…`. */
export function servicesApiRoutes(options: ServicesApiOptions): SiteRoute<Visitor, Need>[] {
  return [
    ...publicApiRoutes(options),
    ...draftApiRoutes(options),
    ...disputeApiRoutes(options),
    ...fileApiRoutes(options),
    ...caseApiRoutes(options),
    ...sayApiRoutes(options),
    ...replyApiRoutes(options),
    metadataRoute(options),
  ]
}

/** Where programs learn who gives tokens out, and for which scope (RFC 9728). */
function metadataRoute({ ground, issuer }: ServicesApiOptions): SiteRoute<Visitor, Need> {
  const metadata = {
    resource: ground.portal,
    authorization_servers: [issuer],
    scopes_supported: [applicationsScope],
    bearer_methods_supported: ['header'],
    dpop_signing_alg_values_supported: ['ES256', 'PS256', 'EdDSA'],
    resource_documentation: `${ground.portal}/api/services`,
  }
  return { method: 'GET', path: metadataPath, machine: true, handle: () => json(metadata) }
}
