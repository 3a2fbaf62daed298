import type { OperatorRoute } from '../visitor.ts'
import { addMemberRoutes } from './add-member.ts'
import { certificateRoutes } from './certificates.ts'
import { changeRoutes } from './changes.ts'
import { gatewayRoutes } from './gateways.ts'
import { healthRoutes } from './health.ts'
import { homeRoutes } from './home.ts'
import { joinTokenRoutes } from './join-token.ts'
import { memberRoutes } from './members.ts'
import { settingsRoutes } from './settings.ts'

/** The pages of the center. */
export function centerRoutes(): OperatorRoute[] {
  return [
    ...homeRoutes(),
    ...healthRoutes(),
    ...addMemberRoutes(),
    ...memberRoutes(),
    ...joinTokenRoutes(),
    ...gatewayRoutes(),
    ...certificateRoutes(),
    ...changeRoutes(),
    ...settingsRoutes(),
  ]
}
