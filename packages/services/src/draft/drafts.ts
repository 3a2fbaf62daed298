import { Batching, inTransaction, type Pool, type PoolClient, Problem, uuidv7 } from '@sapan/kernel'
import { keyedHash } from '@sapan/trust'
import type { DraftContent } from '../application/application.ts'
import type { ServicesGround } from '../ground.ts'
import {
  bytesOfFiles,
  bytesOfOwner,
  type ContentRow,
  type DraftRow,
  deleteFiles,
  draftOf,
  eraseRemoved,
  findFile,
  findRows,
  insertFile,
  insertRow,
  isDraftId,
  lockRow,
  markSubmitted,
  type SealedContent,
  saveContent,
  summaryOf,
} from '../store/drafts.ts'
import type {
  CountedFiles,
  Draft,
  DraftOwner,
  DraftSummary,
  Drafts,
  HandedIn,
  NewFile,
  Party,
  Saving,
} from './draft.ts'
import { namedFiles } from './files.ts'
import { draftProblems } from './problems.ts'

const dayMs = 86_400_000
/** How long a removed draft can be restored, and how long an untouched one is kept. */
export const draftDays = { restored: 30, kept: 180 } as const

const most = {
  /** Bytes of what is filled in, and of all files together. */
  content: 1024 * 1024,
  files: 50 * 1024 * 1024,
  /** With those that somebody replaced while they replied. */
  filesWithLeft: 250 * 1024 * 1024,
  /** Open drafts of one owner, and removed ones that are still kept. */
  drafts: 100,
  removed: 100,
  /** Bytes of the files of all of them. */
  filesOfOwner: 500 * 1024 * 1024,
  /** Asked for together: each may have all its bytes. */
  atOnce: 16,
} as const

export type DraftsGround = Pick<ServicesGround, 'pool' | 'clock' | 'log' | 'sealer' | 'hashKey'>

/** Drafts in schema `services`. */
export function createDrafts(ground: DraftsGround): Drafts {
  const { pool, clock, sealer } = ground
  const found = new Batching<string, DraftRow | undefined>({
    answer: (ids) => findRows(pool, ids),
    most: most.atOnce,
  })
  const own = (owner: DraftOwner, id: string) => ownRow(ground, found, owner, id)
  return {
    create: (owner, draft) => create(ground, owner, draft),
    find: async (owner, id) => draftOf(sealer, await own(owner, id)),
    save: (draft, content, saving) => save(ground, draft, content, saving),
    list: (owner, service) => list(ground, owner, service),
    remove: async (owner, id) => {
      const row = await own(owner, id)
      if (row.case_id !== null) throw new Problem(draftProblems['draft-over'])
      await pool.query(
        'update services.draft set removed_at = coalesce(removed_at, $2) where id = $1 and case_id is null',
        [id, new Date(clock())],
      )
    },
    restore: async (owner, id) => {
      await own(owner, id)
      await pool.query(
        'update services.draft set removed_at = null, changed_at = $2 where id = $1 and removed_at is not null',
        [id, new Date(clock())],
      )
    },
    submitted,
    addFiles: ({ id }, files, counting) => addFiles(ground, id, files, counting),
    clearFiles: (client, { id }, counting) => deleteFiles(client, id, counting),
    file: ({ id }, file) => findFile(pool, sealer, id, file),
    clear: () => clear(ground),
  }
}

/** The keyed hash under which the drafts for a party lie. */
export function partyHash({ hashKey }: Pick<DraftsGround, 'hashKey'>, { scheme, id }: Party): Buffer {
  return keyedHash(hashKey, `${scheme}:${id}`)
}

