import { createHash, randomUUID } from 'node:crypto'
import { inTransaction } from '@sapan/kernel'
import { describe, expect, it } from 'vitest'
import type { Draft, DraftOwner, NewFile } from '../../src/draft/draft.ts'
import { contentOf } from '../form/made.ts'
import { type DraftStore, draftStore, somebody } from './store.ts'

const day = 86_400_000

async function begun({ drafts }: DraftStore, owner: DraftOwner): Promise<Draft> {
  return await drafts.create(owner, { service: 'boat-licence', version: 1, content: contentOf() })
}

function file(content: string): NewFile {
  const bytes = Buffer.from(content)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const answer = {
    id: randomUUID(),
    name: 'a.pdf',
    mediaType: 'application/pdf',
    bytes: bytes.length,
    sha256,
  }
  return { answer, content: bytes }
}

describe('a draft', () => {
  it('is kept as it was saved, sealed, and found by its owner on any device', async () => {
    await using store = await draftStore()
    const owner = somebody()
    const draft = await begun(store, owner)
    const content = contentOf({ answers: { boat: 'เรือหางยาวสีแดง' }, done: ['boat'] })
    await store.drafts.save(draft, content)
    expect((await store.drafts.find(owner, draft.id)).content).toEqual(content)
    const { rows } = await store.database.pool.query('select * from services.draft')
    expect(JSON.stringify(rows)).not.toContain('เรือ')
    expect(Buffer.from(rows[0].content_sealed).includes('เรือหางยาว')).toBe(false)
  })

  it('of somebody else is not there, and that it was asked for is logged', async () => {
    await using store = await draftStore()
    const draft = await begun(store, somebody())
    await expect(store.drafts.find(somebody(), draft.id)).rejects.toThrow('draft-not-found')
    expect(store.lines.join()).toContain(draft.id)
    for (const id of [randomUUID(), '', "' or 1=1", '../..', 'x'.repeat(10_000)])
      await expect(store.drafts.find(somebody(), id)).rejects.toThrow('draft-not-found')
  })

  it('for a company belongs to all who act for it, and to nobody who does not do so now', async () => {
    await using store = await draftStore()
    const party = { scheme: 'juristic-id', id: '0105561234567' } as const
    const [first, second] = [somebody(), somebody()]
    const draft = await begun(store, { ...first, party })
    expect((await store.drafts.find({ ...second, party }, draft.id)).isForParty).toBe(true)
    expect(await store.drafts.list({ ...second, party })).toHaveLength(1)
    await expect(store.drafts.find(first, draft.id)).rejects.toThrow('draft-not-found')
    expect(await store.drafts.list(first)).toEqual([])
    const other = { scheme: 'juristic-id', id: '0105561234568' } as const
    await expect(store.drafts.find({ ...first, party: other }, draft.id)).rejects.toThrow('draft-not-found')
    const { rows } = await store.database.pool.query('select party_hash from services.draft')
    expect(Buffer.from(rows[0].party_hash).includes(party.id)).toBe(false)
  })

  it('saved from two tabs: one wins, the other is told', async () => {
    await using store = await draftStore()
    const owner = somebody()
    const draft = await begun(store, owner)
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, (_, n) => store.drafts.save(draft, contentOf({ answers: { n } }))),
    )
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const result of results)
      if (result.status === 'rejected') expect(String(result.reason)).toContain('draft-changed')
  })

  it('too large is refused, and the draft stays as it was', async () => {
    await using store = await draftStore()
    const owner = somebody()
    const draft = await begun(store, owner)
    const huge = contentOf({ answers: { a: 'ก'.repeat(1_000_000) } })
    await expect(store.drafts.save(draft, huge)).rejects.toThrow('draft-too-large')
    expect((await store.drafts.find(owner, draft.id)).revision).toBe(1)
  })
})

describe('a removed draft', () => {
  it('can be restored within 30 days, with its files, and is erased after', async () => {
    await using store = await draftStore()
    const owner = somebody()
    const photo = file('photo')
    const draft = await store.drafts.save(
      await begun(store, owner),
      contentOf({ answers: { photo: { ...photo.answer } } }),
      { files: [photo] },
    )
    await store.drafts.remove(owner, draft.id)
    await store.drafts.remove(owner, draft.id)
    await expect(store.drafts.save(draft, contentOf())).rejects.toThrow('draft-over')
    store.at += 29 * day
    await store.drafts.restore(owner, draft.id)
    expect((await store.drafts.file(draft, photo.answer.id))?.toString()).toBe('photo')
    await store.drafts.remove(owner, draft.id)
    expect(await store.drafts.clear()).toBe(0)
    store.at += 30 * day + 1
    await expect(store.drafts.restore(owner, draft.id)).rejects.toThrow('draft-not-found')
    expect(await store.drafts.list(owner)).toEqual([])
    expect(await store.drafts.clear()).toBe(1)
    const { rows } = await store.database.pool.query('select from services.draft_file')
    expect(rows).toEqual([])
  })

  it('nobody else removes or restores', async () => {
    await using store = await draftStore()
    const owner = somebody()
    const draft = await begun(store, owner)
    await expect(store.drafts.remove(somebody(), draft.id)).rejects.toThrow('draft-not-found')
    await store.drafts.remove(owner, draft.id)
    await expect(store.drafts.restore(somebody(), draft.id)).rejects.toThrow('draft-not-found')
  })
})

