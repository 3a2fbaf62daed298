import type { SignatureInput, TimestampInput } from './engine/signature.ts'
import type { CheckOptions } from './options.ts'
import type { DocumentReport, FileFormat, Finding } from './report/report.ts'
import type { SignaturePlace } from './report/signature-report.ts'
import type { Run } from './run.ts'

export interface DetachedFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** What a reader of a format found in a file. */
export interface FoundSignatures {
  readonly format: FileFormat
  readonly signatures: readonly { readonly input: SignatureInput; readonly place: SignaturePlace }[]
  /** Time-stamps over the file that belong to no signature. */
  readonly timestamps?: readonly TimestampInput[]
  readonly document?: DocumentReport
  /** Those of the files that came with it which a signature or time-stamp in it is over. */
  readonly used?: ReadonlySet<DetachedFile>
  readonly findings: readonly Finding[]
}

/** Reads one format. Undefined when the file is of another; throws nothing but `CheckError` and `TooMuchWork`. */
export type FormatReader = (
  run: Run,
  bytes: Uint8Array,
  options: CheckOptions,
  detached: readonly DetachedFile[],
) => Promise<FoundSignatures | undefined>
