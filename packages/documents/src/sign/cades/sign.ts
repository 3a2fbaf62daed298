import { createHash } from 'node:crypto'
import {
  checkLevel,
  collectEvidence,
  pathsOf,
  reaches,
  type Stamp,
  stamped,
  stampedDigest,
} from '../evidence.ts'
import type { SigningOptions } from '../options.ts'
import { archiveAttribute, archiveImprint } from './archive.ts'
import {
  dataOid,
  revocationChoices,
  signedAttributes,
  signedData,
  signerFields,
  timestampAttribute,
} from './signed-data.ts'
import { checkedSignature, checkSigner, type PreparedSigner, prepareSigner } from './signer.ts'

export interface CadesOptions extends SigningOptions {
  /** Whether the content lies beside the signature; yes by default. */
  readonly detached?: boolean
  /** The content's type, signed along (EN 319 122-1 §5.2.5.1). */
  readonly mimeType?: string
}

/**
 * Signs content as CAdES baseline (EN 319 122-1 §6) and gives the CMS in DER. Rejects with a problem `signer-…`,
 * `signing-stamp-…` or `revocation-…`; TypeError when what the level needs was not given.
 */
export async function signCades(content: Uint8Array, options: CadesOptions): Promise<Buffer> {
  checkLevel(options)
  const { key, level, time, detached = true, mimeType } = options
  const signer = prepareSigner(key)
  checkSigner(signer, time)
  const contentDigest = createHash(signer.digest).update(content).digest()
  const signingOptions = { signingTime: time, ...(mimeType === undefined ? {} : { mimeType }) }
  const attributes = signedAttributes(signer, contentDigest, signingOptions)
  const signature = checkedSignature(signer, attributes, await key.sign(attributes))
  const inside = detached ? {} : { content }
  const stamp = await signatureStamp(signer, signature, options)
  const unsigned = stamp ? [timestampAttribute(stamp.token)] : []
  const basis = { attributes, signature, unsigned, ...inside }
  if (!reaches(level, 'B-LT') || !stamp) return signedData(signer, basis)
  return withEvidence(signer, { ...basis, contentDigest }, stamp, options)
}

function signatureStamp(
  signer: PreparedSigner,
  signature: Uint8Array,
  { level, timestamper, time }: SigningOptions,
): Promise<Stamp | undefined> {
  if (!timestamper || !reaches(level, 'B-T')) return Promise.resolve(undefined)
  return stamped(timestamper, signature, signer.digest, time)
}

interface Basis {
  readonly attributes: Buffer
  readonly signature: Uint8Array
  readonly unsigned: readonly Uint8Array[]
  readonly contentDigest: Uint8Array
  readonly content?: Uint8Array
}

async function withEvidence(
  signer: PreparedSigner,
  basis: Basis,
  stamp: Stamp,
  options: SigningOptions,
): Promise<Buffer> {
  const { level, time, timestamper, revocation } = options
  if (!timestamper || !revocation) throw new TypeError(`level ${level} needs both`)
  const evidence = await collectEvidence(pathsOf(signer, stamp), revocation, time)
  if (!reaches(level, 'B-LTA')) return signedData(signer, { ...basis, ...evidence })
  const archived = {
    contentType: dataOid,
    contentDigest: basis.contentDigest,
    signer: signerFields(signer, basis.attributes, basis.signature),
    unsigned: basis.unsigned,
    certificates: evidence.certificates,
    revocations: revocationChoices(evidence),
  }
  const { hashIndex, digest } = archiveImprint(archived, signer.digest)
  const { token: archive } = await stampedDigest(timestamper, digest, signer.digest, time)
  return signedData(signer, {
    ...basis,
    ...evidence,
    unsigned: [...basis.unsigned, archiveAttribute(archive, hashIndex)],
  })
}
