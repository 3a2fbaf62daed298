import { migrate } from '@sapan/kernel'
import { createSite, type Site } from '@sapan/ui'
import { centerRoutes } from './center/routes.ts'
import type { AdminDoor } from './door.ts'
import { operatorFrame } from './frame.ts'
import { gatewayRoutes } from './gateway/routes.ts'
import type { OperatorSiteOptions } from './options.ts'
import { listingOf } from './sign-in/openid/options.ts'
import { openidRoutes } from './sign-in/openid/routes.ts'
import { signInRoutes } from './sign-in/routes.ts'
import { type Allowed, OperatorSession } from './sign-in/session.ts'
import type { OperatorNeed, OperatorVisitor } from './visitor.ts'

/** The center has one operator's token, which allows everything; a gateway has operators of single members too. */
const allowedBy = {
  gateway: (door: AdminDoor) => door.get<Allowed>('/v1/caller'),
  center: async (door: AdminDoor): Promise<Allowed> => {
    await door.get('/v1/gateways')
    return { role: 'change', opens: false, whole: true }
  },
}

const sweepEveryMs = 600_000

/** Below what the operator's pages stand; their style sheet, letters and problem pages lie beside it. */
export const operatorPath = '/operator'

/**
 * The operator's pages of one gateway or of the center. Brings the tables of its sign-ins up to date; opens no socket: its handler is
 * given to the server of the operator's API.
 */
export async function createOperatorSite(options: OperatorSiteOptions): Promise<Site> {
  const { pool, clock, log, origin, cookieSecret, inject, name, kind } = options
  await migrate(pool, 'operator', new URL('./sign-in/migrations/', import.meta.url))
  // Gateways of one machine share its host, and so their cookies (RFC 6265 §8.5).
  const cookiePrefix = `operator-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`
  const isListed = (listing: string) =>
    options.openid?.operators.some((operator) => listingOf(operator) === listing) === true
  const may = allowedBy[kind]
  const session = new OperatorSession({ pool, clock, origin, cookiePrefix, inject, isListed, may })
  const site = createSite<OperatorVisitor | undefined, OperatorNeed>({
    origin,
    cookiePrefix,
    cookieSecret,
    frame: operatorFrame(options),
    routes: [
      ...signInRoutes(options, session),
      ...openidRoutes(options, session),
      ...(kind === 'gateway' ? gatewayRoutes(options) : centerRoutes()),
    ],
    admit: session.admit,
    log,
  })
  const sweeping = setInterval(() => {
    Promise.all([session.links.deleteOld(), session.sessions.deleteOld()]).catch((error: unknown) => {
      log.warn({ err: error }, 'old sign-ins could not be deleted')
    })
  }, sweepEveryMs)
  sweeping.unref()
  return {
    ...site,
    close: async () => {
      clearInterval(sweeping)
      await site.close()
    },
  }
}
