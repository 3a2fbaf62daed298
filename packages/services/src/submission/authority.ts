import { createHash } from 'node:crypto'
import type { ServiceDefinition } from '../definition/definition.ts'
import type { Draft } from '../draft/draft.ts'
import type { ServicesGround } from '../ground.ts'
import { doFor } from './jointly.ts'
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
  const { mandate, name: party } = draft.content.applicant
  if (mandate === undefined) return
  const { sha256, ...act } = jointAct(definition, draft)
  const done = {
    ...{ mandate, scope: definition.applicant.scope ?? '', agency: definition.owner },
    act: { ...act, sha256 },
    words: {
      th: `ยื่นเรื่อง "${definition.name.th}" ในนามของ ${party.th}`,
      en: `Hand in “${definition.name.en}” for ${party.en}`,
    },
    page: `/services/${definition.id}/drafts/${draft.id}/review`,
  }
  await doFor(ground.rooms.mandates, who, done, {
    find: () => preparedAct(ground, draft.id, sha256),
    keep: (joint) => keepPrepared(ground, draft.id, sha256, joint),
  })
}

type JointAct = {
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

async function keepPrepared(
  { pool, clock }: Pick<ServicesGround, 'pool' | 'clock'>,
  draft: string,
  sha256: string,
  joint: string,
): Promise<void> {
  await pool.query(
    `insert into services.joint_submission (draft_id, digest, joint_act, prepared_at) values ($1, $2, $3, $4)
     on conflict (draft_id) do update set digest = $2, joint_act = $3, prepared_at = $4`,
    [draft, Buffer.from(sha256, 'hex'), joint, new Date(clock())],
  )
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
