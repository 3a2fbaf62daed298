import { inTransaction, type PoolClient } from '@sapan/kernel'
import type { Output } from '../definition/definition.ts'
import type { Carrying, StepOutcome } from '../effects/carrying.ts'
import type { ServicesGround } from '../ground.ts'
import { findOutput, keepContent, markDelivered, type OutputRecord } from '../store/outputs.ts'
import { recipientsOf } from '../submission/recipients.ts'
import { tellApplicant } from '../submission/tell.ts'
import { agencyName, ensureOutput } from './ensure-output.ts'
import { drawn, isSignedByOfficers } from './prepare.ts'

/** Under a sealed document. */
const sealWords = 'ตราประทับอิเล็กทรอนิกส์ของหน่วยงาน'

/**
 * Puts a signed document into the box of whoever applied, once, and tells them. It was signed by officers before the
 * decision was carried out, or is sealed by the agency now.
 */
export async function deliverOutput(
  ground: ServicesGround,
  carrying: Carrying,
  output: Output,
): Promise<StepOutcome> {
  const ready = await readyOutput(ground, carrying, output)
  if (ready.kind === 'returned') return ready
  const { record, content } = ready
  if (record.state === 'delivered' || content === undefined) return { kind: 'done' }
  const to = await recipientsOf(ground, carrying.course.case)
  await inTransaction(ground.pool, async (client) => {
    const held = await findOutput(client, ground.sealer, record, { isHeld: true })
    if (held?.state === 'delivered') return
    await put(ground, client, carrying, { output, record, content, to })
  })
  return { kind: 'done' }
}

/** Makes and seals a document, and gives it to nobody yet: of several none is given out that another could bring back. */
export async function makeOutput(
  ground: ServicesGround,
  carrying: Carrying,
  output: Output,
): Promise<StepOutcome> {
  const ready = await readyOutput(ground, carrying, output)
  return ready.kind === 'returned' ? ready : { kind: 'done' }
}

async function readyOutput(ground: ServicesGround, carrying: Carrying, output: Output): Promise<Ready> {
  return isSignedByOfficers(carrying, output)
    ? await signed(ground, carrying, output)
    : await sealed(ground, carrying, output)
}

type Ready =
  | { readonly kind: 'ready'; readonly record: OutputRecord; readonly content?: Uint8Array }
  | { readonly kind: 'returned'; readonly why: string }

async function signed(ground: ServicesGround, carrying: Carrying, output: Output): Promise<Ready> {
  const at = { case: carrying.course.case.id, stage: carrying.stage, output: output.id }
  const record = await findOutput(ground.pool, ground.sealer, at)
  if (record?.state === 'delivered') return { kind: 'ready', record }
  const isOfThis = record?.decidedAt === carrying.course.case.decision?.at
  if (record?.state !== 'signed' || record.content === undefined || !isOfThis)
    return { kind: 'returned', why: `เอกสารยังไม่ได้ลงนาม: ${output.name.th}` }
  return { kind: 'ready', record, content: record.content }
}

/** Sealed twice, after a fall in between, is harmless: only what was kept first is ever given out. */
async function sealed(ground: ServicesGround, carrying: Carrying, output: Output): Promise<Ready> {
  const { agency } = carrying.course.case
  const signer = { name: agencyName(ground, agency), position: sealWords }
  const ensured = await ensureOutput(ground, carrying, output, signer)
  if (ensured.kind === 'returned') return ensured
  const { record } = ensured
  if (record.state !== 'numbered') return { kind: 'ready', record, ...contentOf(record) }
  const content = await ground.seals.seal(agency, await drawn(ground, output, record, { signatures: 0 }))
  await keepContent(ground.pool, ground.sealer, record, { content, signatures: 1, isSigned: true })
  return { kind: 'ready', record: { ...record, state: 'signed' }, content }
}

function contentOf({ content }: OutputRecord): { readonly content?: Uint8Array } {
  return content === undefined ? {} : { content }
}

interface Given {
  readonly output: Output
  readonly record: OutputRecord
  readonly content: Uint8Array
  readonly to: readonly string[]
}

async function put(
  ground: ServicesGround,
  client: PoolClient,
  { course, stage }: Carrying,
  { output, record, content, to }: Given,
): Promise<void> {
  const { id, applicant, party, agency, service } = course.case
  const validTill = endOfValidity(ground, output, record)
  const document = await ground.documentbox.put(client, {
    owner: applicant,
    ...(party === undefined ? {} : { party }),
    issuer: agency,
    kind: `${service}/${output.id}`,
    title: output.name,
    number: record.number,
    ...(validTill !== undefined && { validTill }),
    mediaType: 'application/pdf',
    content,
    reference: id,
    key: `case:${id}:${stage}:${output.id}`,
  })
  await markDelivered(client, record, document.id)
  if (stage === 'appeal') {
    const before = await findOutput(client, ground.sealer, { ...record, stage: 'first' })
    if (before?.document !== undefined)
      await ground.documentbox.end(client, before.document, 'replaced', document.id)
  }
  await tellApplicant(ground, client, course.case, { what: 'document', key: `${stage}:${output.id}`, to })
}

/** When the document stops counting, by what stands on it: the box and the page that checks its number say the same. */
function endOfValidity(
  { templates, days }: Pick<ServicesGround, 'templates' | 'days'>,
  { template }: Output,
  { data }: OutputRecord,
): number | undefined {
  const lastDay = templates.get(template)?.template.lastDay?.(data)
  return lastDay === undefined ? undefined : days.endOf(lastDay)
}
