import { inTransaction, type Pool } from '@sapan/kernel'
import type { Drafts } from '../draft/draft.ts'
import type { Figures } from './figures.ts'

/** Drafts whose steps are counted: begun, pages that were answered for the first time, handed in. */
export function countedDrafts(drafts: Drafts, figures: Figures, pool: Pool): Drafts {
  const count = async (service: string, version: number, steps: readonly string[]) => {
    if (steps.length === 0) return
    await inTransaction(pool, async (client) => {
      for (const step of steps.toSorted()) await figures.pass(client, { service, version, step })
    })
  }
  return {
    ...drafts,
    create: async (owner, draft) => {
      const created = await drafts.create(owner, draft)
      await count(created.service, created.version, ['start'])
      return created
    },
    save: async (draft, content, saving) => {
      const saved = await drafts.save(draft, content, saving)
      const before = new Set(draft.content.done)
      const steps = saved.content.done.filter((page) => !before.has(page))
      await count(saved.service, saved.version, steps)
      return saved
    },
    submitted: async (client, all) => {
      const kept = await drafts.submitted(client, all)
      const fresh = all.filter((one, at) => kept[at] === one.case)
      const groups = Map.groupBy(fresh, ({ draft }) => `${draft.service} ${draft.version}`)
      for (const [, group] of [...groups].toSorted()) {
        const { service, version } = group[0]?.draft ?? {}
        if (service === undefined || version === undefined) continue
        await figures.pass(client, { service, version, step: 'submit' }, group.length)
      }
      return kept
    },
  }
}
