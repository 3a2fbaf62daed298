import { createHash } from 'node:crypto'
import { type Zippable, zipSync } from 'fflate'
import { signProblem } from '../../problems/sign.ts'
import { signCades } from '../cades/sign.ts'
import type { SigningOptions } from '../options.ts'
import { manifest } from './manifest.ts'

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

/** The first day that ZIP knows: when something happened stands in signatures and time-stamps. */
const noTime = new Date(1980, 0, 1)

/**
 * Any number of files under one signature: ASiC-E with CAdES (EN 319 162-1 §4.4), the signature over a manifest with the
 * files' digests. Rejects with `container-file-unusable` and as `signCades`.
 */
export async function createAsice(
  files: readonly ContainerFile[],
  options: SigningOptions,
): Promise<Uint8Array> {
  checkFiles(files)
  const signature = 'META-INF/signature001.p7s'
  const listed = files.map(({ name, bytes, mime }) => ({
    name,
    mime: mime ?? 'application/octet-stream',
    digest: createHash('sha256').update(bytes).digest('base64'),
  }))
  const text = Buffer.from(manifest(signature, listed, 'sha256'))
  const cms = await signCades(text, options)
  return zipped(extended, files, { 'META-INF/ASiCManifest001.xml': text, [signature]: cms })
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
  // `mimetype` first and stored, without an extra field, so that the type stands at a fixed place (§A.1).
  const entries: Zippable = { mimetype: [Buffer.from(type), { level: 0 }] }
  for (const { name, bytes } of files) entries[name] = bytes
  for (const [name, bytes] of Object.entries(parts)) entries[name] = bytes
  return zipSync(entries, { level: 6, mtime: noTime })
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
    // An object with number-like keys would change their order.
    !/^\d+$/.test(name)
  )
}
