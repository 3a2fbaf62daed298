import { memberOf } from '../address.ts'
import type { GatewayGround } from '../gateway/ground.ts'
import type { PeerQuestions } from '../gateway/peer/questions.ts'
import { callBack, calledBack } from './call-back.ts'
import { delivery } from './deliver.ts'
import { following } from './following/follow.ts'
import { handOn } from './hand-on.ts'
import { deleteOldAttachments } from './store/attachments.ts'
import { claimCallbacks } from './store/callbacks.ts'
import { forgetBatches } from './store/followed.ts'
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

/** Sets a gateway's queues to work. */
export function startQueues(ground: GatewayGround, questions: PeerQuestions): void {
  const { pool, queues, settings } = ground
  const { lease } = settings.queue
  queues.outgoing.start({
    claim: (most, busy) => claimOutgoing(pool, most, lease, busy),
    run: delivery(ground, questions),
    waitsFor: ({ service }) => service,
  })
  queues.attached.start({
    claim: (most, busy) => claimOutgoing(pool, most, lease, busy, true),
    run: delivery(ground, questions),
  })
  queues.callbacks.start({
    claim: (most, busy) => claimCallbacks(pool, most, lease, busy),
    waitsFor: ({ client }) => client,
    run: (callback) => callBack(ground, callback),
  })
  if (settings.queue.follow.length > 0) queues.followed.start(following(ground))
  queues.incoming.start({
    claim: (most, busy) => claimIncoming(pool, most, lease, busy),
    waitsFor: ({ state, service, client }) => (state === 'waiting' ? service : client),
    run: (message) =>
      message.state === 'waiting' ? handOn(ground, message) : tellOutcome(ground, questions, message),
  })
}

/** Makes dead letters of what was delivered to members, or by members, that have left since: nobody will tell of it any more. */
export async function buryOfLeft({
  pool,
  directory,
  settings,
}: Pick<GatewayGround, 'pool' | 'directory' | 'settings'>): Promise<void> {
  const view = directory.current()
  const told = calledBack({ settings })
  const isLeft = (id: string) => view.gatewaysOf(memberOf(id)).length === 0
  for (const pair of await awaitedPairs(pool)) {
    if (isLeft(pair.service)) await buryAbandoned(pool, pair, 'provider-without-gateway', told)
    else if (isLeft(pair.client)) await buryAbandoned(pool, pair, 'client-unknown', told)
  }
}

/** Gives up what nobody told of, and forgets what was done with so long ago that nobody asks for it. */
export async function tidyQueues(ground: GatewayGround): Promise<void> {
  const { pool, clock, settings } = ground
  await buryOfLeft(ground)
  // The receiver has its own time from the delivery on.
  await buryUntold(pool, clock() - settings.queue.giveUpAfter * 1000, calledBack(ground))
  const before = clock() - settings.queue.keep * 1000
  await deleteOldOutgoing(pool, before)
  await deleteOldIncoming(pool, before)
  const { keepUnnamed, keepTaken } = settings.queue.attachments
  await deleteOldAttachments(pool, {
    untouchedSince: clock() - keepUnnamed * 1000,
    takenSince: clock() - keepTaken * 1000,
  })
  await forgetBatches(pool, settings.queue.follow)
  await deleteOldTopicEvents(pool, clock() - settings.queue.keepEvents * 1000)
}
