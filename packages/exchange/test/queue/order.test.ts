import { randomUUID } from 'node:crypto'
import { createLogger } from '@sapan/kernel'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestDatabase } from '../../../kernel/test/database.ts'
import { exchangeProblem, type exchangeProblems } from '../../src/problems.ts'
import { isDeadly, isFinal, retryDelay } from '../../src/queue/backoff.ts'
import { QueueDepth } from '../../src/queue/depth.ts'
import { placeBehind } from '../../src/queue/following/place-behind.ts'
import type { OutgoingMessage } from '../../src/queue/message.ts'
import { claimCallbacks, endCallback } from '../../src/queue/store/callbacks.ts'
import {
  advanceTo,
  beginFollowing,
  claimFollowed,
  forgetBatches,
  keepBatch,
  listFollowed,
  retryFollowed,
} from '../../src/queue/store/followed.ts'
import { keepIncoming } from '../../src/queue/store/incoming.ts'
import {
  buryOutgoing,
  buryUntold,
  claimOutgoing,
  findOutgoing,
  insertOutgoing,
  markDelivered,
  retryOutgoing,
  settleOutgoing,
} from '../../src/queue/store/outgoing.ts'
import { QueueWorker } from '../../src/queue/worker.ts'
import { gatewayDatabase } from '../databases.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await gatewayDatabase()
})
afterAll(() => database?.drop())

const about = { client: 'TH/GOV/RD/main', service: 'TH/GOV/DOPA/main/notice-v1', operation: 'tellMove' }
const bytes = Buffer.from('x')
const soon = Date.now() + 3_600_000

async function queued(key: string | null): Promise<OutgoingMessage> {
  const kept = await insertOutgoing(database.pool, {
    ...about,
    message: randomUUID(),
    target: '/r1/TH/GOV/DOPA/main/notice-v1/moves',
    orderKey: key === null ? null : Buffer.from(key),
    digest: bytes,
    content: bytes,
    expiresAt: soon,
    receiptQueued: 'receipt',
  })
  if (!kept) throw new Error('an id came twice')
  return kept
}

/** What may happen to a message that a worker has taken. */
const happening = fc.constantFrom('delivered', 'accepted', 'rejected', 'retried', 'buried', 'killed')

async function happen(what: string, { number }: OutgoingMessage): Promise<boolean> {
  const { pool } = database
  const outcome = { receipt: 'receipt', problem: null, reason: null }
  if (what === 'retried')
    await retryOutgoing(pool, number, { delay: 0, problem: 'gateway-unreachable', exchange: null })
  if (what === 'buried') await buryOutgoing(pool, number, { problem: 'no-grant', exchange: null }, [])
  if (what === 'killed') {
    await pool.query('update queue.outgoing set leased_until = now() where number = $1', [number])
  }
  if (what === 'delivered') {
    await markDelivered(pool, number, { receipt: 'receipt', exchange: null })
    await settleOutgoing(pool, number, { ...outcome, state: 'accepted' }, [])
  }
  if (what === 'accepted' || what === 'rejected') {
    // The outcome may come before the answer to the delivery.
    await settleOutgoing(pool, number, { ...outcome, state: what }, [])
    await markDelivered(pool, number, { receipt: 'receipt', exchange: null })
  }
  return what !== 'retried' && what !== 'killed'
}

