import { inTransaction, type Language, type PoolClient, Problem, uuidv7 } from '@sapan/kernel'
import { proofingProblems } from '../../problems/proofing.ts'
import type { CheckingOfficer, Evidence } from '../evidence.ts'
import type { ProofingGround } from '../ground.ts'
import { createReproofing, type Reproofed } from '../reproof.ts'
import { settleIn } from '../settle.ts'
import { allowedOfficer, refuseOneself } from './allowed.ts'
import { type CounterCheck, findingOf } from './check.ts'
import {
  codeOfId,
  type EnrolmentCode,
  type KnownCode,
  lookAtCode,
  makeCode,
  takeCode,
} from './enrolment-code.ts'
import { findPerson } from './find-person.ts'
import type { CounterOfficer, CounterOfficers } from './ports.ts'
import { findVisit, insertVisit, type Visit, visitProofed } from './visit.ts'

/**
 * Proofing in person, at a district office's counter. Every act asks anew whether the officer has the duty, and throws
 * `counter-not-allowed` where not, `counter-own-identity` where the person is the officer, `counter-visit-not-found` for a
 * visit of another officer or one that is over.
 */
export interface Counter {
  /** Looks somebody up in the registers by number. Throws as `findPerson`. */
  open(officer: CounterOfficer, number: string): Promise<Visit>
  visit(officer: CounterOfficer, id: string): Promise<Visit>
  /** Raises the person's account, which is opened where there is none. Throws `counter-check-incomplete`, and as `settle`. */
  proof(officer: CounterOfficer, id: string, check: CounterCheck, language: Language): Promise<Evidence>
  /** For recovery, and where the account is frozen: who it is, without changing the account. */
  reproof(officer: CounterOfficer, id: string, check: CounterCheck): Promise<Reproofed>
  /** For somebody who was proofed in this visit. */
  enrolmentCode(officer: CounterOfficer, id: string): Promise<EnrolmentCode>
  /** At the person's own telephone. Throws `enrolment-code-invalid`, `proofing-too-many-attempts`. */
  takeCode(asker: string, code: string): Promise<KnownCode>
  /** The same without taking it. */
  lookAtCode(asker: string, code: string): Promise<KnownCode>
  /** By the id of `lookAtCode`, while the code is good. */
  codeOfId(id: string): Promise<KnownCode | undefined>
}

export function createCounter(ground: ProofingGround, officers: CounterOfficers): Counter {
  const { pool, sealer, clock } = ground
  const holder = ({ person }: Visit) =>
    ground.accounts.findByIdentifier(person.identifier.scheme, person.identifier.value)
  const ownVisit = async (officer: CounterOfficer, id: string, client?: PoolClient): Promise<Visit> => {
    const allowed = await allowedOfficer(ground, officers, officer)
    const at = { id, officer: allowed, now: clock(), lock: client !== undefined }
    const visit = await findVisit(client ?? pool, sealer, at)
    if (visit === undefined) throw visitNotFound(ground, allowed, id)
    // The account may have come to be, or the officer's number been proved, since the visit was opened.
    const account = (await holder(visit))?.id
    await refuseOneself(ground, allowed, { number: visit.person.identifier.value, account })
    return visit
  }
  return {
    open: async (officer, number) => {
      const allowed = await allowedOfficer(ground, officers, officer)
      await refuseOneself(ground, allowed, { number: number.replace(/[\s-]/g, ''), account: undefined })
      const person = await findPerson(ground, number)
      const id = uuidv7(clock())
      await insertVisit(pool, sealer, { id, officer: allowed, person }, clock())
      return await ownVisit(officer, id)
    },
    visit: (officer, id) => ownVisit(officer, id),
    proof: (officer, id, check, language) =>
      inTransaction(pool, async (client) => {
        const visit = await ownVisit(officer, id, client)
        const finding = findingOf(ground, visit, check)
        const account = (await holder(visit))?.id ?? (await ground.accounts.create(client, { language })).id
        await visitProofed(client, id, account)
        return await settleIn(ground, client, account, finding, { evenFrozen: true })
      }),
    reproof: async (officer, id, check) => {
      const visit = await ownVisit(officer, id)
      return await createReproofing(ground).byFinding(findingOf(ground, visit, check))
    },
    enrolmentCode: (officer, id) =>
      inTransaction(pool, async (client) => {
        const visit = await ownVisit(officer, id, client)
        const { account } = visit
        if (account === undefined) throw visitNotFound(ground, visit.officer, id)
        return await makeCode(ground, client, { ...visit, account })
      }),
    takeCode: (asker, code) => takeCode(ground, asker, code),
    lookAtCode: (asker, code) => lookAtCode(ground, asker, code),
    codeOfId: (id) => codeOfId(ground, id),
  }
}

function visitNotFound({ log }: ProofingGround, { account }: CheckingOfficer, visit: string): Problem {
  log.warn({ account, visit }, 'an officer asked for a visit that is not theirs, or over')
  return new Problem(proofingProblems['counter-visit-not-found'])
}
