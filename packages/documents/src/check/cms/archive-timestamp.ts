import { joinBytes, toHex } from '../../bytes.ts'
import { Asn1Error } from '../asn1/error.ts'
import * as oids from '../asn1/oids.ts'
import { type Asn1, Asn1Sequence, readFirst } from '../asn1/read.ts'
import { readDigestAlgorithm } from '../crypto/algorithms.ts'
import type { DigestName } from '../crypto/port.ts'
import {
  noMaterial,
  type ProvenObjects,
  type TimestampInput,
  type ValidationMaterial,
} from '../engine/signature.ts'
import type { Run } from '../run.ts'
import { readTstInfo } from '../timestamp/tst-info.ts'
import { merged } from './material.ts'
import {
  type Attribute,
  allValues,
  onlyValue,
  readSignedData,
  type SignedData,
  type SignerInfo,
} from './signed-data.ts'

export interface Archived {
  readonly signed: SignedData
  readonly signer: SignerInfo
  readonly content: readonly Uint8Array[] | undefined
  /** From certificate-values and revocation-values among the unsigned attributes. */
  readonly values: ValidationMaterial
}

const nothing: ProvenObjects = { signature: false, signedData: false, material: noMaterial, timestamps: [] }

/**
 * archive-time-stamp v3 (EN 319 122-1 §5.5.3): over the content type, the digest of the content, the parts of the
 * SignerInfo, and an index of digests. The index lies unsigned in the token and names the certificates, CRLs and
 * unsigned attributes that are covered; what it does not name was added later and is not proved.
 */
export async function archiveTimestamp(
  run: Run,
  archived: Archived,
  token: Uint8Array,
): Promise<Omit<TimestampInput, 'id'>> {
  const kind = 'archive' as const
  try {
    const { index, algorithm } = readToken(run, token)
    const proves = await provenBy(run, archived, index)
    const { signed, signer, content } = archived
    if (!proves || !content || !algorithm) return { kind, token, covered: undefined, proves: nothing }
    const digest = await run.digest(algorithm, content)
    return { kind, token, covered: [signed.contentTypeDer, digest, ...signer.parts, index.der], proves }
  } catch (error) {
    if (error instanceof Asn1Error) return { kind, token, covered: undefined, proves: nothing }
    throw error
  }
}

interface HashIndex {
  readonly der: Uint8Array
  readonly algorithm: DigestName
  readonly certificates: ReadonlySet<string>
  readonly crls: ReadonlySet<string>
  readonly attributes: ReadonlySet<string>
}

function readToken(run: Run, token: Uint8Array): { index: HashIndex; algorithm: DigestName | undefined } {
  const { content, signers } = readSignedData(readFirst(token, run.work))
  const unsigned = signers[0]?.unsigned ?? []
  const value =
    onlyValue(unsigned, oids.atsHashIndexV3) ??
    onlyValue(unsigned, oids.atsHashIndexV2) ??
    onlyValue(unsigned, oids.atsHashIndex)
  if (!value || !content) throw new Asn1Error('no index of digests')
  return { index: readIndex(value), algorithm: readTstInfo(run.read(joinBytes(content))).algorithm }
}

function readIndex(value: Asn1): HashIndex {
  const members = value.children(0x30)
  const parts = new Asn1Sequence(value)
  // The first edition has SHA-256 as its default.
  const named = members.length === 4 ? readDigestAlgorithm(parts.next(0x30)) : 'sha256'
  const digests = () =>
    new Set(
      parts
        .next(0x30)
        .children()
        .map((one) => toHex(one.octets())),
    )
  const [certificates, crls, attributes] = [digests(), digests(), digests()]
  parts.end()
  if (!named) throw new Asn1Error('an unknown digest algorithm')
  return { der: value.raw, algorithm: named, certificates, crls, attributes }
}

/** Undefined when the index names something that is not there. */
async function provenBy(run: Run, archived: Archived, index: HashIndex): Promise<ProvenObjects | undefined> {
  const { signed, signer, values } = archived
  const covers = async (digests: ReadonlySet<string>, pieces: readonly Uint8Array[]) => {
    const digest = toHex(await run.digest(index.algorithm, pieces))
    if (!digests.has(digest)) return false
    left.delete(digest)
    return true
  }
  const left = new Set([...index.certificates, ...index.crls, ...index.attributes])
  const certificates: Uint8Array[] = []
  for (const der of signed.certificates) if (await covers(index.certificates, [der])) certificates.push(der)
  const choices = new Set<Uint8Array>()
  for (const choice of signed.revocationChoices) if (await covers(index.crls, [choice])) choices.add(choice)
  const attributes: Attribute[] = []
  for (const attribute of signer.unsigned) {
    if (await isAttributeCovered(attribute, (pieces) => covers(index.attributes, pieces)))
      attributes.push(attribute)
  }
  if (left.size > 0) return undefined
  const isIn = (der: Uint8Array) => [...choices].some((choice) => contains(choice, der))
  const own = { certificates, crls: signed.crls.filter(isIn), ocsps: signed.ocsps.filter(isIn) }
  const within = (oid: string) => attributes.some((attribute) => attribute.oid === oid)
  return {
    signature: true,
    signedData: true,
    material: merged([
      own,
      { ...noMaterial, certificates: within(oids.certificateValues) ? values.certificates : [] },
      within(oids.revocationValues) ? { ...values, certificates: [] } : noMaterial,
    ]),
    timestamps: [oids.signatureTimestamp, oids.archiveTimestampV3].flatMap((oid) =>
      allValues(attributes, oid).map(({ raw }) => raw),
    ),
  }
}

/** By the attribute as a whole (first edition), or by its type and each value. */
async function isAttributeCovered(
  { raw, typeDer, values }: Attribute,
  covers: (pieces: readonly Uint8Array[]) => Promise<boolean>,
): Promise<boolean> {
  if (await covers([raw])) return true
  let isCovered = values.length > 0
  for (const value of values) isCovered = (await covers([typeDer, value.raw])) && isCovered
  return isCovered
}

function contains(whole: Uint8Array, part: Uint8Array): boolean {
  const start = part.byteOffset - whole.byteOffset
  return part.buffer === whole.buffer && start >= 0 && start + part.length <= whole.length
}
