import { signedData, timestampAttribute } from '../cades/signed-data.ts'
import { checkedSignature } from '../cades/signer.ts'
import { collectEvidence, pathsOf, reaches, type Stamp, stamped } from '../evidence.ts'
import { SecurityStore, vriKey } from './dss.ts'
import type { PendingSignature, PreparedSignature } from './prepare.ts'
import { appendTimestamp, tooLong } from './timestamp.ts'

/**
 * Puts the signature value in, and adds what the level asks for beside. `time`: when that is, where it isn't the time
 * for which it was prepared. Rejects with `signer-key-mismatch` when the value is not over what was prepared,
 * `signing-stamp-…` or `revocation-…`.
 */
export async function completeSignature(
  { toBeSigned, pending }: PreparedSignature,
  signature: Uint8Array,
  { time = pending.options.time }: { readonly time?: number } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  if (pending.isCompleted) throw new TypeError('a prepared signature is completed once')
  const { signer, options, draft, object } = pending
  const value = checkedSignature(signer, toBeSigned, signature)
  pending.isCompleted = true
  const stamp = await signatureStamp(pending, value, time)
  const unsigned = stamp ? [timestampAttribute(stamp.token)] : []
  const cms = signedData(signer, { attributes: pending.attributes, signature: value, unsigned })
  if (!object.fillContents(draft.out, cms)) throw tooLong(options.timestamper)
  if (stamp && reaches(options.level, 'B-LT')) await addEvidence(pending, cms, stamp, time)
  return draft.out.finish()
}

async function signatureStamp(
  { options, signer }: PendingSignature,
  value: Uint8Array,
  time: number,
): Promise<Stamp | undefined> {
  const { level, timestamper } = options
  return timestamper && reaches(level, 'B-T') ? stamped(timestamper, value, signer.digest, time) : undefined
}

async function addEvidence(
  pending: PendingSignature,
  cms: Uint8Array,
  stamp: Stamp,
  time: number,
): Promise<void> {
  const { signer, options, draft, object, digest, signable, names } = pending
  const { revocation, timestamper, level } = options
  if (!revocation || !timestamper) throw new TypeError(`level ${level} needs both`)
  const evidence = await collectEvidence(pathsOf(signer, stamp), revocation, time)
  new SecurityStore(draft).add([{ key: vriKey(object.paddedContents(cms)), evidence }])
  draft.closeRevision()
  if (reaches(level, 'B-LTA'))
    await appendTimestamp({ draft, file: signable.file, names, digest, timestamper, time })
}
