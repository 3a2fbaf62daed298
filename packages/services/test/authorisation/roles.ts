import { randomUUID } from 'node:crypto'
import type { Case, Officer } from '@sapan/casework'
import { expect } from 'vitest'
import { duties } from '../desk/boats.ts'
import type { DeskPage } from '../desk/browser.ts'
import { type Desk, officer } from '../desk/site.ts'
import { agency } from '../submission/made.ts'
import { people } from '../submission/office.ts'

/** A step of a case, and whose turn it is there. */
export type Stage = 'review' | 'endorse' | 'decide' | 'sign'

/** A case at some step, and everybody who might want to do something with it. */
export interface Cast {
  readonly case: Case
  /** Has the duty whose turn it is, and has taken the case. */
  readonly holder: Officer
  /** Has the duty whose turn it is. */
  readonly colleague: Officer
  /** Has the duty of another step: sees the case. */
  readonly otherStep: Officer
  /** Works for the agency with a duty that no step has. */
  readonly otherDuty: Officer
  /** Has the duty in another agency. */
  readonly otherAgency: Officer
  /** Has all duties, and is the applicant. */
  readonly applicant: Officer
  /** Has all duties, and acts for the applicant in their own life. */
  readonly helper: Officer
}

const order = ['review', 'endorse', 'decide', 'sign'] as const
const all = Object.values(duties)

/** A case that has come to a step, each step before it done by somebody else. */
export async function cast(desk: Desk, stage: Stage, { refuse = false } = {}): Promise<Cast> {
  const { cases } = desk
  let now = await desk.open()
  const seen = () => ({ case: now.id, version: now.caseVersion })
  for (const step of order.slice(0, order.indexOf(stage))) {
    const who = officer(duties[step])
    if (step === 'review') await cases.review(who, seen())
    else if (step === 'endorse') await cases.endorse(who, seen())
    else await cases.decide(who, seen(), refuse ? refusal : grant)
    now = await desk.read(now.id)
  }
  const holder = officer(duties[stage])
  await cases.take(holder, seen())
  const helper = officer(...all)
  desk.actsFor.set(helper.account, people.mali.account)
  return {
    case: await desk.read(now.id),
    holder,
    colleague: officer(duties[stage]),
    otherStep: officer(duties[stage === 'sign' ? 'review' : 'sign']),
    otherDuty: officer('tax-audit'),
    otherAgency: { ...officer(...all), agency: 'TH/GOV/RD' },
    applicant: { account: people.mali.account, agency, duties: all },
    helper,
  }
}

export const grant = {
  outcome: 'granted',
  favours: true,
  reasons: [],
  inputs: { refund: 0, till: '2026-12-31' },
}
const reasons = [{ id: 'unsafe', words: 'เรือรั่ว' }]
export const refusal = { outcome: 'refused', favours: false, reasons, inputs: {} }

/** Something that an officer tries: what they send, with the version of the case as they saw it. */
export type Attempt = (
  who: Officer,
  seen: { readonly id: string; readonly version: string },
) => Promise<DeskPage>

export function seenOf({ id, caseVersion }: Case) {
  return { id, version: String(caseVersion) }
}

/**
 * That for officers of another agency or duty, for the applicant and for who acts for them, the case is not there: the
 * same as one that never was. The attempt is logged with who it was, and nothing of the case changes.
 */
export async function expectNotThere(desk: Desk, all: Cast, attempt: Attempt): Promise<void> {
  const before = await desk.cases.eventsOf(desk.office.ground.pool, all.case.id)
  for (const [who, why] of [
    [all.otherDuty, 'duty'],
    [all.otherAgency, 'agency'],
    [all.applicant, 'own'],
    [all.helper, 'own'],
  ] as const) {
    desk.lines.length = 0
    const there = await attempt(who, seenOf(all.case))
    expect({ why, status: there.status }).toEqual({ why, status: 404 })
    const refused = desk.lines.find((line) => line.includes('case refused'))
    expect(refused).toContain(`"officer":"${who.account}"`)
    expect(refused).toContain(`"why":"${why}"`)
    const nowhere = await attempt(who, { id: randomUUID(), version: '1' })
    expect(wordsOf(nowhere)).toBe(wordsOf(there))
  }
  expect(await desk.cases.eventsOf(desk.office.ground.pool, all.case.id)).toEqual(before)
}

/** Without what differs between any two answers: the number of the request. */
function wordsOf({ text }: DeskPage): string {
  return text.replace(/[0-9a-f-]{32,36}/g, '')
}

/** That an attempt is refused for a reason, and nothing of the case changes. */
export async function expectRefused(
  desk: Desk,
  found: Case,
  answered: Promise<DeskPage>,
  [status, code]: readonly [number, string],
): Promise<void> {
  const page = await answered
  expect({ status: page.status, html: page.html }).toEqual({ status, html: expect.stringContaining(code) })
  expect((await desk.read(found.id)).caseVersion).toBe(found.caseVersion)
}
