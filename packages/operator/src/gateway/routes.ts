import type { OperatorSiteOptions } from '../options.ts'
import type { OperatorRoute } from '../visitor.ts'
import { addServiceRoutes } from './add-service.ts'
import { certificateRoutes } from './certificates.ts'
import { credentialRoutes } from './credentials.ts'
import { deadLetterRoutes } from './dead-letter.ts'
import { endGrantRoutes } from './end-grant.ts'
import { endServiceRoutes } from './end-service.ts'
import { exchangeRoutes } from './exchanges.ts'
import { followedRoutes } from './followed.ts'
import { gdxRoutes } from './gdx.ts'
import { giveGrantRoutes } from './give-grant.ts'
import { grantRoutes } from './grants.ts'
import { healthRoutes } from './health.ts'
import { homeRoutes } from './home.ts'
import { memberRoutes } from './members.ts'
import { messageRoutes } from './messages.ts'
import { NameKeeper } from './names.ts'
import { openingRoutes } from './opening.ts'
import { operatorRoutes } from './operators.ts'
import { processingRecordRoutes } from './processing-record.ts'
import { serviceRoutes } from './services.ts'
import { settingsRoutes } from './settings.ts'
import { verificationRoutes } from './verification.ts'

/** The pages of a gateway. */
export function gatewayRoutes(options: OperatorSiteOptions): OperatorRoute[] {
  const names = new NameKeeper()
  return [
    ...homeRoutes(options),
    ...healthRoutes(),
    ...exchangeRoutes(names),
    ...verificationRoutes(),
    ...openingRoutes(),
    ...giveGrantRoutes(names),
    ...endGrantRoutes(names),
    ...grantRoutes(names),
    ...addServiceRoutes(names),
    ...endServiceRoutes(),
    ...serviceRoutes(names),
    ...credentialRoutes(names),
    ...gdxRoutes(names),
    ...processingRecordRoutes(),
    ...deadLetterRoutes(),
    ...messageRoutes(names),
    ...followedRoutes(names),
    ...memberRoutes(names),
    ...certificateRoutes(),
    ...operatorRoutes(),
    ...settingsRoutes(),
  ]
}
