import { createHash } from 'node:crypto'
import { signProblem } from '../../problems/sign.ts'
import { signCades } from '../cades/sign.ts'
import type { SigningOptions } from '../options.ts'
import { manifest } from './manifest.ts'
import { freePart, openToExtend, unrenewable } from './open.ts'
import { packed } from './pack.ts'

/** A file that goes into a container. */
export interface ContainerFile {
  /** Its name there, with folders perhaps: `annex/plan.pdf`. */
  readonly name: string
  readonly bytes: Uint8Array
  /** `application/octet-stream` by default. */
  readonly mime?: string
}

const extended = 'application/vnd.etsi.asic-e+zip'
const simple = 'application/vnd.etsi.asic-s+zip'

/**
 * Any number of files under one signature: ASiC-E with CAdES (EN 319 162-1 §4.4), the signature over a manifest with the
 * files' digests. Rejects with `container-file-unusable` and as `signCades`.
 */
export async function createAsice(
  files: readonly ContainerFile[],
  options: SigningOptions,
): Promise<Uint8Array> {
  checkFiles(files)
  const names = { manifest: 'META-INF/ASiCManifest001.xml', signature: 'META-INF/signature001.p7s' }
  return zipped(extended, files, await signedList(names, files, options))
}

/**
 * Signs all files of an ASiC-E container once more, beside the signatures that are there. Rejects with
 * `container-unrenewable` and as `signCades`.
 */
export async function signAsice(container: Uint8Array, options: SigningOptions): Promise<Uint8Array> {
  const { type, container: found, manifests, parts } = openToExtend(container)
  if (found.type !== 'asic-e' || found.tokens.length > 0) {
    throw unrenewable(
      'เพิ่มลายมือชื่อได้เฉพาะซอง ASiC-E ที่ยังไม่มีตราประทับเวลาของทั้งซอง',
      'Only an ASiC-E container without time-stamps over it can be signed once more',
    )
  }
  const listed = manifests.flatMap(({ objects }) => objects)
  const files = found.files.map(({ name }) => {
    const mime = listed.find((each) => each.name === name)?.mime
    return { name, bytes: parts.get(name) ?? new Uint8Array(), ...(mime === undefined ? {} : { mime }) }
  })
  const names = {
    manifest: freePart(parts, 'ASiCManifest', '.xml'),
    signature: freePart(parts, 'signature', '.p7s'),
  }
  return packed(type, [...parts, ...Object.entries(await signedList(names, files, options))])
}

/** A manifest of the files, and the signature over it. */
async function signedList(
  names: { readonly manifest: string; readonly signature: string },
  files: readonly ContainerFile[],
  options: SigningOptions,
): Promise<Record<string, Uint8Array>> {
  const listed = files.map(({ name, bytes, mime }) => ({
    name,
    mime: mime ?? 'application/octet-stream',
    digest: createHash('sha256').update(bytes).digest('base64'),
  }))
  const by = { name: names.signature, mime: 'application/pkcs7-signature' }
  const text = Buffer.from(manifest(by, listed, 'sha256'))
  return { [names.manifest]: text, [names.signature]: await signCades(text, options) }
}

/**
 * One file with a detached signature beside it: ASiC-S with CAdES (EN 319 162-1 §4.3). Rejects with
 * `container-file-unusable` and as `signCades`.
 */
export async function createAsics(file: ContainerFile, options: SigningOptions): Promise<Uint8Array> {
  checkFiles([file])
  const cms = await signCades(file.bytes, options)
  return zipped(simple, [file], { 'META-INF/signature.p7s': cms })
}

function zipped(
  type: string,
  files: readonly ContainerFile[],
  parts: Readonly<Record<string, Uint8Array>>,
): Uint8Array {
  const given = files.map(({ name, bytes }) => [name, bytes] as const)
  return packed(type, [...given, ...Object.entries(parts)])
}

const mostNameBytes = 1000

function checkFiles(files: readonly ContainerFile[]): void {
  if (files.length === 0) throw signProblem('container-file-unusable', 'ไม่มีไฟล์', 'There is no file')
  const seen = new Set<string>()
  for (const { name } of files) {
    // Some systems don't tell upper from lower case, and unpack one file over the other.
    const folded = name.normalize('NFC').toLowerCase()
    if (!isUsable(name) || seen.has(folded)) throw signProblem('container-file-unusable', name, name)
    seen.add(folded)
  }
}

function isUsable(name: string): boolean {
  const parts = name.split('/')
  return (
    Buffer.byteLength(name) <= mostNameBytes &&
    name.isWellFormed() &&
    !/[\p{Cc}\\:*?"<>|]/u.test(name) &&
    parts.every((part) => part !== '' && part !== '.' && part !== '..') &&
    name.toLowerCase() !== 'mimetype' &&
    parts[0]?.toUpperCase() !== 'META-INF' &&
    // Packing would put the one first, and lose the other.
    !/^\d+$|^__proto__$/.test(name)
  )
}
