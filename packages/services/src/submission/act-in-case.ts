import { createHash } from 'node:crypto'
import { type Case, caseProblems } from '@sapan/casework'
import type { Mandate } from '@sapan/identity'
import { Problem, type Text } from '@sapan/kernel'
import type { ServicesGround } from '../ground.ts'
import { covers } from './actor.ts'
import { doerOf, doFor } from './jointly.ts'
import { partiesBy, type Submitter } from './who.ts'

type Ground = Pick<ServicesGround, 'rooms' | 'hashKey' | 'definitions' | 'pool' | 'clock'>

/** What is done on a case that binds whom it is about, as handing in does. */
export interface BindingDeed {
  readonly saying: 'withdraw' | 'appeal'
  readonly text: string
}

const words = {
  withdraw: { th: 'ถอนเรื่อง', en: 'Withdraw' },
  appeal: { th: 'อุทธรณ์ผลของเรื่อง', en: 'Appeal in' },
} as const satisfies Record<string, Text>

/**
 * Asks anew whether who withdraws a case of another, or appeals in it, may do so, and records that they do: by the signing
 * condition under which it was handed in. Throws what `doFor` throws, and `case-not-found` for who has no mandate for it.
 */
export async function bindInCase(
  ground: Ground,
  who: Submitter,
  found: Case,
  deed: BindingDeed,
): Promise<void> {
  const held = await mandateFor(ground, who, found)
  if (held === undefined) return
  const { saying, text } = deed
  const act = {
    ...{ kind: 'case', what: saying, case: found.id, number: found.number, text },
    // An appeal that is withdrawn leaves the case.
    stage: found.state === 'appealed' ? 'appeal' : 'first',
  }
  const digest = createHash('sha256').update(JSON.stringify(act)).digest()
  const done = {
    ...{ ...held, act },
    words: {
      th: `${words[saying].th} "${found.title.th}" เลขรับ ${found.number} ในนามของ ${held.name.th}`,
      en: `${words[saying].en} “${found.title.en}”, receipt number ${found.number}, for ${held.name.en}`,
    },
    page: `/me/applications/${found.id}/${saying}`,
  }
  await doFor(ground.rooms.mandates, who, done, {
    find: () => preparedFor(ground, found.id, saying, digest),
    keep: (joint) => keepPrepared(ground, { found, saying, digest, joint }),
  })
}

/**
 * The same for who replies: the officer asked for it, and what was handed in stays as all confirmed it, so that one of several
 * replies alone, as one prepares an application alone.
 */
export async function replyInCase(ground: Ground, who: Submitter, found: Case): Promise<void> {
  const held = await mandateFor(ground, who, found)
  if (held === undefined) return
  const { mandate, scope, agency } = held
  await ground.rooms.mandates.act(doerOf(who), mandate, { scope, agency, preparing: true })
}

/** The mandate under which somebody acts in a case; undefined where it is their own. */
async function mandateFor(ground: Ground, { account }: Submitter, { id, party, service, version }: Case) {
  if (party === undefined || (await partiesBy(ground, account, [])).includes(party)) return undefined
  const definition = ground.definitions.version(service, version)
  const held = await ground.rooms.mandates.of(account)
  const about = async (mandate: Mandate) => (await partiesBy(ground, account, [mandate])).includes(party)
  for (const mandate of held)
    if (definition !== undefined && covers(mandate, definition) && (await about(mandate))) {
      const { applicant, owner } = definition
      return { mandate: mandate.id, scope: applicant.scope ?? '', agency: owner, name: mandate.name }
    }
  throw new Problem(caseProblems['case-not-found'], { cause: new Error(`no mandate for case ${id}`) })
}

/** What was prepared for the others to confirm, and is not done yet: the words that they confirm. */
export async function preparedWords(
  ground: Pick<Ground, 'pool' | 'rooms'>,
  who: Submitter,
  found: Pick<Case, 'id'>,
  saying: BindingDeed['saying'],
): Promise<string | undefined> {
  const joint = await preparedFor(ground, found.id, saying)
  if (joint === undefined) return undefined
  const { state, act } = await ground.rooms.mandates.joint.seen(doerOf(who), joint)
  const text = state === 'open' || state === 'complete' ? Reflect.get(Object(act), 'text') : undefined
  return typeof text === 'string' ? text : undefined
}

async function preparedFor(
  { pool }: Pick<Ground, 'pool'>,
  id: string,
  saying: string,
  digest?: Buffer,
): Promise<string | undefined> {
  const { rows } = await pool.query<{ joint_act: string }>(
    `select joint_act from services.joint_saying
     where case_id = $1 and saying = $2 and digest = coalesce($3, digest)`,
    [id, saying, digest ?? null],
  )
  return rows[0]?.joint_act
}

interface Prepared extends Pick<BindingDeed, 'saying'> {
  readonly found: Pick<Case, 'id'>
  readonly digest: Buffer
  readonly joint: string
}

async function keepPrepared(
  { pool, clock }: Pick<Ground, 'pool' | 'clock'>,
  { found, saying, digest, joint }: Prepared,
): Promise<void> {
  await pool.query(
    `insert into services.joint_saying (case_id, saying, digest, joint_act, prepared_at) values ($1, $2, $3, $4, $5)
     on conflict (case_id, saying) do update set digest = $3, joint_act = $4, prepared_at = $5`,
    [found.id, saying, digest, joint, new Date(clock())],
  )
}
