import { joinBytes, sameBytes } from '../../bytes.ts'
import { Asn1Error } from '../asn1/error.ts'
import * as oids from '../asn1/oids.ts'
import { type Asn1, orUndefined, readFirst } from '../asn1/read.ts'
import { noMaterial } from '../engine/signature.ts'
import type { DetachedFile, FormatReader, FoundSignatures } from '../formats.ts'
import { finding } from '../report/checks.ts'
import type { Run } from '../run.ts'
import { cadesSignature } from './cades.ts'
import { onlyValue, readSignedData, type SignedData, type SignerInfo } from './signed-data.ts'

/** A CMS file, in DER, BER or PEM: enveloping, or detached from one of the files that come with it. */
export const readCms: FormatReader = async (run, bytes, _options, detached) => {
  const element = orUndefined(() => readFirst(fromPem(bytes) ?? bytes, run.work))
  if (!element || !isSignedData(element)) return undefined
  let signed: SignedData
  try {
    signed = readSignedData(element)
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error
    return { format: 'cades', signatures: [], findings: [finding('unreadable', error.message)] }
  }
  if (signed.contentType === oids.tstInfo) return timestampFile(element.raw, detached)
  const signatures = []
  const used = new Set<DetachedFile>()
  for (const [at, signer] of signed.signers.entries()) {
    const file = signed.content ? undefined : await fileOf(run, signer, detached)
    for (const one of signed.content ? sameAs(signed.content, detached) : file ? [file] : []) used.add(one)
    const input = await cadesSignature(run, signed, signer, {
      id: `signature-${at + 1}`,
      content: file && [file.bytes],
    })
    const scope = signed.content ? ('whole-file' as const) : ('detached' as const)
    signatures.push({ input, place: { scope, ...(file ? { covers: [file.name] } : {}) } })
  }
  const isMissing = !signed.content && detached.length === 0
  const findings = isMissing ? [finding('detached-file-missing')] : []
  return { format: 'cades', signatures, used, findings }
}

/** Files that are what lies in the signature: people keep a copy beside it. */
function sameAs(content: readonly Uint8Array[], detached: readonly DetachedFile[]): readonly DetachedFile[] {
  if (detached.length === 0) return []
  const whole = joinBytes(content)
  return detached.filter(({ bytes }) => sameBytes(bytes, whole))
}

/** A time-stamp token alone, over one of the files that come with it. */
function timestampFile(token: Uint8Array, detached: readonly DetachedFile[]): FoundSignatures {
  const proves = { signature: false, signedData: true, material: noMaterial, timestamps: [] }
  const [file] = detached
  const covered = file && [file.bytes]
  return {
    format: 'timestamp',
    signatures: [],
    timestamps: [{ id: 'timestamp-1', kind: 'content', token, covered, proves }],
    ...(file ? { used: new Set([file]) } : {}),
    findings: file ? [] : [finding('detached-file-missing')],
  }
}

function isSignedData(element: Asn1): boolean {
  if (element.tag !== 0x30) return false
  return orUndefined(() => element.children()[0]?.oid()) === oids.signedData
}

/** The file that the signer's digest fits; the first when it fits none. */
async function fileOf(
  run: Run,
  { signed = [], digestAlgorithm }: SignerInfo,
  detached: readonly DetachedFile[],
): Promise<DetachedFile | undefined> {
  const expected = orUndefined(() => onlyValue(signed, oids.messageDigest)?.octets())
  for (const file of detached) {
    if (!expected || !digestAlgorithm) break
    if (sameBytes(await run.digest(digestAlgorithm, [file.bytes]), expected)) return file
  }
  return detached[0]
}

const pemLabel = /-----BEGIN (?:PKCS7|CMS)-----([A-Za-z\d+/=\s]+)-----END/

export function fromPem(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes[0] !== 0x2d || bytes.length > 64 * 2 ** 20) return undefined
  const inside = pemLabel.exec(new TextDecoder('latin1').decode(bytes))?.[1]?.replaceAll(/\s/g, '')
  if (!inside) return undefined
  try {
    return Uint8Array.from(atob(inside), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}
