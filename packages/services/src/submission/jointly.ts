import type { JsonValue } from '@sapan/casework'
import type { Mandates } from '@sapan/identity'
import { Problem, type Text } from '@sapan/kernel'
import { submissionProblem } from './problems.ts'
import type { Submitter } from './who.ts'

/** Something done for another that may need several, or the seal. */
export interface DoneFor {
  readonly mandate: string
  /** Kind of act, and the member where it is done. */
  readonly scope: string
  readonly agency: string
  /** What exactly is done: that is what the others confirm. */
  readonly act: JsonValue
  /** The same in words, for those who confirm. */
  readonly words: Text
  /** From where it is read and carried out: a path of the portal. */
  readonly page: string
}

/** Where the joint act is kept that was prepared for exactly this. */
export interface PreparedActs {
  find(): Promise<string | undefined>
  keep(joint: string): Promise<void>
}

/**
 * Lets one thing be done under a mandate, and records it. What several must do together is prepared for the others to confirm,
 * and carried out once they have. Throws what `Mandates.act` and `joint.carryOut` throw, and `application-joint` while others
 * have to confirm.
 */
export async function doFor(
  mandates: Pick<Mandates, 'act' | 'joint'>,
  who: Submitter,
  done: DoneFor,
  prepared: PreparedActs,
): Promise<void> {
  const { mandate, scope, agency } = done
  const seal = who.seal === undefined ? {} : { seal: who.seal }
  try {
    await mandates.act(doerOf(who), mandate, { scope, agency, ...seal })
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'mandate-needs-joint') throw error
    await jointly(mandates, who, done, prepared)
  }
}

async function jointly(
  { joint }: Pick<Mandates, 'joint'>,
  who: Submitter,
  { agency: _, ...done }: DoneFor,
  prepared: PreparedActs,
): Promise<void> {
  const { scope, act } = done
  const known = await prepared.find()
  if (known !== undefined) {
    const { state } = await joint.seen(doerOf(who), known)
    if (state === 'complete') {
      await joint.carryOut(doerOf(who), known, { scope, act })
      return
    }
    if (state === 'used') return
    if (state === 'open') throw stillOpen(known)
  }
  const seal = who.seal === undefined ? {} : { seal: who.seal }
  const id = await joint.prepare(doerOf(who), { ...done, ...seal })
  await prepared.keep(id)
  throw stillOpen(id)
}

/** Who does something, as identity asks for them. */
export function doerOf({ account, session, authenticatedAt }: Submitter) {
  return { account, session, authenticatedAt }
}

function stillOpen(joint: string): Problem {
  return submissionProblem('application-joint', { extensions: { page: `/me/mandates/joint/${joint}` } })
}