describe('messages in order', () => {
  it('go out one at a time for each key, whatever happens to them, and none stays behind', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('a', 'b', null), { minLength: 1, maxLength: 8 }),
        fc.infiniteStream(happening),
        async (keys, happenings) => {
          await database.pool.query('delete from queue.outgoing')
          const left: { key: string | null; number: number }[] = []
          for (const key of keys) left.push({ key, number: (await queued(key)).number })
          for (let turn = 0; left.length > 0 && turn < 200; turn++) {
            const claims = await Promise.all([
              claimOutgoing(database.pool, 2, 60),
              claimOutgoing(database.pool, 2, 60),
            ])
            const taken = claims.flat()
            expect(new Set(taken.map(({ number }) => number)).size).toBe(taken.length)
            for (const message of taken) {
              const { key } = left.find(({ number }) => number === message.number) ?? { key: 'gone' }
              expect(key).not.toBe('gone')
              if (key !== null) expect(left.find((one) => one.key === key)?.number).toBe(message.number)
            }
            for (const message of taken) {
              const isDone = await happen(happenings.next().value ?? 'accepted', message)
              if (isDone)
                left.splice(
                  left.findIndex(({ number }) => number === message.number),
                  1,
                )
            }
          }
          expect(left).toEqual([])
        },
      ),
      { numRuns: 25 },
    )
  })
})

describe('one receiver that takes its time', () => {
  it('keeps nobody else’s messages back, however many wait for it', async () => {
    const { pool } = database
    await pool.query('delete from queue.outgoing')
    for (let left = 40; left > 0; left -= 1) await queued(null)
    const other = await queued(null)
    await pool.query("update queue.outgoing set service = 'TH/GOV/OTHER/main/x-v1' where number = $1", [
      other.number,
    ])
    const slow = Promise.withResolvers<void>()
    const begun: number[] = []
    const worker = new QueueWorker<OutgoingMessage>(createLogger({ name: 'test', level: 'silent' }))
    worker.start({
      claim: (most, busy) => claimOutgoing(pool, most, 60, busy),
      waitsFor: ({ service }) => service,
      run: async ({ number, service }) => {
        begun.push(number)
        if (service === other.service) await slow.promise
        await settleOutgoing(
          pool,
          number,
          { state: 'accepted', receipt: 'receipt', problem: null, reason: null },
          [],
        )
      },
    })
    await expect.poll(() => begun).toContain(other.number)
    expect(begun.length).toBeLessThan(10)
    slow.resolve()
    await expect.poll(() => begun.length).toBe(41)
    await worker.stop()
  })
})

describe('what was delivered and never told of', () => {
  it('is a dead letter when its time is over, and no longer in the way; a late outcome still counts', async () => {
    const { pool } = database
    await pool.query('delete from queue.outgoing')
    const [first, second] = [await queued('a'), await queued('a')]
    await markDelivered(pool, first.number, { receipt: 'receipt', exchange: null })
    await buryUntold(pool, soon, [])
    expect(await claimOutgoing(pool, 5, 60)).toEqual([])
    await buryUntold(pool, soon + 1, [])
    expect(await findOutgoing(pool, first.number)).toMatchObject({
      state: 'dead',
      problem: 'message-not-taken',
    })
    expect((await claimOutgoing(pool, 5, 60)).map(({ number }) => number)).toEqual([second.number])
    await settleOutgoing(
      pool,
      first.number,
      {
        state: 'accepted',
        receipt: 'late',
        problem: null,
        reason: null,
      },
      [],
    )
    expect(await findOutgoing(pool, first.number)).toMatchObject({ state: 'accepted', problem: null })
  })
})

