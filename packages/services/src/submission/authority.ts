import { createHash } from 'node:crypto'
import { Problem } from '@sapan/kernel'
import type { ServiceDefinition } from '../definition/definition.ts'
import type { Draft } from '../draft/draft.ts'
import type { ServicesGround } from '../ground.ts'
import { submissionProblem } from './problems.ts'
import type { Submitter } from './who.ts'

/**
 * Asks anew whether who hands in may act for the applicant, and records that they do. What several must do together is
 * prepared for the others to confirm, and carried out once they have. Throws what `Mandates.act` and `joint.carryOut`
 * throw, and `application-joint` while others have to confirm.
 */
export async function assertAuthority(
  ground: ServicesGround,
  definition: ServiceDefinition,
  draft: Draft,
  who: Submitter,
): Promise<void> {
  const { mandate } = draft.content.applicant
  if (mandate === undefined) return
  const scope = definition.applicant.scope ?? ''
  const doer = doerOf(who)
  try {
    const seal = who.seal === undefined ? {} : { seal: who.seal }
    await ground.rooms.mandates.act(doer, mandate, { scope, agency: definition.owner, ...seal })
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'mandate-needs-joint') throw error
    await jointly(ground, definition, draft, who)
  }
}

function doerOf({ account, session, authenticatedAt }: Submitter) {
  return { account, session, authenticatedAt }
}

async function jointly(
  ground: ServicesGround,
  definition: ServiceDefinition,
  draft: Draft,
  who: Submitter,
): Promise<void> {
  const { rooms } = ground
  const scope = definition.applicant.scope ?? ''
  const act = jointAct(definition, draft)
  const known = await preparedAct(ground, draft.id, act.sha256)
  if (known !== undefined) {
    const { state } = await rooms.mandates.joint.seen(doerOf(who), known)
    if (state === 'complete') {
      await rooms.mandates.joint.carryOut(doerOf(who), known, { scope, act })
      return
    }
    if (state === 'used') return
    if (state === 'open') throw stillOpen(known)
  }
  throw stillOpen(await prepare(ground, definition, draft, { who, act }))
}

interface JointAct {
  readonly kind: 'application'
  readonly service: string
  readonly version: number
  readonly draft: string
  readonly sha256: string
}

/** What is confirmed: that this service is applied for with exactly these answers. */
function jointAct({ id: service, version }: ServiceDefinition, { id: draft, content }: Draft): JointAct {
  const { answers, applicant } = content
  const sha256 = createHash('sha256')
    .update(JSON.stringify({ answers, for: applicant.id }))
    .digest('hex')
  return { kind: 'application', service, version, draft, sha256 }
}

async function prepare(
  { rooms, pool, clock }: ServicesGround,
  { applicant, name }: ServiceDefinition,
  draft: Draft,
  { who, act }: { readonly who: Submitter; readonly act: JointAct },
): Promise<string> {
  const { mandate, name: party } = draft.content.applicant
  const id = await rooms.mandates.joint.prepare(doerOf(who), {
    mandate: mandate ?? '',
    scope: applicant.scope ?? '',
    act,
    words: `ยื่นเรื่อง "${name.th}" ในนามของ ${party.th}`,
    page: `/services/${act.service}/drafts/${draft.id}/review`,
    ...(who.seal === undefined ? {} : { seal: who.seal }),
  })
  await pool.query(
    `insert into services.joint_submission (draft_id, digest, joint_act, prepared_at) values ($1, $2, $3, $4)
     on conflict (draft_id) do update set digest = $2, joint_act = $3, prepared_at = $4`,
    [draft.id, Buffer.from(act.sha256, 'hex'), id, new Date(clock())],
  )
  return id
}

async function preparedAct(
  { pool }: Pick<ServicesGround, 'pool'>,
  draft: string,
  sha256: string,
): Promise<string | undefined> {
  const { rows } = await pool.query<{ joint_act: string }>(
    'select joint_act from services.joint_submission where draft_id = $1 and digest = $2',
    [draft, Buffer.from(sha256, 'hex')],
  )
  return rows[0]?.joint_act
}

function stillOpen(joint: string): Problem {
  return submissionProblem('application-joint', { extensions: { page: `/me/mandates/joint/${joint}` } })
}
