import { inTransaction, uuidv7 } from '@sapan/kernel'
import { ownMandate, refuseOver } from '../act.ts'
import { plainWords } from '../given/proposal.ts'
import {
  type Doer,
  type MandateRoom,
  mandateProblem,
  notify,
  numberHash,
  openAccount,
  refuseActing,
  refuseStale,
} from '../room.ts'
import type { Authority } from '../sources/authority.ts'
import { actHash, type JointAct, type JointWords, wordsFor } from './joint-act.ts'
import { addConfirmation, inOffice, type JointRoom, tell } from './room.ts'

export interface NewJointAct {
  /** The company's or child's mandate of the one who prepares it. */
  readonly mandate: string
  readonly scope: string
  /** What exactly is to be done: a JSON value. */
  readonly act: unknown
  /** The same in plain words, for those who confirm. */
  readonly words: JointWords
  /** Where all of it can be read, and from where it is carried out: a path of the portal. */
  readonly page?: string
  /** Whether who prepares it declares that the seal is put to it. */
  readonly seal?: boolean
}

const day = 86_400_000
const longestWords = 2_000

/**
 * Prepares a joint act; the one who prepares it confirms it by doing so. Throws as `act`, and `mandate-terms-invalid`
 * for what is not done jointly, `mandate-proof-stale`.
 */
export async function prepare(room: JointRoom, doer: Doer, asked: NewJointAct): Promise<string> {
  refuseActing(doer)
  refuseStale(room, doer, room.country.joint.freshSeconds)
  const mandate = await ownMandate(room, doer, asked.mandate)
  refuseOver(room, mandate)
  await openAccount(room, doer.account)
  const words = plain(asked.words)
  const hash = actHash(asked.act).toString('hex')
  const { source, content } = mandate
  if (source !== 'company' && source !== 'child') throw mandateProblem('mandate-scope-outside')
  const authority = await inOffice(room, doer, { source, number: content.number ?? '' }, true)
  if (authority === undefined) throw mandateProblem('mandate-ended')
  const use = authority.scopes.find(({ code }) => code === asked.scope)
  if (use?.how !== 'jointly' || wordsFor(words, 'th') === '' || wordsFor(words, 'en') === '') throw notJoint()
  const now = room.clock()
  const { number, name } = authority
  const id = uuidv7(now)
  const act: Prepared = {
    id,
    source,
    number,
    name,
    scope: asked.scope,
    act: asked.act,
    words,
    hash,
    preparedBy: doer.account,
    ...(asked.page === undefined ? {} : { page: asked.page }),
  }
  await inTransaction(room.pool, async (client) => {
    const times = { createdAt: now, expiresAt: now + room.country.joint.days * day }
    await room.joint.insert(client, { ...act, ...times }, numberHash(room, number))
    await addConfirmation(room, client, { doer, id, seal: asked.seal === true })
    await tell(room, client, { kind: 'joint-act-prepared', act, accounts: [doer.account], doer })
  })
  await inviteOthers(room, act, authority)
  return id
}

function plain(words: JointWords): JointWords {
  const of = (text: string) => plainWords(text, longestWords)
  return typeof words === 'string' ? of(words) : { th: of(words.th), en: of(words.en) }
}

type Prepared = Omit<JointAct, 'state' | 'confirmations' | 'createdAt' | 'expiresAt'>

function notJoint() {
  const detail = {
    th: 'เรื่องนี้ไม่ต้องทำร่วมกัน หรือยังไม่ได้บอกว่าจะทำอะไร',
    en: 'This is not done jointly, or it is not said in words what is to be done.',
  }
  return mandateProblem('mandate-terms-invalid', { detail })
}

/** The others find it on their page; those who have an account are told. */
async function inviteOthers(
  room: MandateRoom,
  act: Pick<JointAct, 'id' | 'name' | 'preparedBy'>,
  { members }: Authority,
): Promise<void> {
  for (const { number } of members) {
    const account = await room.accounts.findByIdentifier('national-id', number)
    if (account?.state !== 'open' || account.id === act.preparedBy) continue
    await inTransaction(room.pool, (client) =>
      notify(room, client, {
        account: account.id,
        title: { th: 'มีเรื่องรอคุณยืนยันร่วม', en: 'A joint act waits for you' },
        body: {
          th: `มีผู้เตรียมเรื่องที่ต้องทำร่วมกันแทน ${act.name.th} อ่านแล้วยืนยันหรือไม่ยืนยัน`,
          en: `Something to be done jointly for ${act.name.en} was prepared. Read it, then confirm or leave it.`,
        },
        link: `/me/mandates/joint/${act.id}`,
      }),
    )
  }
}