async function create(
  ground: DraftsGround,
  owner: DraftOwner,
  { service, version, content, copied }: Parameters<Drafts['create']>[1],
): Promise<Draft> {
  const { pool, clock, sealer } = ground
  const now = new Date(clock())
  const id = uuidv7(now.getTime())
  const party = owner.party === undefined ? null : partyHash(ground, owner.party)
  const open = (await list(ground, owner)).filter(({ removedAt }) => removedAt === undefined)
  if (open.length >= most.drafts) throw new Problem(draftProblems['drafts-too-many'])
  const row: DraftRow = {
    id,
    service,
    version,
    account_id: owner.account,
    party_hash: party,
    content_sealed: sealContent(ground, id, { content, ...(copied && { copied }) }),
    revision: 1,
    created_at: now,
    changed_at: now,
    removed_at: null,
    case_id: null,
    submitted_at: null,
  }
  await insertRow(pool, row)
  await eraseRemoved(pool, row, most.removed)
  return draftOf(sealer, row)
}

/** One's own, whatever its state. That another's was asked for is logged, and not told from none. */
async function ownRow(
  ground: DraftsGround,
  found: Batching<string, DraftRow | undefined>,
  owner: DraftOwner,
  id: string,
): Promise<DraftRow> {
  const row = isDraftId(id) ? await found.ask(id) : undefined
  if (row !== undefined && isOf(ground, row, owner) && !isErased(ground, row)) return row
  if (row !== undefined)
    ground.log.warn({ account: owner.account, draft: id }, 'a draft of somebody else was asked for')
  throw new Problem(draftProblems['draft-not-found'])
}

function isOf(ground: DraftsGround, row: DraftRow, { account, party }: DraftOwner): boolean {
  if (party === undefined) return row.party_hash === null && row.account_id === account
  return row.party_hash?.equals(partyHash(ground, party)) === true
}

/** Its time to be restored is over; the job that erases it may not have come by yet. */
function isErased({ clock }: DraftsGround, { removed_at: removed }: DraftRow): boolean {
  return removed !== null && clock() - removed.getTime() > draftDays.restored * dayMs
}

function sealContent({ sealer }: DraftsGround, id: string, content: SealedContent): Buffer {
  const plain = Buffer.from(JSON.stringify(content))
  if (plain.length > most.content) throw new Problem(draftProblems['draft-too-large'])
  return sealer.seal(plain, Buffer.from(`services.draft.content_sealed ${id}`))
}

async function save(
  ground: DraftsGround,
  draft: Draft,
  content: DraftContent,
  { files = [], version = draft.version, moved = draft.moved ?? null }: Saving = {},
): Promise<Draft> {
  const { clock } = ground
  const named = namedFiles(content.answers)
  const { copied } = draft
  const sealed = sealContent(ground, draft.id, {
    content,
    ...(moved === null ? {} : { moved }),
    ...(copied && { copied }),
  })
  if ([...named.values()].reduce((sum, bytes) => sum + bytes, 0) > most.files)
    throw new Problem(draftProblems['draft-too-large'])
  const now = clock()
  const next = {
    id: draft.id,
    version,
    content_sealed: sealed,
    revision: draft.revision,
    changed_at: new Date(now),
  }
  await keep(ground, draft, next, { named: [...named.keys()], files })
  const { moved: _, ...before } = draft
  return {
    ...before,
    version,
    revision: draft.revision + 1,
    // As it is read again.
    content: JSON.parse(JSON.stringify(content)) as DraftContent,
    ...(moved === null ? {} : { moved }),
    changedAt: now,
  }
}

/** Where no files come along, one statement. Throws `draft-not-found`, `draft-over`, `draft-changed`. */
async function keep(
  { pool, sealer }: DraftsGround,
  draft: Draft,
  next: ContentRow,
  { named, files }: { readonly named: readonly string[]; readonly files: readonly NewFile[] },
): Promise<void> {
  const save = async (client: Pool | PoolClient) => {
    if (await saveContent(client, next, named)) return
    const [row] = await findRows(client, [draft.id])
    asRead(row, draft)
    throw new Problem(draftProblems['draft-changed'])
  }
  if (files.length === 0) return await save(pool)
  await inTransaction(pool, async (client) => {
    await save(client)
    for (const file of files)
      await insertFile(client, sealer, { ...file, draft: draft.id, at: next.changed_at.getTime() })
    await makeRoom(client, draft.id)
  })
}

