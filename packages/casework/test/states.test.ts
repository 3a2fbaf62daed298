import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  stand,
  type TaskAction,
  type TaskChange,
  type TaskStanding,
  transitions,
} from '../src/task/states.ts'

const actions: TaskAction[] = [
  'open',
  'take',
  'assign',
  'release',
  'note',
  'answer',
  'close',
  'reopen',
  'overdue',
  'postpone',
]
const changes = fc.array(
  fc.record({ action: fc.constantFrom(...actions), at: fc.nat(1000), who: fc.constantFrom('a', 'b') }),
  { maxLength: 40 },
)

/** What is left of changes when those that are not allowed are refused. */
function play(tried: readonly { action: TaskAction; at: number; who: string }[]): TaskStanding[] {
  const standings: TaskStanding[] = []
  let at = 0
  for (const { action, at: later, who } of [{ action: 'open' as const, at: 0, who: 'a' }, ...tried]) {
    at += later
    const change: TaskChange = {
      action,
      at,
      ...(action === 'take' || action === 'assign' ? { assignee: who } : {}),
      ...(action === 'open' || action === 'reopen' || action === 'postpone' ? { dueAt: at + 500 } : {}),
    }
    const after = stand(standings.at(-1), change)
    if (after !== undefined) standings.push(after)
  }
  return standings
}

describe('the states of a task', () => {
  it('count every event by one, whatever is tried', () => {
    fc.assert(
      fc.property(changes, (tried) => {
        const versions = play(tried).map(({ version }) => version)
        expect(versions).toEqual(versions.map((_, index) => index + 1))
      }),
    )
  })

  it('have an officer while they are taken or answered, and none while they wait', () => {
    fc.assert(
      fc.property(changes, (tried) => {
        for (const { state, assignee } of play(tried)) {
          if (state === 'open') expect(assignee).toBeUndefined()
          if (state === 'taken' || state === 'answered') expect(assignee).toBeDefined()
        }
      }),
    )
  })

  it('are overdue once at most, after their time, until they begin anew', () => {
    fc.assert(
      fc.property(changes, (tried) => {
        for (const { overdueAt, dueAt } of play(tried)) {
          if (overdueAt !== undefined) expect(overdueAt).toBeGreaterThan(dueAt)
        }
      }),
    )
  })

  it.each(Object.keys(transitions) as (keyof typeof transitions)[])(
    'from %s lead only where the table says',
    (state) => {
      const before: TaskStanding = {
        state,
        assignee: state === 'open' ? undefined : 'a',
        dueAt: 10,
        overdueAt: undefined,
        version: 4,
      }
      for (const action of actions) {
        const after = stand(before, { action, at: 20, assignee: 'b', dueAt: 10_000 })
        expect(after?.state, action).toBe(transitions[state][action])
      }
    },
  )

  it('begin with opening', () => {
    for (const action of actions.slice(1)) expect(stand(undefined, { action, at: 0 })).toBeUndefined()
  })
})
