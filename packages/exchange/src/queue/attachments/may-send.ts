import { memberOf, parseSubsystem, subsystemOf } from '../../address.ts'
import type { GatewayGround } from '../../gateway/ground.ts'
import { chooseGrant } from '../../grant/choose.ts'
import { exchangeProblem } from '../../problems.ts'

export interface AttachmentQueue {
  readonly service: string
  readonly operation: string
}

/**
 * Who may send messages to a queue may upload what goes with them, and nobody else. Throws the problems with which such a
 * message would be refused: `member-unknown`, `queue-unknown`, and those of `chooseGrant`.
 */
export async function checkMaySend(
  ground: GatewayGround,
  client: string,
  { service, operation }: AttachmentQueue,
  purpose: string | undefined,
): Promise<void> {
  parseSubsystem(subsystemOf(service))
  const view = ground.directory.current()
  const member = memberOf(service)
  if (!view.member(member)) throw exchangeProblem('member-unknown', { extensions: { member } })
  const { description } = await ground.descriptions.of(view, service)
  const queue = description.operations.find(({ id }) => id === operation)?.queue
  if (!queue) throw exchangeProblem('queue-unknown', { extensions: { service } })
  const held = await ground.heldGrants.inForce(view, member, client, service)
  chooseGrant(
    held.map(({ grant }) => grant),
    { consumer: client, service, operation, queryNames: [], at: ground.clock(), purpose },
  )
}