describe('callbacks', () => {
  it('are made by one process at a time, of one order and of one message one after the other', async () => {
    const { pool } = database
    await pool.query('delete from queue.outgoing')
    const [first, second, alone] = [await queued('a'), await queued('a'), await queued(null)]
    const accepted = { state: 'accepted', receipt: 'receipt', problem: null, reason: null } as const
    await buryOutgoing(pool, alone.number, { problem: 'no-grant', exchange: null }, [about.client])
    for (const { number } of [first, second, alone])
      await settleOutgoing(pool, number, accepted, [about.client])
    await settleOutgoing(pool, first.number, accepted, [about.client])
    const claim = async () => {
      const claims = await Promise.all([claimCallbacks(pool, 2, 60), claimCallbacks(pool, 2, 60)])
      return claims.flat().sort((a, b) => a.outgoing - b.outgoing)
    }
    const early = await claim()
    expect(early.map(({ outgoing }) => outgoing)).toEqual([first.number, alone.number])
    expect(await claim()).toEqual([])
    for (const { number } of early) await endCallback(pool, number)
    const late = await claim()
    expect(late.map(({ outgoing }) => outgoing)).toEqual([second.number, alone.number])
    await pool.query('update queue.callback set leased_until = now()')
    expect((await claim()).map(({ attempts }) => attempts)).toEqual([2, 2])
    for (const { number } of late) await endCallback(pool, number)
    expect((await pool.query('select from queue.callback')).rowCount).toBe(0)
  })

  it('are for senders alone whose operator has said so, and gone with their message', async () => {
    const { pool } = database
    const [one, other] = [await queued(null), await queued(null)]
    await buryOutgoing(pool, one.number, { problem: 'no-grant', exchange: null }, ['TH/GOV/RD/other'])
    await buryOutgoing(pool, other.number, { problem: 'no-grant', exchange: null }, [about.client])
    const left = async () => (await pool.query('select outgoing from queue.callback')).rows
    expect(await left()).toEqual([{ outgoing: String(other.number) }])
    await pool.query('delete from queue.outgoing where number = $1', [other.number])
    expect(await left()).toEqual([])
  })
})

describe('a topic that is followed by several processes', () => {
  it('is worked at by one at a time; one whose lease was over takes nothing back', async () => {
    const { pool } = database
    const reader = { client: 'TH/GOV/RD/main', service: 's', operation: 'o' }
    await Promise.all([beginFollowing(pool, [reader]), beginFollowing(pool, [reader])])
    const claims = await Promise.all([
      claimFollowed(pool, [reader], 5, 60),
      claimFollowed(pool, [reader], 5, 60),
    ])
    const [slow, ...others] = claims.flat()
    expect(others).toEqual([])
    if (!slow) throw new Error('nobody works at it')
    await pool.query('update queue.followed set leased_until = now()')
    const [quick] = await claimFollowed(pool, [reader], 5, 60)
    if (!quick) throw new Error('nobody took it over')
    await advanceTo(pool, quick, { place: 7, taken: true, delay: 60 })
    await keepBatch(pool, slow, { content: bytes, place: 5, exchange: null })
    await advanceTo(pool, slow, { place: 5, taken: true, delay: 0 })
    await retryFollowed(pool, slow, { delay: 0, problem: 'message-put-off' })
    expect(await listFollowed(pool)).toMatchObject([{ place: 7, batch: null, problem: null }])
    expect(await claimFollowed(pool, [reader], 5, 60)).toEqual([])
  })

  it('that nobody reads for any more keeps its place, and nothing that was read', async () => {
    const { pool } = database
    const [at] = await listFollowed(pool)
    if (!at) throw new Error('nothing is followed')
    await keepBatch(pool, at, { content: bytes, place: 9, exchange: null })
    await forgetBatches(pool, [at])
    const content = async () => (await pool.query('select batch, place from queue.followed')).rows
    expect(await content()).toEqual([{ batch: bytes, place: '7' }])
    await forgetBatches(pool, [])
    expect(await content()).toEqual([{ batch: null, place: '7' }])
  })
})

