import { type CheckOptions, checkFile, type SignatureReport } from '../../../src/check/index.ts'
import { attribute, authority, type CmsParts, cms, ids, minute, now, quiet, stamp } from '../kit.ts'

/** What is signed. */
export const content = Buffer.from('หนังสือรับรอง')
export const pki = authority()
export const { root, issuer, signer, tsa } = pki
/** The certificates below the root. */
export const all = [signer.certificate, issuer.certificate]

export const options = (more: Partial<CheckOptions> = {}): CheckOptions => ({
  anchors: { certificates: [root.certificate] },
  at: now,
  ...more,
})

/** The content, signed; soundly where nothing else is asked for. */
export function make(parts: Partial<CmsParts> = {}): Buffer {
  return cms({ signer, content, certificates: all, ...quiet(pki), claimedAt: now - 10 * minute, ...parts })
}

/** What the checker says of the first signature of a file. */
export async function check(file: Uint8Array, more: Partial<CheckOptions> = {}): Promise<SignatureReport> {
  const { signatures } = await checkFile(file, options(more))
  const [first] = signatures
  if (!first) throw new Error('no signature')
  return first
}

export const passed = { indication: 'TOTAL-PASSED' }
export const uncertain = (subIndication: string) => ({ indication: 'INDETERMINATE', subIndication })
export const failed = (subIndication: string) => ({ indication: 'TOTAL-FAILED', subIndication })

/** A signature time-stamp. */
export const stamped =
  (at: number, tsaUsed = tsa) =>
  (value: Buffer) => [
    attribute(
      ids.signatureTimestamp,
      stamp({ tsa: tsaUsed, over: value, at, certificates: [tsaUsed.certificate] }),
    ),
  ]
