import { describe, expect, it } from 'vitest'
import { carryOut } from '../../src/effects/carry-out.ts'
import { settledInput } from '../../src/effects/settled.ts'
import { boatLicence, cel } from './made.ts'
import { type BoatOffice, boatOffice, officer } from './office.ts'

/** An office in which what the register of boats is told reads the officer's answer and the day of the decision. */
async function tellingOffice(method: 'POST' | 'PUT'): Promise<BoatOffice> {
  const { workflow } = boatLicence()
  const [enter, port] = workflow.effects
  if (enter === undefined || port === undefined) throw new Error('no effects')
  const body = { metres: cel('decision.metres'), day: cel('decision.decidedOn') }
  return await boatOffice({ workflow: { ...workflow, effects: [{ ...enter, method, body }, port] } })
}

/** The first register was told, the second refused: the case is with its officer again. */
async function halfDone(office: BoatOffice): Promise<string> {
  const id = await office.decided('granted', { metres: 4 })
  const { ask } = office.register
  const refusingPort: typeof ask = async (question) => {
    if (question.path === '/ports') office.register.next.push(422)
    return await ask(question)
  }
  Object.assign(office.ground, { ask: refusingPort })
  expect(await carryOut(office.ground, id)).toBe('returned')
  Object.assign(office.ground, { ask })
  // Decided anew on another day.
  office.at += 86_400_000
  return id
}

async function decideWith(office: BoatOffice, id: string, inputs: Record<string, number | string[]>) {
  const { caseVersion, assignee } = await office.cases.read(officer, id)
  const seen = { case: id, version: caseVersion }
  const version = assignee === undefined ? (await office.cases.take(officer, seen)).caseVersion : caseVersion
  const ruling = { outcome: 'granted', favours: true, reasons: [], inputs }
  await office.cases.decide(officer, { case: id, version }, ruling)
}

const toldOwners = ({ register }: BoatOffice) =>
  register.asked
    .filter(({ path }) => path.includes('owners'))
    .map(({ idempotencyKey, body }) => [idempotencyKey, body])

async function lastWords({ cases, ground }: BoatOffice, id: string): Promise<string> {
  return (await cases.eventsOf(ground.pool, id)).at(-1)?.words?.text ?? ''
}

describe('a register that was told of a decision, and the case is decided anew', () => {
  it.each(['POST', 'PUT'] as const)('is not told again of the same on another day (%s)', async (method) => {
    await using office = await tellingOffice(method)
    const id = await halfDone(office)
    await decideWith(office, id, { metres: 4 })
    expect(await carryOut(office.ground, id)).toBe('completed')
    expect(toldOwners(office)).toEqual([[`${id}:enter`, { metres: 4, day: '2026-11-23' }]])
  })

  it('is told anew under another key what replaces the earlier (PUT)', async () => {
    await using office = await tellingOffice('PUT')
    const id = await halfDone(office)
    await decideWith(office, id, { metres: 6 })
    expect(await carryOut(office.ground, id)).toBe('completed')
    expect(toldOwners(office)).toEqual([
      [`${id}:enter`, { metres: 4, day: '2026-11-23' }],
      [`${id}:enter:2`, { metres: 6, day: '2026-11-24' }],
    ])
  })

  it('is not told otherwise what would stand beside the earlier (POST): an officer reads what was told and what would be', async () => {
    await using office = await tellingOffice('POST')
    const id = await halfDone(office)
    await decideWith(office, id, { metres: 6 })
    expect(await carryOut(office.ground, id)).toBe('returned')
    expect(toldOwners(office)).toHaveLength(1)
    const words = await lastWords(office, id)
    expect(words).toContain('บันทึกในทะเบียนเรือ')
    expect(words).toContain('body.metres: 4 → 6')
    expect(words).not.toContain('body.day')
  })

  it('goes on where the officer says that it was set right with the register', async () => {
    await using office = await tellingOffice('POST')
    const id = await halfDone(office)
    await decideWith(office, id, { metres: 6, [settledInput]: ['enter'] })
    expect(await carryOut(office.ground, id)).toBe('completed')
    expect(toldOwners(office)).toHaveLength(1)
  })

  it('that was silent when the first was decided finishes that one, and is held against the next', async () => {
    await using office = await tellingOffice('PUT')
    const id = await office.decided('granted', { metres: 4 })
    office.register.next.push('lost')
    expect(await carryOut(office.ground, id)).toBe('later')
    office.at += 15 * 86_400_000
    office.register.next.push('down')
    expect(await carryOut(office.ground, id)).toBe('returned')
    await decideWith(office, id, { metres: 6 })
    expect(await carryOut(office.ground, id)).toBe('completed')
    expect(toldOwners(office).map(([key]) => key)).toEqual([
      ...[`${id}:enter`, `${id}:enter`, `${id}:enter`],
      `${id}:enter:2`,
    ])
  })
})