describe('the answer of a topic', () => {
  const behind = (text: string, place: number | null) => placeBehind(Buffer.from(text), place)

  it('leads on, or stays where it was while there is nothing new', () => {
    expect(behind('{"events":[{}],"next":"7"}', null)).toEqual({ place: 7, isEmpty: false })
    expect(behind('{"events":[{}],"next":"7"}', 6)).toEqual({ place: 7, isEmpty: false })
    expect(behind('{"events":[],"next":"6"}', 6)).toEqual({ place: 6, isEmpty: true })
    expect(behind('{"events":[],"next":"0"}', null)).toEqual({ place: 0, isEmpty: true })
  })

  it.each([
    ['{"events":[{}]}', 'topic-place-not-granted'],
    ['{"next":"7"}', 'topic-place-not-granted'],
    ['{"events":{},"next":"7"}', 'topic-place-not-granted'],
    ['[]', 'topic-place-not-granted'],
    ['not JSON', 'topic-place-not-granted'],
    ['{"events":[{}],"next":"6"}', 'gateway-answer-invalid'],
    ['{"events":[],"next":"5"}', 'gateway-answer-invalid'],
    ['{"events":[{}],"next":7}', 'gateway-answer-invalid'],
    ['{"events":[{}],"next":"-7"}', 'gateway-answer-invalid'],
    ['{"events":[{}],"next":"9999999999999999"}', 'gateway-answer-invalid'],
  ])('that reads %s is not handed over', (text, code) => {
    expect(() => behind(text, 6)).toThrow(expect.objectContaining({ code }))
  })
})

describe('a message that comes again and again', () => {
  it('is kept once, however many bring it at once', async () => {
    const message = {
      ...about,
      message: randomUUID(),
      exchange: randomUUID(),
      digest: bytes,
      content: bytes,
      expiresAt: soon,
      pulled: false,
    }
    const kept = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        keepIncoming(database.pool, { ...message, receiptDelivered: `receipt ${n}` }),
      ),
    )
    expect(kept.filter(({ isNew }) => isNew)).toHaveLength(1)
    expect(new Set(kept.map(({ message: { receiptDelivered } }) => receiptDelivered)).size).toBe(1)
  })
})

describe('how much waits', () => {
  it('is told by the metrics', async () => {
    const { pool } = database
    await pool.query('delete from queue.outgoing')
    const [, dead] = [await queued(null), await queued(null), await queued('a')]
    await buryOutgoing(pool, dead.number, { problem: 'no-grant', exchange: null }, [])
    await pool.query(
      `update queue.outgoing set queued_at = now() - interval '90 seconds' where order_key is not null`,
    )
    const gauges = new Map<string, () => number>()
    const depth = new QueueDepth(pool)
    depth.watch({ gauge: (name, _help, read) => gauges.set(name, read) })
    const read = () => Object.fromEntries([...gauges].map(([name, value]) => [name, value()]))
    expect(new Set(Object.values(read()))).toEqual(new Set([0]))
    await depth.look()
    expect(read()).toMatchObject({ sapan_messages_queued: 2, sapan_messages_dead: 1 })
    expect(read().sapan_messages_oldest_seconds).toBeGreaterThanOrEqual(90)
  })
})

describe('the time until the next try', () => {
  const backoff = { firstRetry: 5, longestRetry: 3600 }

  it('is doubled up to the longest, and half of it is chance', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (tries, chance) => {
          const delay = retryDelay(tries, backoff, chance)
          const whole = Math.min(3600, 5 * 2 ** Math.min(tries - 1, 40))
          expect(delay).toBeGreaterThanOrEqual(whole / 2)
          expect(delay).toBeLessThanOrEqual(whole)
        },
      ),
    )
  })

  it('never comes for what a person must mend', () => {
    expect([400, 403, 404, 409, 422].map(isFinal)).toEqual([true, true, true, true, true])
    expect([200, 408, 425, 429, 500, 502, 503, 504].some(isFinal)).toBe(false)
  })

  it('comes for what is wrong with the gateways, and not with the message', () => {
    const deadly = (code: keyof typeof exchangeProblems) => isDeadly(exchangeProblem(code))
    expect(
      (['no-grant', 'service-unknown', 'message-id-taken', 'actor-invalid'] as const).every(deadly),
    ).toBe(true)
    expect(
      (
        [
          'peer-certificate-unknown',
          'signature-key-unknown',
          'message-from-future',
          'grant-not-published',
          'rate-exceeded',
        ] as const
      ).some(deadly),
    ).toBe(false)
  })
})
