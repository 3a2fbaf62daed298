import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TaskQuery } from '../src/index.ts'
import { readQuery } from '../src/task/query.ts'
import { monday, type Office, office, officer } from './office.ts'

let here: Office
const malee = officer()
beforeAll(async () => {
  here = await office()
  for (let i = 0; i < 23; i++) {
    // Several of one moment and of one due date.
    here.at = monday + Math.floor(i / 4) * 1000
    await here.open({
      kind: i % 2 === 0 ? 'even' : 'odd',
      reference: `R-${i}`,
      clock: { workingDays: 1 + (i % 3) },
    })
  }
})
afterAll(async () => await here[Symbol.asyncDispose]())

const base: TaskQuery = { show: 'waiting', sort: 'due', descending: false, limit: 100 }

describe('the queue', () => {
  it('is the same in pages of any size: nothing twice, nothing lost', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 25 }),
        fc.constantFrom('due' as const, 'opened' as const),
        fc.boolean(),
        async (limit, sort, descending) => {
          const whole = await here.casework.list(malee, { ...base, sort, descending })
          const seen: string[] = []
          let after: string | undefined
          do {
            const page = await here.casework.list(malee, {
              ...base,
              sort,
              descending,
              limit,
              ...(after === undefined ? {} : { after }),
            })
            seen.push(...page.tasks.map(({ id }) => id))
            after = page.next
          } while (after !== undefined)
          expect(seen).toEqual(whole.tasks.map(({ id }) => id))
          expect(seen).toHaveLength(23)
        },
      ),
      { numRuns: 12 },
    )
  })

  it('has what is due first on top', async () => {
    const { tasks } = await here.casework.list(malee, base)
    const dues = tasks.map(({ dueAt }) => dueAt)
    expect(dues).toEqual([...dues].sort((a, b) => a - b))
  })

  it('shows a kind, or what has a reference', async () => {
    expect((await here.casework.list(malee, { ...base, kind: 'odd' })).tasks).toHaveLength(11)
    const { tasks } = await here.casework.list(malee, { ...base, reference: 'R-7' })
    expect(tasks.map(({ reference }) => reference)).toEqual(['R-7'])
  })

  it.each(['show=all', 'sort=name', 'order=sideways', `kind=${'x'.repeat(201)}`, 'duty=a%00b'])(
    'is not read from an address with %s',
    (search) => {
      expect(() => readQuery(new URLSearchParams(search))).toThrow(/task-list-unreadable/)
    },
  )

  it.each(['x', '1.x', "1.'--", 'zzzzzzzzzzzz.00000000-0000-0000-0000-000000000000'])(
    'has no page after %s',
    async (after) => {
      await expect(here.casework.list(malee, { ...base, after })).rejects.toMatchObject({
        code: 'task-list-unreadable',
      })
    },
  )
})

describe('who holds the duty', () => {
  it('is told of a task that is urgent, and of one that is late while nobody has it; never of one about themselves', async () => {
    await using here = await office()
    const [holder, asker] = [officer(), officer()]
    here.colleagues.push({ account: holder.account, name: 'A' }, { account: asker.account, name: 'B' })
    await here.open()
    expect(here.news).toEqual([])
    const { id } = await here.open({ isUrgent: true, subject: asker.account })
    const told = () => here.news.map(({ what, to, task }) => [what, to, task.id])
    expect(told()).toEqual([['opened', holder.account, id]])
    here.news.length = 0
    here.at += 10 * 86_400_000
    await here.casework.markOverdue()
    expect(told().filter(([, , task]) => task === id)).toEqual([['overdue', holder.account, id]])
    expect(here.news.every(({ task }) => task.overdueAt === here.at)).toBe(true)
  })
})

describe('what is overdue', () => {
  it('is marked once, also by several processes at once, and who has it is told', async () => {
    const owner = officer()
    const task = await here.open({ clock: { workingDays: 1 } })
    await here.casework.take(owner, { task: task.id, version: 1 })
    here.at = monday + 30 * 86_400_000
    here.news.length = 0
    const marked = await Promise.all([1, 2, 3].map(() => here.casework.markOverdue()))
    expect(marked.reduce((sum, count) => sum + count, 0)).toBe(24)
    expect(await here.casework.markOverdue()).toBe(0)
    expect(here.news.map(({ what, to }) => [what, to])).toEqual([['overdue', owner.account]])
    const { overdueAt } = await here.casework.find(owner, task.id)
    expect(overdueAt).toBe(here.at)
    expect((await here.casework.count(owner)).overdue).toBe(24)
  })

  it('is not what was answered in time', async () => {
    const owner = officer()
    const opened = await here.open({ clock: { workingDays: 1 } })
    const taken = await here.casework.take(owner, { task: opened.id, version: 1 })
    await here.casework.answer(
      owner,
      { task: opened.id, version: taken.version },
      { text: 'ก', reasons: 'ข' },
    )
    here.at += 30 * 86_400_000
    expect(await here.casework.markOverdue()).toBe(0)
  })
})
