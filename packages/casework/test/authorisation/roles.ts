import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Officer, TaskSummary } from '../../src/index.ts'
import { type Office, officer } from '../office.ts'

/** A taken task, and everybody who might want to do something with it. */
export interface Cast {
  readonly task: TaskSummary
  readonly seen: { readonly task: string; readonly version: number }
  /** Has the duty, and has taken the task. */
  readonly handler: Officer
  /** Has the duty. */
  readonly colleague: Officer
  /** Works for the agency with another duty. */
  readonly otherDuty: Officer
  /** Has a duty of that name in another agency. */
  readonly otherAgency: Officer
  /** Has the duty, but the task is about them. */
  readonly subject: Officer
}

export async function cast(here: Office, state: 'open' | 'taken' | 'answered'): Promise<Cast> {
  const people = { handler: officer(), colleague: officer(), subject: officer() }
  let task: TaskSummary = await here.open({ subject: people.subject.account })
  const seen = () => ({ task: task.id, version: task.version })
  if (state !== 'open') task = await here.casework.take(people.handler, seen())
  if (state === 'answered') {
    task = await here.casework.answer(people.handler, seen(), { text: 'คำตอบ', reasons: 'เหตุผล' })
  }
  return {
    ...people,
    task,
    seen: seen(),
    otherDuty: officer({ duties: ['tax-audit'] }),
    otherAgency: officer({ agency: 'TH/GOV/DBD' }),
  }
}

/** That for these the task is not there, the attempt is logged with who it was, and nothing changes. */
export async function expectNotThere(
  here: Office,
  { task, otherDuty, otherAgency, subject }: Cast,
  attempt: (officer: Officer) => Promise<unknown>,
): Promise<void> {
  const reader = officer()
  const before = await here.casework.eventsOf(reader, task.id)
  for (const [who, why] of [
    [otherDuty, 'duty'],
    [otherAgency, 'agency'],
    [subject, 'about-themselves'],
  ] as const) {
    await expect(attempt(who)).rejects.toMatchObject({ code: 'task-not-found' })
    expect(here.lines.at(-1)).toContain(`"officer":"${who.account}"`)
    expect(here.lines.at(-1)).toContain(`"why":"${why}"`)
  }
  expect(await here.casework.eventsOf(reader, task.id)).toEqual(before)
}

/** That a task which never was looks the same as one that is not theirs. */
export const nowhere = (): string => randomUUID()
