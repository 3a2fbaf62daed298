import { Problem } from '@sapan/kernel'
import { commonFields } from '../../gateway/consent/common-fields.ts'
import type { Grant } from '../../grant/grant.ts'
import { readActorToken } from '../../tokens/actor-token.ts'
import { readConsentReceipt } from '../../tokens/consent-receipt.ts'
import type { IssuerView } from '../../tokens/issued.ts'
import { type ExportedRecord, headOf } from '../export/pieces.ts'
import { readFields } from '../list.ts'
import { tokenIn } from '../vouched.ts'
import { partiesOf } from './agreement.ts'
import type { Directories } from './directories.ts'
import { type Findings, reasonOf } from './findings.ts'

/**
 * Why the consent that a grant needs is not proven; undefined where it is: the request carries a receipt of an issuer of
 * the directory, for this purpose, service, operation and consumer, and no field was given beyond it. That it was not
 * withdrawn by then only the gateways know, which looked.
 */
export function consentProblem(
  records: readonly ExportedRecord[],
  grant: Grant,
  directories: Directories,
): string | undefined {
  const request = records.find(({ record }) => record.kind === 'request')
  const head = request && headOf(request)
  if (!request) return 'it needs a consent, which is not in the file'
  // After an erasure there is nothing left to look at.
  if (!head) return undefined
  const jws = tokenIn(head, 'sapan-consent')
  if (jws === undefined) return 'it needs a consent, which is not in the file'
  try {
    const { record } = request
    const receipt = readConsentReceipt(jws, { view: issuersOf(directories), now: record.at })
    const agrees =
      receipt.purpose === grant.purpose &&
      receipt.provider === grant.provider &&
      receipt.service === record.service &&
      receipt.consumer === record.client &&
      (receipt.operations === null || receipt.operations.includes(record.operation))
    if (!agrees) return 'the consent is for something else'
    const shown = records.flatMap((piece) => readFields(piece.record.fields))
    const beyond = shown.find((field) => !commonFields([field], receipt.fields).includes(field))
    return beyond === undefined ? undefined : `the consent does not name the field ${beyond}`
  } catch (error) {
    if (error instanceof Problem) return reasonOf(error)
    throw error
  }
}

/** Notes who acted, where the request carries a token of it: proven to the consumer by an issuer of the directory. */
export function checkActor(
  records: readonly ExportedRecord[],
  directories: Directories,
  findings: Findings,
): void {
  const request = records.find(({ record }) => record.kind === 'request')
  const head = request && headOf(request)
  const jws = head ? tokenIn(head, 'sapan-actor') : undefined
  if (!request || jws === undefined) return
  const refused = records.some(({ record }) => record.problem !== null)
  try {
    const { consumer } = partiesOf(request)
    const view = issuersOf(directories)
    const actor = readActorToken(jws, { view, audience: consumer, now: request.record.at })
    const role = actor.officer?.title ?? { th: actor.kind, en: actor.kind }
    findings.pass(
      'actor',
      {
        th: `ผู้กระทำมีผู้ออกที่สารบบรับรองยืนยัน: ${role.th}`,
        en: `Who acted is vouched for by an issuer of the directory: ${role.en}.`,
      },
      'request.json',
    )
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    // What a gateway refused may be false: that is why it was refused.
    if (refused) return
    findings.fail(
      'actor',
      { th: 'โทเคนของผู้กระทำใช้ไม่ได้', en: 'The token that says who acted does not hold.' },
      'request.json',
    )
  }
}

/** Every issuer that a directory in the file names: keys of one issuer that came one after another stand side by side. */
function issuersOf(directories: Directories): IssuerView {
  return { directory: { subjectTokens: directories.all.flatMap(({ subjectTokens }) => subjectTokens) } }
}
