import type { Text } from '@sapan/kernel'
import type { Grant } from '../../grant/grant.ts'
import { exchangeProblem } from '../../problems.ts'
import type { ActorToken } from '../../tokens/actor-token.ts'
import type { GatewayGround } from '../ground.ts'
import { verifyActor } from './verify-actor.ts'

export const noActor: Text = { th: 'คำขอนี้ไม่มีโทเคนของผู้กระทำ', en: 'This call has no actor token' }

/** Refuses where the grant is for another kind of actor. Throws Problem `actor-required` with the kind. */
export function checkGrantedActor({ actor }: Grant, found: ActorToken | null): void {
  if (actor === undefined || actor === found?.kind) return
  throw exchangeProblem('actor-required', {
    detail: { th: `สิทธิเข้าถึงกำหนดผู้กระทำเป็น ${actor}`, en: `The grant is for an actor of the kind ${actor}.` },
    extensions: { actor },
  })
}

/**
 * Who acts for another does so within what they were let do: the token names the purposes, and one that names none is for
 * nothing. Throws Problem `actor-scope-outside`.
 */
function checkScope({ purpose }: Grant, { kind, scope, purposes }: ActorToken): void {
  if (kind === 'person' || kind === 'officer' || purposes?.includes(purpose)) return
  throw exchangeProblem('actor-scope-outside', {
    detail: {
      th: `ผู้กระทำทำการแทนได้เฉพาะเรื่อง ${scope ?? '-'} ซึ่งไม่รวมวัตถุประสงค์ ${purpose}`,
      en: `They act for another in ${scope ?? 'nothing'}, which is not for the purpose ${purpose}.`,
    },
    extensions: { scope: scope ?? null, purpose },
  })
}

/** Who acts, as both gateways find it in `Sapan-Actor`: a token that does not hold is refused, never ignored. */
export async function checkActor(
  ground: GatewayGround,
  { jws, consumerMember, grant }: { jws: string; consumerMember: string; grant: Grant },
): Promise<{ actor: ActorToken; decided: Text }> {
  const actor = await verifyActor(ground, jws, consumerMember)
  checkGrantedActor(grant, actor)
  checkScope(grant, actor)
  const title = actor.officer?.title
  return {
    actor,
    decided: {
      th: title ? `ผู้กระทำเป็นเจ้าหน้าที่ ${title.th}` : `ผู้กระทำเป็น ${actor.kind}`,
      en: title ? `The actor is an officer: ${title.en}` : `The actor is a ${actor.kind}`,
    },
  }
}
