import { Problem } from '@sapan/kernel'
import { describe, expect, it } from 'vitest'
import { carryOut } from '../../src/effects/carry-out.ts'
import { doorPatience } from '../../src/effects/retry.ts'
import type { AskAs } from '../../src/ground.ts'
import { type BoatOffice, boatOffice, officer } from './office.ts'

const closedDoor = new Problem({
  ...{ code: 'grant-not-there', status: 403 },
  title: { th: 'ไม่มีสิทธิ์', en: 'No grant' },
  next: { th: 'ขอสิทธิ์', en: 'Ask for one' },
})

async function stateOf({ cases, ground }: BoatOffice, id: string) {
  return (await cases.byId(ground.pool, id))?.state
}

async function decideAnew({ cases }: BoatOffice, id: string): Promise<void> {
  const { caseVersion } = await cases.read(officer, id)
  const ruling = { outcome: 'granted', favours: true, reasons: [], inputs: {} }
  await cases.decide(officer, { case: id, version: caseVersion }, ruling)
}

/** A register as RFC-draft-idempotency-key §2.6 has it: what is still being worked on is refused (409) a second time. */
function slowRegister({ register }: BoatOffice) {
  const held = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  const atWork = new Set<string>()
  const ask: AskAs = async (question) => {
    const key = question.idempotencyKey ?? ''
    if (atWork.has(key)) return { status: 409, body: { title: 'In flight' }, exchange: 'x' }
    if (!key.endsWith(':enter')) return await register.ask(question)
    atWork.add(key)
    begun.resolve()
    await held.promise
    atWork.delete(key)
    return await register.ask(question)
  }
  return { ask, held, begun: begun.promise }
}

describe('a register of which nobody knows whether it has done it', () => {
  it('is not taken to refuse while it still works on the same: a worker that lost its lease, and the next', async () => {
    await using office = await boatOffice()
    const id = await office.decided()
    const { ask, held, begun } = slowRegister(office)
    const ground = { ...office.ground, ask }
    const first = carryOut(ground, id)
    await begun
    expect(await carryOut(ground, id)).toBe('later')
    held.resolve()
    expect(await first).toBe('completed')
    expect(office.register.done.size).toBe(2)
  })

  it('that says so again later does refuse', async () => {
    await using office = await boatOffice()
    const id = await office.decided()
    office.register.next.push('lost', 409, 409)
    for (const outcome of ['later', 'later', 'returned']) {
      expect(await carryOut(office.ground, id)).toBe(outcome)
      office.at += 600_000
    }
  })

  it('is told under the same key still, where its gateway has shut since: what it did is not done twice', async () => {
    await using office = await boatOffice()
    const id = await office.decided()
    office.register.next.push('lost', closedDoor)
    expect(await carryOut(office.ground, id)).toBe('later')
    office.at += doorPatience + 1
    expect(await carryOut(office.ground, id)).toBe('returned')
    const events = await office.cases.eventsOf(office.ground.pool, id)
    expect(events.at(-1)?.words?.text).toContain('ทะเบียนอาจรับไปแล้ว')
    await decideAnew(office, id)
    expect(await carryOut(office.ground, id)).toBe('completed')
    expect(office.register.done.size).toBe(2)
  })

  it('and that says yes to one worker after another has given up stays done, and nothing else is', async () => {
    await using office = await boatOffice()
    const id = await office.decided('granted', { refund: 100 })
    const { ask, held, begun } = slowRegister(office)
    const first = carryOut({ ...office.ground, ask }, id)
    await begun
    office.at += doorPatience + 1
    const shut: AskAs = async () => {
      throw closedDoor
    }
    expect(await carryOut({ ...office.ground, ask: shut }, id)).toBe('returned')
    held.resolve()
    expect(await first).toBe('nothing')
    expect(await stateOf(office, id)).toBe('awaiting-decision')
    expect(await office.payments.refundByReference(`case:${id}:refund`)).toBeUndefined()
    await decideAnew(office, id)
    await carryOut(office.ground, id)
    expect([...office.register.done.keys()].filter((key) => key.includes(':enter'))).toHaveLength(1)
  })
})
