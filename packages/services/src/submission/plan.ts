import type { CaseConsent, CasePlan } from '@sapan/casework'
import type { Values } from '@sapan/cel'
import type { ServiceDefinition } from '../definition/definition.ts'
import type { PartyConsent } from '../definition/workflow.ts'
import { partyHash } from '../draft/drafts.ts'
import { judge } from '../eligibility/judge.ts'
import { holds } from '../form/outcomes.ts'
import type { ServicesGround } from '../ground.ts'
import { outcomesToSign } from '../outputs/made-beforehand.ts'

/** What the machine of a case must know of a workflow. Pure. */
export function planOf(definition: ServiceDefinition, values: Values): CasePlan {
  const { workflow, workingDays } = definition
  const { steps, automatic, appeal, waits } = workflow
  // What does not meet a requirement is looked at by an officer, whatever the rule says.
  const isByRule =
    automatic !== undefined && holds(automatic, values) && judge(definition, values).overall !== 'no'
  return {
    steps,
    ...(isByRule ? { automatic: true } : {}),
    workingDays,
    informationDays: waits.information.days,
    paymentDays: waits.payment.days,
    ...(appeal && { appeal: { days: appeal.days, duty: appeal.duty, workingDays: appeal.workingDays } }),
    signedOutcomes: outcomesToSign(definition),
    mayWithdraw: true,
  }
}

/** The fee that is paid before a case is looked at, in whole satang; undefined while it is not known. Pure. */
export function feeFirst({ fee }: ServiceDefinition, values: Values): number | undefined {
  if (fee?.when !== 'with-submission') return 0
  const outcome = fee.amount.evaluate(values)
  if (!outcome.known || typeof outcome.value !== 'number' || !Number.isSafeInteger(outcome.value))
    return undefined
  return Math.max(0, outcome.value)
}

/** Somebody whose yes is needed, with the number by which they are found. */
export interface AskedParty {
  readonly consent: PartyConsent
  readonly number: string
}

/** Who is asked for consent. Who applies agrees by applying. Pure. */
export function askedParties(
  { workflow }: ServiceDefinition,
  values: Values,
  applicantNumbers: readonly string[],
): readonly AskedParty[] {
  return workflow.consents.flatMap((consent) => {
    if (consent.when !== undefined && !holds(consent.when, values)) return []
    const of = consent.of.evaluate(values)
    if (!of.known || typeof of.value !== 'string' || applicantNumbers.includes(of.value)) return []
    return [{ consent, number: of.value }]
  })
}

export function caseConsents(
  ground: Pick<ServicesGround, 'hashKey'>,
  asked: readonly AskedParty[],
): readonly CaseConsent[] {
  return asked.map(({ consent: { id, days }, number }) => ({
    id,
    of: partyKey(ground, { scheme: 'national-id', id: number }),
    days,
  }))
}

/** A keyed hash of a person or company, as cases and documents carry it. */
export function partyKey(
  ground: Pick<ServicesGround, 'hashKey'>,
  party: Parameters<typeof partyHash>[1],
): string {
  return partyHash(ground, party).toString('hex')
}

/** The member that handles it: as the workflow says, else the owner. An agency that is none is not believed. */
export function handlerOf(
  { memberName }: Pick<ServicesGround, 'memberName'>,
  { workflow, owner }: ServiceDefinition,
  values: Values,
): string {
  const said = workflow.handler?.evaluate(values)
  if (said?.known !== true || typeof said.value !== 'string') return owner
  return memberName(said.value) === undefined ? owner : said.value
}
