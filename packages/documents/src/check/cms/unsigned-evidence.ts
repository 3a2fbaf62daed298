import * as oids from '../asn1/oids.ts'
import { orUndefined } from '../asn1/read.ts'
import type { Remark } from '../engine/signature.ts'
import { type Attribute, allValues, readSignerInfo, type SignerInfo } from './signed-data.ts'

const mostCountersigners = 20

/** Evidence of earlier editions of the standards, or of other ones: what each is, for people. */
const uncounted: Readonly<Record<string, Remark>> = {
  [oids.archiveTimestampV1]: { code: 'archive-timestamp-old', detail: 'archive-time-stamp (TS 101 733)' },
  [oids.archiveTimestampV2]: { code: 'archive-timestamp-old', detail: 'archive-time-stamp v2 (TS 101 733)' },
  [oids.longTermValidation]: { code: 'archive-timestamp-old', detail: 'long-term-validation (TS 101 733)' },
  [oids.referencesTimestamp]: { code: 'timestamp-ignored', detail: 'CAdES-C-timestamp' },
  [oids.certificatesTimestamp]: { code: 'timestamp-ignored', detail: 'time-stamped-certs-crls-references' },
  [oids.evidenceRecordInternal]: { code: 'evidence-record', detail: 'RFC 4998, internal' },
  [oids.evidenceRecordExternal]: { code: 'evidence-record', detail: 'RFC 4998, external' },
}

/** Unsigned attributes that say something about time or of others, and that validation makes no use of. */
export function uncountedEvidence(unsigned: readonly Attribute[]): Remark[] {
  return unsigned.flatMap(({ oid }) => uncounted[oid] ?? [])
}

export interface Countersigners {
  readonly signers: readonly SignerInfo[]
  readonly remarks: readonly Remark[]
}

/** Those who signed the signature value (RFC 5652 §11.4). */
export function countersigners({ unsigned }: SignerInfo): Countersigners {
  const values = allValues(unsigned, oids.counterSignature)
  const read = values.slice(0, mostCountersigners).map((value) => orUndefined(() => readSignerInfo(value)))
  const signers = read.filter((one) => one !== undefined)
  const isNested = signers.some((one) => one.unsigned.some(({ oid }) => oid === oids.counterSignature))
  const isUnchecked = isNested || values.length > read.length
  return {
    signers,
    remarks: [
      ...(signers.length < read.length
        ? [{ code: 'counter-signature-unsound', detail: 'it cannot be read' } as const]
        : []),
      ...(isUnchecked ? [{ code: 'counter-signature-unchecked' } as const] : []),
    ],
  }
}
