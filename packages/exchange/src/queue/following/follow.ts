import { Problem } from '@sapan/kernel'
import { memberOf } from '../../address.ts'
import { consumerPipeline } from '../../gateway/consumer/pipeline.ts'
import type { GatewayGround } from '../../gateway/ground.ts'
import { retryDelay } from '../backoff.ts'
import { findClient } from '../steps/find-client.ts'
import { advanceTo, beginFollowing, claimFollowed, keepBatch, retryFollowed } from '../store/followed.ts'
import { tellSystem } from '../tell-system.ts'
import type { QueueWork } from '../worker.ts'
import { openBatch, sealBatch } from './batch-content.ts'
import type { EventBatch, Followed } from './followed.ts'
import { readEvents } from './read-events.ts'

type FollowedTopic = GatewayGround['settings']['queue']['follow'][number]

/**
 * Reads topics for members' own systems and hands them what came: at least once, in the order in which it was published. What
 * was read is kept until it is taken, so that the people in it are looked at once, and not at each try.
 */
export function following(ground: GatewayGround): QueueWork<Followed> {
  const { pool, settings, signers } = ground
  const pipeline = consumerPipeline(ground, findClient(ground))
  let begun: ReadonlySet<FollowedTopic> = new Set()
  return {
    claim: async (most) => {
      const topics = settings.queue.follow.filter(({ client }) => stays(signers, memberOf(client)))
      const fresh = topics.filter((topic) => !begun.has(topic))
      if (fresh.length > 0) await beginFollowing(pool, fresh)
      // Of a member that leaves and comes back, it begins anew.
      begun = new Set(topics)
      return claimFollowed(pool, topics, most, settings.queue.lease)
    },
    run: async (followed) => {
      const topic = settings.queue.follow.find((one) => isSame(one, followed))
      if (!topic) return
      try {
        await goOn(topic, followed)
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        const { client, service, operation, attempts } = followed
        const about = { client, service, operation, problem: error.code }
        ground.log.info(about, 'the events of a topic could not be handed over')
        // No slower than it reads anyway: what somebody has mended goes on soon.
        const backoff = { firstRetry: settings.queue.firstRetry, longestRetry: topic.seconds }
        await retryFollowed(pool, followed, { delay: retryDelay(attempts, backoff), problem: error.code })
      }
    },
  }

  /** One batch, so that a lease is never long. */
  async function goOn(topic: FollowedTopic, followed: Followed): Promise<void> {
    const batch = followed.batch ?? (await read(topic, followed))
    if (!batch) return
    await handOver(ground, topic, followed, batch)
    await advanceTo(pool, followed, { place: batch.place, taken: true, delay: 0 })
  }

  /** The next batch, kept; undefined where there is nothing new. */
  async function read(topic: FollowedTopic, followed: Followed): Promise<EventBatch | undefined> {
    const { purpose, seconds } = topic
    const { place, isEmpty, body, exchange } = await readEvents(ground, pipeline, { ...followed, purpose })
    if (isEmpty) {
      await advanceTo(pool, followed, { place, taken: false, delay: seconds })
      return undefined
    }
    const batch = { content: sealBatch(ground.sealer, followed, body), place, exchange }
    await keepBatch(pool, followed, batch)
    return batch
  }
}

async function handOver(
  ground: GatewayGround,
  { url }: FollowedTopic,
  followed: Followed,
  { content, exchange }: EventBatch,
): Promise<void> {
  ground.signers.checkStays(memberOf(followed.client))
  await tellSystem(ground, url, {
    headers: [
      ...['x-road-client', followed.client, 'x-road-service', followed.service],
      ...(exchange === null ? [] : ['sapan-exchange', exchange]),
    ],
    body: openBatch(ground.sealer, followed, content),
  })
}

/** Where a member moves in, how far its systems have read comes with it. */
function stays(signers: GatewayGround['signers'], member: string): boolean {
  return signers.hosts(member) && !signers.isMoving(member)
}

function isSame(topic: FollowedTopic, { client, service, operation }: Followed): boolean {
  return topic.client === client && topic.service === service && topic.operation === operation
}
