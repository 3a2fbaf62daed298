import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GroupCommit } from '../src/index.ts'

/** A store whose writes end when the test says so. */
function heldStore<T>() {
  const groups: { items: T[]; commit: () => void; fail: (error: Error) => void }[] = []
  const write = (items: T[]) =>
    new Promise<void>((resolve, reject) => groups.push({ items, commit: resolve, fail: reject }))
  return { groups, write, items: () => groups.map((group) => group.items) }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))
async function turns(count = 4): Promise<void> {
  for (let i = 0; i < count; i++) await turn()
}

describe('group commit', () => {
  it('commits together what comes in the same turn, and what waits meanwhile as the next group', async () => {
    const store = heldStore<number>()
    const commit = new GroupCommit({ write: store.write })
    const first = [commit.add(1), commit.add(2)]
    await turns()
    const second = [commit.add(3), commit.add(4), commit.add(5)]
    await turns()
    expect(store.items()).toEqual([[1, 2]])
    expect(commit.waiting).toBe(3)
    store.groups[0]?.commit()
    await Promise.all(first)
    await turns()
    expect(store.items()).toEqual([
      [1, 2],
      [3, 4, 5],
    ])
    store.groups[1]?.commit()
    await Promise.all(second)
  })

  it('resolves an item only after its own group is committed', async () => {
    const store = heldStore<number>()
    const commit = new GroupCommit({ write: store.write, most: 1 })
    const settled: number[] = []
    for (const n of [1, 2]) void commit.add(n).then(() => settled.push(n))
    await turns()
    expect(settled).toEqual([])
    store.groups[0]?.commit()
    await turns()
    expect(settled).toEqual([1])
    store.groups[1]?.commit()
    await commit.idle()
    expect(settled).toEqual([1, 2])
  })

  it('lets a failed group fail its own members only', async () => {
    const store = heldStore<number>()
    const commit = new GroupCommit({ write: store.write, most: 2 })
    const outcomes = Promise.allSettled([1, 2, 3, 4].map((n) => commit.add(n)))
    await turns()
    store.groups[0]?.fail(new Error('disk'))
    await turns()
    store.groups[1]?.commit()
    expect((await outcomes).map((outcome) => outcome.status)).toEqual([
      'rejected',
      'rejected',
      'fulfilled',
      'fulfilled',
    ])
    const later = commit.add(5)
    await turns()
    store.groups[2]?.commit()
    await expect(later).resolves.toBeUndefined()
  })

  it('outlives a store that throws before it begins', async () => {
    let broken = true
    const commit = new GroupCommit<number>({
      write: () => {
        if (broken) throw new Error('no connection')
        return Promise.resolve()
      },
    })
    await expect(commit.add(1)).rejects.toThrow('no connection')
    broken = false
    await expect(commit.add(2)).resolves.toBeUndefined()
  })

  it('refuses as busy what would wait beyond the limit, and takes more when there is room again', async () => {
    const store = heldStore<number>()
    const commit = new GroupCommit({ write: store.write, most: 2, queueLimit: 3 })
    const accepted = [commit.add(1), commit.add(2), commit.add(3)]
    await expect(commit.add(4)).rejects.toMatchObject({ code: 'busy', type: { status: 503 } })
    await turns()
    expect(store.items()).toEqual([[1, 2]])
    accepted.push(commit.add(5), commit.add(6))
    await expect(commit.add(7)).rejects.toMatchObject({ code: 'busy' })
    for (let i = 0; i < 3; i++) {
      store.groups[i]?.commit()
      await turns()
    }
    await Promise.all(accepted)
    expect(store.items()).toEqual([[1, 2], [3, 5], [6]])
  })

  it('is idle when nothing waits, however the last group ended', async () => {
    const commit = new GroupCommit<number>({ write: () => Promise.reject(new Error('disk')) })
    await commit.idle()
    const failed = commit.add(1).catch(() => 'failed')
    await commit.idle()
    expect(await failed).toBe('failed')
  })

  it('keeps order, loses and doubles nothing, one group at a time and none too large', async () => {
    const burst = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(burst, fc.integer({ min: 1, max: 16 }), async (bursts, most) => {
        const written: number[] = []
        let underWay = 0
        const commit = new GroupCommit<number>({
          most,
          write: async (items) => {
            expect(++underWay).toBe(1)
            expect(items.length).toBeGreaterThan(0)
            expect(items.length).toBeLessThanOrEqual(most)
            await turn()
            written.push(...items)
            underWay--
          },
        })
        let next = 0
        const added: Promise<void>[] = []
        for (const size of bursts) {
          for (let i = 0; i < size; i++) added.push(commit.add(next++))
          await turn()
        }
        await Promise.all(added)
        expect(written).toEqual(Array.from({ length: next }, (_, i) => i))
      }),
      { numRuns: 50 },
    )
  })
})
