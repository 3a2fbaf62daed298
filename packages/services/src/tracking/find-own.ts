import type { Case, CasePerson } from '@sapan/casework'
import { Problem } from '@sapan/kernel'
import type { ServicesGround } from '../ground.ts'
import { actorIn } from '../submission/actor.ts'
import { submissionProblem } from '../submission/problems.ts'
import { personOf, silentOf } from '../submission/who.ts'

export interface OwnCase {
  /** With all whose matters they may see. */
  readonly person: CasePerson
  /** With those alone for whom they may act in the case's service. */
  readonly actor: CasePerson
  readonly found: Case
}

/**
 * A case that concerns a person: their own, one of somebody for whom they act, or one to which they are asked to agree. Another's is
 * `case-not-found`, and logged. While a register is silent that says for whom they act, what is not found may be theirs all the
 * same: then it is `application-authority-unknown`, for every id alike, so that nobody learns whether there is such a case.
 */
export async function findOwn(
  ground: Pick<ServicesGround, 'cases' | 'definitions' | 'rooms' | 'hashKey'>,
  account: string,
  id: string,
): Promise<OwnCase> {
  const person = await personOf(ground, account)
  const found = await findFor(ground, person, id)
  const { party, service, version } = found
  const actor =
    party === undefined
      ? person
      : await actorIn(ground, account, ground.definitions.version(service, version))
  return { person, actor, found }
}

async function findFor(
  ground: Pick<ServicesGround, 'cases' | 'rooms'>,
  person: CasePerson,
  id: string,
): Promise<Case> {
  try {
    return await ground.cases.find(person, id)
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'case-not-found') throw error
    const silent = await silentOf(ground, person.account)
    if (silent.length === 0) throw error
    const names = (language: 'th' | 'en', and: string) => silent.map((name) => name[language]).join(and)
    throw submissionProblem('application-authority-unknown', {
      cause: error,
      extensions: { retryAfter: 30 },
      detail: {
        th: `${names('th', ' และ')}ไม่ตอบในขณะนี้ จึงยังไม่รู้ว่าคุณทำการแทนผู้ใดได้`,
        en: `There is no answer from ${names('en', ' and ')}, so it is not known for whom you may act.`,
      },
    })
  }
}
