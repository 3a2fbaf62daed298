import type { CaseState } from '@sapan/casework'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Desk, desk } from '../desk/site.ts'
import { type Attempt, cast, expectNotThere, expectRefused, type Stage, seenOf } from './roles.ts'

/** What only the officer does who has the case, at a step whose turn it is. */
export interface HoldersAction {
  /** The last part of its address: `/desk/cases/:case/<name>`. */
  readonly name: string
  readonly stage: Stage
  /** What stands in the form of the page beside the version, whether or not the page shows it to them. */
  readonly sent?: Readonly<Record<string, string>>
  /** What the case is then. */
  readonly becomes: CaseState
}

/** Who may do it and who may not, each role by itself; inside the `describe` that names the address. */
export function itIsForWhoHasTheCase({ name, stage, sent, becomes }: HoldersAction): void {
  let here: Desk
  beforeAll(async () => {
    here = await desk()
  })
  afterAll(() => here?.[Symbol.asyncDispose]())

  const attempt: Attempt = async (who, { id, version }) =>
    await here.as(who).post(`/desk/cases/${id}/${name}`, { version, ...sent })

  it('is for who has the case', async () => {
    const { case: found, holder } = await cast(here, stage)
    expect(await attempt(holder, seenOf(found))).toMatchObject({ status: 303 })
    expect((await here.read(found.id)).state).toBe(becomes)
  })

  it('is not for a colleague while another has it, nor for who does another step', async () => {
    const { case: found, colleague, otherStep } = await cast(here, stage)
    const seen = seenOf(found)
    await expectRefused(here, found, attempt(colleague, seen), [403, 'case-not-yours'])
    await expectRefused(here, found, attempt(otherStep, seen), [403, 'case-duty-missing'])
  })

  it('is not there for other duties, other agencies, the applicant, or who acts for them', async () => {
    await expectNotThere(here, await cast(here, stage), attempt)
  })

  it('is refused of a case that changed since, and done once when it is sent twice', async () => {
    const { case: found, holder } = await cast(here, stage)
    const { id, version } = seenOf(found)
    const old = attempt(holder, { id, version: String(found.caseVersion - 1) })
    await expectRefused(here, found, old, [409, ''])
    for (const none of ['', 'x', '-1', '1e9']) {
      await expectRefused(here, found, attempt(holder, { id, version: none }), [409, ''])
    }
    const both = await Promise.all([attempt(holder, { id, version }), attempt(holder, { id, version })])
    expect(both.map(({ status }) => status).sort()).toEqual([303, 409])
    expect((await here.read(id)).caseVersion).toBe(found.caseVersion + 1)
  })
}
