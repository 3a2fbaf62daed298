import { inTransaction, type PoolClient, uuidv7 } from '@sapan/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DraftContent } from '../../src/application/application.ts'
import { countedDrafts } from '../../src/finding/counted-drafts.ts'
import { createFigures } from '../../src/finding/figures.ts'
import { type DraftStore, draftStore, somebody } from '../draft/store.ts'

let store: DraftStore
beforeAll(async () => {
  store = await draftStore()
})
afterAll(async () => await store?.[Symbol.asyncDispose]())

const content: DraftContent = {
  applicant: {
    account: '',
    kind: 'person',
    id: '9000000000008',
    scheme: 'national-id',
    name: { th: 'สมมติ', en: 'Made up' },
  },
  answers: {},
  facts: {},
  marks: {},
  done: [],
}

describe('the steps of drafts', () => {
  it('are counted once each, however often a page is saved, and the handing in with its transaction', async () => {
    const { ground, drafts: bare } = store
    const figures = createFigures(ground)
    const drafts = countedDrafts(bare, figures, ground.pool)
    const begun = await drafts.create(somebody(), { service: 'counted', version: 1, content })
    const first = await drafts.save(begun, { ...content, done: ['one'] })
    const again = await drafts.save(first, { ...content, done: ['one'] })
    const last = await drafts.save(again, { ...content, done: ['one', 'two'] })
    const handIn = (client: PoolClient, id: string) =>
      drafts.submitted(client, [{ draft: last, case: id, at: ground.clock() }])
    const failing = inTransaction(ground.pool, async (client) => {
      await handIn(client, uuidv7(ground.clock()))
      throw new Error('undone')
    })
    await expect(failing).rejects.toThrow('undone')
    const id = uuidv7(ground.clock())
    await inTransaction(ground.pool, (client) => handIn(client, id))
    await inTransaction(ground.pool, (client) => handIn(client, uuidv7(ground.clock())))
    const passed = Object.fromEntries((await figures.of('counted', 90)).map((one) => [one.step, one.passed]))
    expect(passed).toEqual({ start: 1, one: 1, two: 1, submit: 1 })
  })
})
