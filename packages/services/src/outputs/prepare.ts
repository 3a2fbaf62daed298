import type { Output, ServiceDefinition } from '../definition/definition.ts'
import { type Carrying, carryingOf } from '../effects/carrying.ts'
import type { ServicesGround } from '../ground.ts'
import { findOutput, keepContent, type OutputRecord } from '../store/outputs.ts'
import { submissionProblem } from '../submission/problems.ts'
import type { OutputSigner } from './data.ts'
import { drawOutput } from './draw.ts'
import { ensureOutput } from './ensure-output.ts'
import { isMadeBeforehand } from './made-beforehand.ts'

/** A document that waits for an officer's signature. */
export interface PreparedOutput {
  readonly output: string
  readonly name: Output['name']
  readonly number: string
  /** With the signatures that it has already. */
  readonly pdf: Uint8Array
  readonly signatures: number
  /** Of which decision it is; milliseconds since 1970. */
  readonly decidedAt: number
}

/**
 * The documents that officers sign before a decision is carried out, with number and data. `signer`: who is about to sign;
 * the first one's name stands under it. Those that say what registers answer are not among them: they are sealed by the
 * agency afterwards. Throws `output-not-made` with the reason.
 */
export async function prepareOutputs(
  ground: ServicesGround,
  caseId: string,
  signer: OutputSigner,
): Promise<readonly PreparedOutput[]> {
  const carrying = await carryingOf(ground, caseId)
  if (carrying === undefined) return []
  const outputs = outputsOf(carrying).filter((output) => isSignedByOfficers(carrying, output))
  const prepared: PreparedOutput[] = []
  for (const output of outputs) prepared.push(await prepareOne(ground, carrying, output, signer))
  return prepared
}

async function prepareOne(
  ground: ServicesGround,
  carrying: Carrying,
  output: Output,
  signer: OutputSigner,
): Promise<PreparedOutput> {
  const ensured = await ensureOutput(ground, carrying, output, signer)
  if (ensured.kind === 'returned')
    throw submissionProblem('output-not-made', { detail: { th: ensured.why, en: ensured.why } })
  const { record } = ensured
  const pdf = await drawn(ground, output, record, { signatures: officersSigning(carrying) })
  const { number, signatures, decidedAt } = record
  return { output: output.id, name: output.name, number, pdf, signatures, decidedAt }
}

/** The document as it is signed so far; drawn and kept where it is not there yet, so that all sign the same bytes. */
export async function drawn(
  ground: ServicesGround,
  { template }: Output,
  record: OutputRecord,
  { signatures }: { readonly signatures: number },
): Promise<Uint8Array> {
  if (record.content) return record.content
  const content = await drawOutput(ground, template, record, signatures)
  await keepContent(ground.pool, ground.sealer, record, { content, signatures: 0, isSigned: false })
  return content
}

/**
 * Keeps a document that an officer has signed. Throws `output-signature-foreign` where it is not the one that was
 * prepared with a signature added.
 */
export async function putSigned(
  ground: ServicesGround,
  caseId: string,
  output: string,
  pdf: Uint8Array,
): Promise<void> {
  const carrying = await carryingOf(ground, caseId)
  if (carrying === undefined) throw submissionProblem('output-signature-foreign')
  const at = { case: caseId, stage: carrying.stage, output }
  const record = await findOutput(ground.pool, ground.sealer, at)
  const before = record?.content
  if (record === undefined || before === undefined || !isContinued(before, pdf))
    throw submissionProblem('output-signature-foreign')
  const signatures = record.signatures + 1
  const isSigned = signatures >= officersSigning(carrying)
  await keepContent(ground.pool, ground.sealer, at, { content: pdf, signatures, isSigned })
}

/** A signature is an incremental update (ISO 32000-2 §7.5.6): what was there stays, and more follows. */
function isContinued(before: Uint8Array, after: Uint8Array): boolean {
  return after.length > before.length && Buffer.from(before).equals(after.subarray(0, before.length))
}

/** The documents of a decision, in the order of the definition. */
export function outputsOf({ course, rule }: Pick<Carrying, 'course' | 'rule'>): readonly Output[] {
  return outputsNamed(course.definition, rule.outputs)
}

function outputsNamed({ outputs }: ServiceDefinition, names: readonly string[]): readonly Output[] {
  return outputs.filter(({ id }) => names.includes(id))
}

/** How many officers must sign what a decision brings. */
export function officersSigning({ course }: Pick<Carrying, 'course'>): number {
  return course.case.plan.steps
    .filter(({ kind, by }) => kind === 'sign' && by === 'officer')
    .reduce((sum, { count }) => sum + count, 0)
}

export function isSignedByOfficers(carrying: Pick<Carrying, 'course'>, output: Output): boolean {
  return officersSigning(carrying) > 0 && isMadeBeforehand(output)
}
