import { memberOf } from '../address.ts'
import type { GatewayGround } from '../gateway/ground.ts'
import type { PeerQuestions } from '../gateway/peer/questions.ts'
import { delivery } from './deliver.ts'
import { handOn } from './hand-on.ts'
import { claimIncoming, deleteOldIncoming } from './store/incoming.ts'
import {
  awaitedPairs,
  buryAbandoned,
  buryUntold,
  claimOutgoing,
  deleteOldOutgoing,
} from './store/outgoing.ts'
import { deleteOldTopicEvents } from './store/topic-events.ts'
import { tellOutcome } from './tell-outcome.ts'

/** Sets both sides of a gateway's queues to work. */
export function startQueues(ground: GatewayGround, questions: PeerQuestions): void {
  const { pool, queues, settings } = ground
  const { lease } = settings.queue
  queues.outgoing.start({ claim: (most) => claimOutgoing(pool, most, lease), run: delivery(ground) })
  queues.incoming.start({
    claim: (most) => claimIncoming(pool, most, lease),
    run: (message) =>
      message.state === 'waiting' ? handOn(ground, message) : tellOutcome(ground, questions, message),
  })
}

/** Makes dead letters of what was delivered to members, or by members, that have left since: nobody will tell of it any more. */
export async function buryOfLeft({
  pool,
  directory,
}: Pick<GatewayGround, 'pool' | 'directory'>): Promise<void> {
  const view = directory.current()
  const isLeft = (id: string) => view.gatewaysOf(memberOf(id)).length === 0
  for (const pair of await awaitedPairs(pool)) {
    if (isLeft(pair.service)) await buryAbandoned(pool, pair, 'provider-without-gateway')
    else if (isLeft(pair.client)) await buryAbandoned(pool, pair, 'client-unknown')
  }
}

/** Gives up what nobody told of, and forgets what was done with so long ago that nobody asks for it. */
export async function tidyQueues(ground: GatewayGround): Promise<void> {
  const { pool, clock, settings } = ground
  await buryOfLeft(ground)
  // The receiver has its own time from the delivery on.
  await buryUntold(pool, clock() - settings.queue.giveUpAfter * 1000)
  const before = clock() - settings.queue.keep * 1000
  await deleteOldOutgoing(pool, before)
  await deleteOldIncoming(pool, before)
  await deleteOldTopicEvents(pool, clock() - settings.queue.keepEvents * 1000)
}
