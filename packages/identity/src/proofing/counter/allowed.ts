import { Problem } from '@sapan/kernel'
import { proofingProblems } from '../../problems/proofing.ts'
import type { CheckingOfficer } from '../evidence.ts'
import type { ProofingGround } from '../ground.ts'
import type { CounterOfficer, CounterOfficers } from './ports.ts'

/** The duty (นายทะเบียน) without which nobody proofs anybody. */
export const REGISTRAR = 'registrar'

/**
 * The officer as evidence names them, if they may proof people at this moment: a duty that ran out since the page was
 * opened is refused here. Throws `counter-not-allowed`.
 */
export async function allowedOfficer(
  { clock, log }: ProofingGround,
  officers: CounterOfficers,
  { account, appointment }: CounterOfficer,
): Promise<CheckingOfficer> {
  const held = (await officers.appointmentsOf(account, clock())).find(({ id }) => id === appointment)
  if (held?.duties.includes(REGISTRAR)) return { account, appointment, agency: held.agency }
  log.warn({ account, appointment }, 'an officer without the duty wanted to proof somebody')
  throw new Problem(proofingProblems['counter-not-allowed'])
}

/** Throws `counter-own-identity` where the person at the counter is the officer. */
export async function refuseOneself(
  { accounts, log }: ProofingGround,
  { account }: CheckingOfficer,
  person: { readonly number: string; readonly account: string | undefined },
): Promise<void> {
  const own = await accounts.identifiersOf(account)
  if (person.account !== account && !own.some(({ value }) => value === person.number)) return
  log.warn({ account }, 'an officer wanted to proof themselves')
  throw new Problem(proofingProblems['counter-own-identity'])
}
