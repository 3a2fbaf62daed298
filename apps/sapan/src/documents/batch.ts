import { basename, join } from 'node:path'
import { signMany } from '@sapan/documents'
import { Problem } from '@sapan/kernel'
import { writeOutput } from '../terminal/output-file.ts'
import { readInput } from './files.ts'
import type { Signing } from './sign.ts'

export interface SignedFile {
  readonly file: string
  readonly out: string
  readonly bytes: number
}

export interface FailedFile {
  readonly file: string
  readonly error: unknown
}

export interface BatchReport {
  readonly signed: readonly SignedFile[]
  readonly failed: readonly FailedFile[]
  /** Not tried, since key or time-stamps failed before. */
  readonly left: readonly string[]
}

/** Files that are read, signed and written together; bounds memory, and what a token or a service signs in one step. */
const atOnce = 16

/**
 * Signs PDFs into a folder, each under its name. One that cannot be signed does not stop the others; what would stop all
 * of them, a key or an authority, does: PINs are not tried over and over. Never rejects for what a file is like.
 */
export async function signBatch(
  files: readonly string[],
  folder: string,
  signing: Signing,
  onProgress: (done: number) => void,
): Promise<BatchReport> {
  const signed: SignedFile[] = []
  const failed: FailedFile[] = []
  for (let at = 0; at < files.length; at += atOnce) {
    const group = await signGroup(files.slice(at, at + atOnce), folder, signing)
    signed.push(...group.signed)
    failed.push(...group.failed)
    onProgress(signed.length + failed.length)
    const isStopped = group.signed.length === 0 && group.failed.some(({ error }) => concernsAll(error))
    if (isStopped) return { signed, failed, left: files.slice(at + atOnce) }
  }
  return { signed, failed, left: [] }
}

/** What is wrong with one file says nothing about the next. */
function concernsAll(error: unknown): boolean {
  return !(error instanceof Problem && /^(document|signature|input)-/.test(error.code))
}

async function signGroup(files: readonly string[], folder: string, signing: Signing) {
  const inputs = await Promise.allSettled(files.map(readInput))
  const bytes = inputs.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  const results = (await signMany(bytes, signing(bytes[0]))).values()
  const signed: SignedFile[] = []
  const failed: FailedFile[] = []
  for (const [i, input] of inputs.entries()) {
    const file = files[i] ?? ''
    try {
      if (input.status === 'rejected') throw input.reason
      const result = results.next().value
      if (result?.status !== 'fulfilled') throw result?.reason
      const out = join(folder, basename(file))
      await writeOutput(out, result.value)
      signed.push({ file, out, bytes: result.value.length })
    } catch (error) {
      failed.push({ file, error })
    }
  }
  return { signed, failed }
}
