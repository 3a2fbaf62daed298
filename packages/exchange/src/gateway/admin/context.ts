import type { Alerts } from '../../alerts/alerts.ts'
import type { Reach } from '../checks/peers.ts'
import type { EdgeCredentials } from '../edge/credentials.ts'
import type { GatewayGround } from '../ground.ts'
import type { Hosting } from '../hosting.ts'
import type { MoveIn } from '../moving/move-in.ts'
import type { MoveOut } from '../moving/move-out.ts'
import type { Publisher } from '../publisher.ts'

/** What the operator's routes need beside the gateway's ground. */
export interface AdminContext {
  readonly ground: GatewayGround
  readonly credentials: EdgeCredentials
  readonly publisher: Publisher
  readonly hosting: Hosting
  readonly moveOut: MoveOut
  readonly moveIn: MoveIn
  /** Asks the center for new certificates now. */
  renewCertificates(): Promise<void>
  readonly alerts: Alerts
  /** Speaks to another gateway, only to see whether it answers. */
  readonly reach: Reach
  /** Settles exchanges that a crash left one-sided. */
  reconcile(): Promise<unknown>
  /** Begins a new epoch of the member's log, and has it published. */
  recover(member: string): Promise<unknown>
}
