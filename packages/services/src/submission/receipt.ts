import type { Case } from '@sapan/casework'
import { dataAttachments, issueDocument, writableText } from '@sapan/documents'
import { inTransaction } from '@sapan/kernel'
import type { Application } from '../application/application.ts'
import { type HandedIn, handedIn } from '../application/handed-in.ts'
import { applicationOf } from '../application/of-case.ts'
import type { ServiceDefinition } from '../definition/definition.ts'
import type { ServicesGround } from '../ground.ts'
import { agencyName } from '../outputs/ensure-output.ts'
import { maskedNumber } from './masked-number.ts'
import { recipientsOf } from './recipients.ts'
import { tellApplicant } from './tell.ts'

/** The key of a case's receipt in the document box. */
export function receiptKey(id: string): string {
  return `case:${id}:receipt`
}

/**
 * Makes the receipt of a case, seals it as the agency, puts it into the applicant's box and tells them; once, however
 * often the job comes. What was handed in lies inside it as `application.json`.
 */
export async function giveReceipt(ground: ServicesGround, id: string): Promise<void> {
  const found = await ground.cases.byId(ground.pool, id)
  if (found === undefined || found.content === null) return
  const definition = ground.definitions.version(found.service, found.version)
  if (definition === undefined) throw new RangeError(`no definition ${found.service} ${found.version}`)
  const sealed = await ground.seals.seal(found.agency, await receiptPdf(ground, definition, found))
  const to = await recipientsOf(ground, found)
  await inTransaction(ground.pool, async (client) => {
    await ground.documentbox.put(client, {
      owner: found.applicant,
      ...(found.party === undefined ? {} : { party: found.party }),
      issuer: found.agency,
      kind: `${found.service}/receipt`,
      title: {
        th: `ใบรับคำขอ: ${definition.name.th}`,
        en: `Receipt: ${definition.name.en}`,
      },
      number: found.number,
      mediaType: 'application/pdf',
      content: sealed,
      reference: id,
      key: receiptKey(id),
    })
    await tellApplicant(ground, client, found, { what: 'received', to })
  })
}

/** The receipt, unsealed: PDF/A-3 by the template `receipt`. */
export async function receiptPdf(
  ground: Pick<ServicesGround, 'templates' | 'memberName' | 'lawName' | 'days' | 'places' | 'portal'>,
  definition: ServiceDefinition,
  found: Case,
): Promise<Uint8Array> {
  const ready = ground.templates.get('receipt')
  if (ready === undefined) throw new RangeError('there is no template receipt')
  const application = applicationOf(found)
  const data = receiptData(ground, definition, found, application)
  const setting = { created: found.receivedAt, checkAddress: `${ground.portal}/check` }
  const attachments = [
    ...dataAttachments(ready.template, data, found.receivedAt),
    {
      name: 'application.json',
      mime: 'application/json',
      relationship: 'Source' as const,
      description: 'ข้อมูลที่ยื่น (JSON)',
      bytes: Buffer.from(`${JSON.stringify(applicationJson(found, application), null, 1)}\n`),
      modified: found.receivedAt,
    },
  ]
  const { bytes } = await issueDocument(ready.describe(data, setting, attachments))
  return bytes
}

function receiptData(
  ground: Pick<ServicesGround, 'memberName' | 'lawName' | 'days' | 'places'>,
  definition: ServiceDefinition,
  found: Case,
  application: Application,
) {
  const day = ground.days.dateOf(application.submittedAt)
  const content = handedIn(definition, application, {
    ...{ day, language: 'th' },
    ...(ground.places && { places: ground.places }),
  })
  const { files } = content
  const [law] = definition.laws
  const { applicant } = application
  return {
    agency: agencyName(ground, found.agency),
    number: found.number,
    service: definition.name.th,
    applicant: printed(applicant.name.th || applicant.name.en || '-', 200),
    applicantNumber: maskedNumber(applicant),
    receivedAt: moment(found.receivedAt),
    effectiveAt: moment(found.effectiveReceivedAt),
    ...(found.dueAt === undefined ? {} : { due: ground.days.dateOf(found.dueAt) }),
    days: definition.workingDays,
    ...(law && { law: printed(`${ground.lawName(law.law)?.th ?? law.law} มาตรา ${law.section}`, 300) }),
    entries: entriesOf(content),
    ...(files.length === 0
      ? {}
      : { files: files.map(({ name, bytes, sha256 }) => ({ name: printed(name, 200), bytes, sha256 })) }),
  }
}

/** What was answered and worked out, row by row; of entries that repeat each label says whose it is. */
function entriesOf({ pages, results }: HandedIn): readonly { label: string; value: string }[] {
  const answered = pages.flatMap(({ title, isOfMany, answers }) =>
    answers.flatMap(({ label, text }) =>
      text === undefined ? [] : [{ label: isOfMany ? `${title}: ${label}` : label, value: text }],
    ),
  )
  const calculated = results.map(({ label, text }) => ({ label, value: text }))
  return [...answered, ...calculated]
    .map(({ label, value }) => ({ label: printed(label, 120), value: printed(value, 1000) }))
    .slice(0, 200)
}

/** For programs: what was handed in, to the letter. */
function applicationJson(
  { number, receivedAt, effectiveReceivedAt, agency }: Case,
  { applicant, draft: _, ...application }: Application,
) {
  const { account: __, mandate: ___, ...about } = applicant
  return {
    number,
    agency,
    receivedAt: new Date(receivedAt).toISOString(),
    effectiveReceivedAt: new Date(effectiveReceivedAt).toISOString(),
    ...application,
    applicant: about,
  }
}

/** As one line of print, with only what fonts have. */
function printed(text: string, most: number): string {
  const line = writableText(text.replaceAll(/\s+/gu, ' ').trim())
  return line === '' ? '-' : line.length > most ? `${line.slice(0, most - 1)}…` : line
}

/** `2026-11-21T11:32:00Z` */
function moment(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}
