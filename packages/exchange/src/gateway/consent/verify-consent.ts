import type { Problem, Text } from '@sapan/kernel'
import { compileFields, type FieldSet } from '../../fields/field-set.ts'
import type { Grant } from '../../grant/grant.ts'
import { exchangeProblem } from '../../problems.ts'
import { type ConsentReceipt, readConsentReceipt } from '../../tokens/consent-receipt.ts'
import type { GatewayGround } from '../ground.ts'
import { isListOf } from '../status/keeper.ts'
import { commonFields } from './common-fields.ts'

/** A consent that was verified for a call. */
export interface VerifiedConsent {
  readonly receipt: ConsentReceipt
  /** What both the grant and the person allow: nothing else leaves. */
  readonly fields: FieldSet
}

/** What a consent must cover. */
export interface ConsentedCall {
  readonly grant: Grant
  readonly operation: string
  readonly consumer: string
  readonly service: string
}

/**
 * The consent in a receipt for this call. Of the fields that the grant allows those are left to which the person has
 * consented; at least one must be. Whose data is asked for is looked at later, when the request is read. Throws Problem
 * `consent-invalid`, `consent-expired`, `consent-mismatch`, `consent-withdrawn` or `consent-status-stale`.
 */
export async function verifyConsent(
  ground: GatewayGround,
  jws: string,
  call: ConsentedCall,
): Promise<VerifiedConsent> {
  const view = ground.directory.current()
  const receipt = readConsentReceipt(jws, { view, now: ground.clock() })
  if (!isListOf(view, receipt.issuer, receipt.status)) throw exchangeProblem('consent-invalid')
  const fields = coveredFields(receipt, call)
  await checkStanding(ground, receipt)
  return { receipt, fields }
}

/** Throws Problem `consent-withdrawn`, or `consent-status-stale` where nobody knows. */
export async function checkStanding(ground: GatewayGround, { status: ref }: ConsentReceipt): Promise<void> {
  const status = await ground.statuses.statusOf(ref)
  if (status === undefined) throw exchangeProblem('consent-status-stale')
  if (status !== 'valid') throw exchangeProblem('consent-withdrawn')
}

function coveredFields(
  receipt: ConsentReceipt,
  { grant, operation, consumer, service }: ConsentedCall,
): FieldSet {
  if (receipt.purpose !== grant.purpose) throw mismatch('purpose', 'วัตถุประสงค์')
  if (receipt.provider !== grant.provider) throw mismatch('provider', 'ผู้ให้ข้อมูล')
  if (receipt.service !== service) throw mismatch('service', 'บริการ')
  if (receipt.consumer !== consumer) throw mismatch('consumer', 'ผู้ขอข้อมูล')
  if (receipt.operations !== null && !receipt.operations.includes(operation)) {
    throw mismatch('operation', 'การทำงาน')
  }
  const granted = grant.operations[operation]?.fields ?? []
  const common = commonFields(granted, receipt.fields)
  if (common.length === 0) throw mismatch('fields', 'รายการข้อมูล')
  return compileFields(common)
}

/** Says in what the consent is another, and nothing of whom it is about. */
export function mismatch(what: string, th: string): Problem {
  const detail: Text = { th: `ความยินยอมไม่ตรงกับคำขอ: ${th}`, en: `The consent is not for this ${what}.` }
  return exchangeProblem('consent-mismatch', { detail, extensions: { mismatch: what } })
}
