import type { Clock, Logger, Pool } from '@sapan/kernel'
import type { Phase } from '@sapan/ui'
import type { Inject } from './door.ts'
import type { OpenidOptions } from './sign-in/openid/options.ts'

export interface OperatorSiteOptions {
  /** Of what these are the pages: a gateway, or the center. */
  readonly kind: 'gateway' | 'center'
  /** How the gateway is called (`TH/GOV/DOPA/gateway-1`), or the country of the center. */
  readonly name: string
  /** Where operators open the pages: `http://127.0.0.1:4103`, without a slash at the end. */
  readonly origin: string
  /** 32 random bytes that all processes of the site share. */
  readonly cookieSecret: Uint8Array
  /** The database of the gateway or the center, in which sign-ins have a schema of their own. */
  readonly pool: Pool
  readonly clock: Clock
  readonly log: Logger
  /** The operator's API of the same process. */
  readonly inject: Inject
  /** Absent: one signs in by a link alone. */
  readonly openid?: OpenidOptions
  readonly phase?: Phase
}
