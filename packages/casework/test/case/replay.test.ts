import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { replay } from '../../src/case/standing.ts'
import type { CaseSummary } from '../../src/index.ts'
import { findCase } from '../../src/store/case/cases.ts'
import { standingOf } from '../../src/store/case/row.ts'
import {
  type CaseOffice,
  caseOffice,
  granted,
  monday,
  officer,
  plan,
  refused,
  rulePlan,
  seen,
  shortPlan,
} from './office.ts'

const consents = [{ id: 'master', of: 'hash', days: 5 }]
/** Signed only where it is refused. */
const signedAtTimes = { ...plan, signedOutcomes: ['refused'] }
const crew = Array.from({ length: 3 }, () => officer('review', 'endorse', 'decide', 'sign', 'appeal'))

type Deed = (office: CaseOffice, made: CaseSummary, who: (typeof crew)[number]) => Promise<unknown>
const person = (made: CaseSummary) => ({ account: applicants.get(made.id) ?? '', parties: ['hash'] })
const applicants = new Map<string, string>()

/** All that anybody can do, in the words of the contract. */
const deeds: readonly Deed[] = [
  ({ cases }, made, who) => cases.take(who, seen(made)),
  ({ cases }, made, who) => cases.release(who, seen(made)),
  ({ cases }, made, who) => cases.note(who, seen(made), 'บันทึก'),
  ({ cases }, made, who) => cases.ask(who, seen(made), 'ขอเอกสาร'),
  ({ cases }, made, who) => cases.review(who, seen(made)),
  ({ cases }, made, who) => cases.sendBack(who, seen(made), 'ไม่ครบ'),
  ({ cases }, made, who) => cases.endorse(who, seen(made), 'เห็นควร'),
  ({ cases }, made, who) => cases.decide(who, seen(made), granted),
  ({ cases }, made, who) => cases.decide(who, seen(made), refused),
  ({ cases }, made, who) => cases.sign(who, seen(made)),
  (office, made) => office.run((client) => office.cases.pay(client, made.id)),
  (office, made) => office.run((client) => office.cases.reply(client, person(made), seen(made), 'x')),
  (office, made) => office.run((client) => office.cases.appeal(client, person(made), seen(made), 'x')),
  (office, made) =>
    office.run((client) =>
      office.cases.consent(client, person(made), made.id, { consent: 'master', agrees: true }),
    ),
  (office, made) => office.run((client) => office.cases.decideByRule(client, made.id, refused)),
  (office, made) => office.run((client) => office.cases.carryOut(client, made.id, 'x')),
  (office, made) => office.run((client) => office.cases.returnToOfficer(client, made.id, 'x')),
  (office, made) => office.run((client) => office.cases.complete(client, made.id)),
  ({ cases }) => cases.markOverdue(),
  ({ cases }) => cases.lapse(),
]

describe('the row of a case', () => {
  let office: CaseOffice
  beforeAll(async () => {
    office = await caseOffice()
  })
  afterAll(() => office[Symbol.asyncDispose]())

  it('is how its events left it, and each event has sent its job, whatever people try', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(plan, shortPlan, rulePlan, { ...shortPlan, automatic: true }, signedAtTimes),
        fc.constantFrom(0, 100),
        fc.boolean(),
        fc.array(fc.record({ deed: fc.nat(deeds.length - 1), who: fc.nat(2), hours: fc.nat(60) }), {
          minLength: 20,
          maxLength: 60,
        }),
        async (chosen, fee, isAsked, tries) => {
          office.at = monday
          const asked = isAsked ? consents : []
          const made = await office.open({ plan: chosen, fee, consents: asked })
          applicants.set(made.id, made.applicant)
          for (const { deed, who, hours } of tries) {
            office.at += hours * 3_600_000
            const now = await office.cases.byId(office.database.pool, made.id)
            if (now === undefined) throw new Error('the case is gone')
            await deeds[deed]?.(office, now, crew[who] ?? officer()).catch(expectRefusal)
          }
          const row = await findCase(office.database.pool, made.id)
          if (row === undefined) throw new Error('the case is gone')
          const events = await office.cases.eventsOf(office.database.pool, made.id)
          const beginning = { fee, consents: asked.map(({ id }) => id) }
          expect(standingOf(row)).toEqual(replay(chosen, beginning, events))
          expect(await jobsOf(made.id)).toEqual(
            events.map(({ action, version }) => ({ name: `case.${action}`, event: version })),
          )
        },
      ),
      { numRuns: 20 },
    )
  })

  async function jobsOf(id: string): Promise<unknown[]> {
    const { rows } = await office.database.pool.query(
      `select name, (data ->> 'event')::int as event from jobs.job where data ->> 'case' = $1 order by event`,
      [id],
    )
    return rows
  }
})

/** What is refused is a problem that people are told; all else is a fault. */
function expectRefusal(error: unknown): void {
  expect(error).toMatchObject({ code: expect.stringMatching(/^case-/) })
}