/** Who fills the store gives up what they removed first. Throws `drafts-too-many`. */
async function makeRoom(client: PoolClient, draft: string): Promise<void> {
  if ((await bytesOfOwner(client, draft)) <= most.filesOfOwner) return
  const row = await lockRow(client, draft)
  if (row !== undefined) await eraseRemoved(client, row, 0)
  if ((await bytesOfOwner(client, draft)) > most.filesOfOwner)
    throw new Problem(draftProblems['drafts-too-many'])
}

/** Locks the row as the caller read it. Throws `draft-not-found`, `draft-over`, `draft-changed`. */
async function lockOpen(client: PoolClient, draft: Draft): Promise<DraftRow> {
  return asRead(await lockRow(client, draft.id), draft)
}

/** Throws `draft-not-found`, `draft-over`, `draft-changed`. */
function asRead(row: DraftRow | undefined, { revision }: Draft): DraftRow {
  if (row === undefined) throw new Problem(draftProblems['draft-not-found'])
  if (row.case_id !== null || row.removed_at !== null) throw new Problem(draftProblems['draft-over'])
  if (row.revision !== revision) throw new Problem(draftProblems['draft-changed'])
  return row
}

async function list(
  ground: DraftsGround,
  owner: DraftOwner,
  service?: string,
): Promise<readonly DraftSummary[]> {
  const { pool, clock } = ground
  const whose = owner.party === undefined ? 'party_hash is null and account_id = $1' : 'party_hash = $1'
  const { rows } = await pool.query<Omit<DraftRow, 'content_sealed'>>(
    `select id, service, version, revision, created_at, changed_at, removed_at, case_id, submitted_at from services.draft
     where ${whose} and case_id is null and (removed_at is null or removed_at > $2) and ($3::text is null or service = $3)
     order by removed_at is not null, changed_at desc, id limit 200`,
    [
      owner.party === undefined ? owner.account : partyHash(ground, owner.party),
      new Date(clock() - draftDays.restored * dayMs),
      service ?? null,
    ],
  )
  return rows.map(summaryOf)
}

async function submitted(
  client: PoolClient,
  all: readonly HandedIn[],
): Promise<readonly (string | Problem)[]> {
  // Always locked in one order: of two groups none waits for the other in a circle.
  const sorted = all.toSorted((a, b) => (a.draft.id < b.draft.id ? -1 : 1))
  const marked = await markSubmitted(client, sorted)
  const cases: (string | Problem)[] = []
  for (const { draft, case: id } of all)
    cases.push(marked.has(draft.id) ? id : await beforehand(client, draft))
  return cases
}

/** Of a draft that could not be marked: the case that came of it before, else why not. */
async function beforehand(client: PoolClient, draft: Draft): Promise<string | Problem> {
  const before = await lockRow(client, draft.id)
  if (before?.case_id) return before.case_id
  try {
    await lockOpen(client, draft)
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  return new Problem(draftProblems['draft-changed'])
}

async function addFiles(
  { pool, clock, sealer }: DraftsGround,
  draft: string,
  files: readonly NewFile[],
  counting: CountedFiles,
): Promise<void> {
  if (files.length === 0) return
  await inTransaction(pool, async (client) => {
    await lockRow(client, draft)
    const { all, counted } = await bytesOfFiles(client, draft, counting)
    const added = files.reduce((sum, { content }) => sum + content.length, 0)
    if (counted + added > most.files || all + added > most.filesWithLeft)
      throw new Problem(draftProblems['draft-too-large'])
    for (const file of files) await insertFile(client, sealer, { ...file, draft, at: clock() })
  })
}

async function clear({ pool, clock }: DraftsGround): Promise<number> {
  const { rowCount } = await pool.query(
    'delete from services.draft where case_id is null and (removed_at < $1 or changed_at < $2)',
    [new Date(clock() - draftDays.restored * dayMs), new Date(clock() - draftDays.kept * dayMs)],
  )
  return rowCount ?? 0
}
