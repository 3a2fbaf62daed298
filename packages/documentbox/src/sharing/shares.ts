import { Problem, uuidv7 } from '@sapan/kernel'
import { keyedHash } from '@sapan/trust'
import { type Authority, authorityOver, unknownAuthority } from '../authority.ts'
import { type BoxDocument, type DocumentBoxHouse, type Share, shareHours } from '../documentbox.ts'
import type { DocumentBoxOptions } from '../ground.ts'
import { documentboxProblems } from '../problems.ts'
import { type DocumentRow, documentColumns, documentOf, readContent } from '../store/documents.ts'
import { writeView } from '../store/views.ts'
import { isUuid } from '../uuid.ts'
import { newShareCode, typedShareCode } from './code.ts'

interface ShareRow {
  readonly id: string
  readonly account: string
  readonly party: string | null
  readonly issuer: string
  readonly kind: string
  readonly code_sealed: Buffer
  readonly created_at: Date
  readonly expires_at: Date
  readonly ended_at: Date | null
}

const most = 20
const hour = 3_600_000
const place = (id: string) => Buffer.from(`share.code ${id}`)

/** Makes a share of a document that is the account's. */
export async function makeShare(
  { pool, clock, sealer, hashKey }: DocumentBoxOptions,
  account: string,
  document: string,
  hours: number,
): Promise<Share> {
  if (!shareHours.some((choice) => choice === hours)) {
    throw new Problem(documentboxProblems['document-share-choice-unknown'])
  }
  const at = clock()
  const share = { id: uuidv7(at), code: newShareCode(), createdAt: at, expiresAt: at + hours * hour }
  const { rowCount } = await pool.query(
    `insert into documentbox.share (id, document, account, code_hash, code_sealed, created_at, expires_at)
     select $1, $2, $3, $4, $5, $6, $7 where $8 > (
       select count(*) from documentbox.share where document = $2 and ended_at is null and expires_at > $6)`,
    [
      share.id,
      document,
      account,
      keyedHash(hashKey, typedShareCode(share.code) ?? ''),
      sealer.seal(Buffer.from(share.code), place(share.id)),
      new Date(at),
      new Date(share.expiresAt),
      most,
    ],
  )
  if (rowCount === 0) throw new Problem(documentboxProblems['document-shares-too-many'])
  return share
}

/** Those that are not over. */
export async function sharesOf(ground: DocumentBoxOptions, document: string): Promise<readonly Share[]> {
  const { pool, clock, sealer } = ground
  const { rows } = await pool.query<ShareRow>(
    `select s.id, s.account, d.party, d.issuer, d.kind, s.code_sealed, s.created_at, s.expires_at, s.ended_at
     from documentbox.share s join documentbox.document d on d.id = s.document
     where s.document = $1 and s.ended_at is null and s.expires_at > $2 order by s.created_at desc, s.id desc`,
    [document, new Date(clock())],
  )
  return await Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      code: sealer.open(row.code_sealed, place(row.id)).toString('utf8'),
      createdAt: row.created_at.getTime(),
      expiresAt: row.expires_at.getTime(),
      ...doubtOf(await standing(ground, row)),
    })),
  )
}

/** Who knows the code of a party's document and acts for the party no more would else reach it by the code. */
async function standing(
  ground: DocumentBoxOptions,
  { account, party, issuer, kind }: Pick<ShareRow, 'account' | 'party' | 'issuer' | 'kind'>,
): Promise<Authority> {
  return party === null ? { acts: true } : await authorityOver(ground, account, { party, issuer, kind })
}

function doubtOf(authority: Authority): Pick<Share, 'withoutMandate' | 'silent'> {
  if ('silent' in authority) return { silent: authority.silent }
  return authority.acts ? {} : { withoutMandate: true }
}

export async function endShareOf(
  ground: DocumentBoxOptions,
  account: string,
  document: string,
  share: string,
): Promise<void> {
  if (!isUuid(share)) return
  const { rowCount } = await ground.pool.query(
    'update documentbox.share set ended_at = $3 where id = $1 and document = $2 and ended_at is null',
    [share, document, new Date(ground.clock())],
  )
  if (rowCount === 1) await writeView(ground, document, 'share-ended', { account })
}

/** For whoever has a code: each look is written down before anything is shown. */
export function opening(ground: DocumentBoxOptions): Pick<DocumentBoxHouse, 'openShare' | 'sharedContent'> {
  const open = async (
    code: string,
    opener: string,
    what: 'seen' | 'file',
  ): Promise<BoxDocument | undefined> => {
    const found = await findShared(ground, code)
    if (found === undefined) {
      ground.log.warn('a code of a share that is none')
      return undefined
    }
    await writeView(ground, found.id, what, { share: found.share, opener })
    return documentOf(found)
  }
  return {
    openShare: (code, opener) => open(code, opener, 'seen'),
    async sharedContent(code, opener) {
      const document = await open(code, opener, 'file')
      const content = document && (await readContent(ground, document.id))
      return document && content && { document, content }
    },
  }
}

type SharedRow = DocumentRow & { readonly share: string; readonly account: string }

async function findShared(ground: DocumentBoxOptions, code: string): Promise<SharedRow | undefined> {
  const { pool, clock, hashKey, log } = ground
  const plain = typedShareCode(code)
  if (plain === undefined) return undefined
  const { rows } = await pool.query<SharedRow>(
    `select ${documentColumns.replace(/\b(?=[a-z])/g, 'd.')}, s.id as share, s.account
     from documentbox.share s join documentbox.document d on d.id = s.document
     where s.code_hash = $1 and s.ended_at is null and s.expires_at > $2`,
    [keyedHash(hashKey, plain), new Date(clock())],
  )
  const [found] = rows
  if (found === undefined) return undefined
  const authority = await standing(ground, found)
  if ('silent' in authority) throw unknownAuthority(authority.silent)
  if (authority.acts) return found
  log.warn({ document: found.id, account: found.account }, 'a share of one who acts for its party no more')
  return undefined
}
