import type { Values } from '@sapan/cel'
import { uuidv7 } from '@sapan/kernel'
import type { PaymentRequest } from '@sapan/payments'
import type { Application } from '../application/application.ts'
import type { ServiceDefinition } from '../definition/definition.ts'
import type { Draft, Drafts } from '../draft/draft.ts'
import { standingVersion } from '../draft/move.ts'
import { judge } from '../eligibility/judge.ts'
import { openProblems } from '../form/problems.ts'
import { valuesOf } from '../form/values.ts'
import type { ServicesGround } from '../ground.ts'
import { keptFacts } from '../prefill/usable.ts'
import { assertAuthority } from './authority.ts'
import { kindsOf } from './concerns.ts'
import { withFreshFacts } from './fresh-facts.ts'
import { onceOf } from './once.ts'
import { askedParties, caseConsents, feeFirst, handlerOf, partyKey, planOf } from './plan.ts'
import { submissionProblem } from './problems.ts'
import { type Registration, registerOf } from './register.ts'
import type { Submitter } from './who.ts'

export interface Submission {
  readonly draft: Draft
  readonly who: Submitter
  readonly language: Application['language']
  /** When it came, in ms since 1970: it counts from then, however long it took until its turn. Now, where it is absent. */
  readonly cameAt?: number
}

/**
 * Hands a draft in and gives its case: the same however often it is sent, from however many tabs. What costs time (sealed
 * receipt, notices) is left to jobs. Throws `application-incomplete` with all that stands against it (`open`),
 * `application-refused`, `application-once`, `application-outdated`, `application-facts-changed`, `application-joint`,
 * `draft-changed`,
 * `draft-over`, and what `Mandates.act` throws.
 */
export async function submit(
  ground: ServicesGround,
  drafts: Drafts,
  { draft: given, who, language, cameAt }: Submission,
): Promise<string> {
  if (given.submitted) return given.submitted.case
  const definition = ground.definitions.version(given.service, given.version)
  if (definition === undefined || standingVersion(ground.definitions, given)?.isMoved !== false)
    throw submissionProblem('application-outdated', { extensions: { page: pageOf(given) } })
  const draft = await withFreshFacts(ground, drafts, { definition, draft: given, who })
  const submittedAt = cameAt ?? ground.clock()
  const today = ground.days.dateOf(submittedAt)
  const values = valuesOf(definition, draft.content, today)
  refuseIncomplete(definition, draft, values, today)
  await assertAuthority(ground, definition, draft, who)
  const application = applicationOf(definition, draft, values, { language, submittedAt })
  return await registerOf(ground, drafts).register({
    draft,
    ...newCase(ground, { id: uuidv7(submittedAt), definition, application, values }),
  })
}

function pageOf({ service, id }: Pick<Draft, 'service' | 'id'>): string {
  return `/services/${service}/drafts/${id}`
}

/** All that stands against it, each with its page, entry and field. */
function refuseIncomplete(
  definition: ServiceDefinition,
  { content }: Draft,
  values: Values,
  today: string,
): void {
  const problems = openProblems(definition, content, today)
  if (problems.length > 0 || feeFirst(definition, values) === undefined) {
    throw submissionProblem('application-incomplete', { extensions: { open: problems } })
  }
  const [refused] = judge(definition, values).refused
  if (refused === undefined) return
  const { id, otherwise, law } = refused.requirement
  throw submissionProblem('application-refused', {
    detail: otherwise,
    extensions: { requirement: id, law: `${law.law} ${law.section}` },
  })
}

/** Answers only to what is asked: what an earlier answer had asked for is not handed in. */
function applicationOf(
  { id, version, digest }: ServiceDefinition,
  draft: Draft,
  values: Values,
  when: Pick<Application, 'language' | 'submittedAt'>,
): Application {
  const answers = asRecord(values.answers)
  const calculated = asRecord(values.calc)
  // What the person did not agree to, or has not yet, is not handed in either.
  const facts = keptFacts(draft.content.facts, { isOver: true })
  return {
    ...draft.content,
    facts,
    answers,
    calculated,
    service: id,
    version,
    digest,
    draft: draft.id,
    ...when,
  }
}

function asRecord(value: Values[string] | undefined): Application['answers'] {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Application['answers'])
    : {}
}

interface Applied {
  readonly id: string
  readonly definition: ServiceDefinition
  readonly application: Application
  readonly values: Values
}

/** The case to open, and what is to be paid first. */
function newCase(
  ground: ServicesGround,
  { id, definition, application, values }: Applied,
): Pick<Registration, 'opening' | 'fee' | 'once'> {
  const { applicant, submittedAt } = application
  const agency = handlerOf(ground, definition, values)
  const plan = planOf(definition, values)
  const amount = feeFirst(definition, values) ?? 0
  const party = applicant.mandate === undefined ? {} : { party: partyKey(ground, applicant) }
  const fee: PaymentRequest = {
    payee: agency,
    reference: `case:${id}:fee`,
    amount,
    dueAt: ground.days.until(submittedAt, plan.paymentDays),
    title: definition.name,
    account: applicant.account,
    ...party,
  }
  const asked = askedParties(definition, values, applicant.mandate === undefined ? [applicant.id] : [])
  const consents = caseConsents(ground, asked)
  const opening: Registration['opening'] = {
    id,
    agency,
    service: definition.id,
    version: definition.version,
    applicant: applicant.account,
    ...party,
    // Who may act for the applicant is no officer in their matter, whoever handed it in.
    concerned: [partyKey(ground, applicant)],
    consents,
    kinds: kindsOf(applicant, consents),
    title: definition.name,
    content: JSON.parse(JSON.stringify(application)),
    plan,
    fee: amount,
    receivedAt: submittedAt,
    key: application.draft,
  }
  const once = onceOf(ground, definition, applicant, values)
  return { opening, ...(amount > 0 ? { fee } : {}), ...(once === undefined ? {} : { once }) }
}