/** Lets a draft have files of so many bytes that nobody has to send. */
async function fill({ database }: DraftStore, { id }: Draft, bytes: number): Promise<void> {
  await database.pool.query(
    `insert into services.draft_file (id, draft_id, content_sealed, created_at)
     select gen_random_uuid(), $1, convert_to(repeat('a', $2), 'UTF8'), now()`,
    [id, bytes],
  )
}

describe('somebody who fills the store', () => {
  it('finds what they have open, however much they began and removed since', async () => {
    await using store = await draftStore()
    const owner = somebody()
    const open = await begun(store, owner)
    for (let round = 0; round < 205; round++) {
      store.at += 1000
      await store.drafts.remove(owner, (await begun(store, owner)).id)
    }
    const listed = await store.drafts.list(owner)
    expect(listed.map(({ id }) => id)).toContain(open.id)
    // The last of a hundred was erased to make room.
    expect(listed).toHaveLength(102)
  })

  it('gives up what they removed before they are told that there is too much', async () => {
    await using store = await draftStore()
    const [owner, other] = [somebody(), somebody()]
    const photo = file('photo')
    const attach = async (draft: Draft, over: NewFile = file('another')) =>
      await store.drafts.save(draft, contentOf({ answers: { photo: { ...over.answer } } }), { files: [over] })
    const kept = await attach(await begun(store, owner), photo)
    const removed = await begun(store, owner)
    for (let at = 0; at < 11; at++) await fill(store, removed, 50_000_000)
    await expect(attach(await begun(store, other))).resolves.toBeDefined()
    await expect(attach(await begun(store, owner))).rejects.toThrow('drafts-too-many')
    expect(await store.drafts.file(kept, photo.answer.id)).toBeDefined()
    await store.drafts.remove(owner, removed.id)
    await expect(attach(await begun(store, owner))).resolves.toBeDefined()
    await expect(store.drafts.restore(owner, removed.id)).rejects.toThrow('draft-not-found')
  }, 60_000)
})

describe('files of a draft', () => {
  it('lie sealed beside it, and go when no answer names them', async () => {
    await using store = await draftStore()
    const owner = somebody()
    const photo = file('a photo of a boat')
    const answers = { photo: { ...photo.answer } }
    const draft = await store.drafts.save(await begun(store, owner), contentOf({ answers }), {
      files: [photo],
    })
    const { rows } = await store.database.pool.query('select content_sealed from services.draft_file')
    expect(Buffer.from(rows[0].content_sealed).includes('photo')).toBe(false)
    expect(await store.drafts.file({ id: randomUUID() }, photo.answer.id)).toBeUndefined()
    await store.drafts.save(draft, contentOf())
    expect(await store.drafts.file(draft, photo.answer.id)).toBeUndefined()
  })
})

describe('a draft that is handed in', () => {
  it('keeps the first case however often it is handed in, and changes no more', async () => {
    await using store = await draftStore()
    const owner = somebody()
    const draft = await begun(store, owner)
    const cases = await Promise.all(Array.from({ length: 5 }, () => handIn(store, draft)))
    expect(new Set(cases).size).toBe(1)
    await expect(store.drafts.save(draft, contentOf())).rejects.toThrow('draft-over')
    await expect(store.drafts.remove(owner, draft.id)).rejects.toThrow('draft-over')
    expect((await store.drafts.find(owner, draft.id)).submitted?.case).toBe(cases[0])
    store.at += 1000 * day
    expect(await store.drafts.clear()).toBe(0)
  })

  it('as it is no more is not handed in', async () => {
    await using store = await draftStore()
    const owner = somebody()
    const draft = await begun(store, owner)
    await store.drafts.save(draft, contentOf({ answers: { a: 1 } }))
    expect(await handIn(store, draft)).toMatchObject({ code: 'draft-changed' })
  })

  it('with others at once is told apart from them: what is wrong with one does not stop the rest', async () => {
    await using store = await draftStore()
    const owner = somebody()
    const [fresh, changed, removed, before] = await Promise.all(
      Array.from({ length: 4 }, () => begun(store, owner)),
    )
    if (!fresh || !changed || !removed || !before) throw new Error('no drafts')
    await store.drafts.save(changed, contentOf({ answers: { a: 1 } }))
    await store.drafts.remove(owner, removed.id)
    const known = await handIn(store, before)
    const all = [before, removed, changed, fresh].map((draft) => ({
      draft,
      case: randomUUID(),
      at: store.at,
    }))
    const answers = await inTransaction(store.database.pool, (client) => store.drafts.submitted(client, all))
    expect(answers).toMatchObject([known, { code: 'draft-over' }, { code: 'draft-changed' }, all[3]?.case])
  })
})

async function handIn(store: DraftStore, draft: Draft) {
  const [answer] = await inTransaction(store.database.pool, (client) =>
    store.drafts.submitted(client, [{ draft, case: randomUUID(), at: store.at }]),
  )
  return answer
}
