import type { CheckNetworkOptions } from '@sapan/documents'
import type { CheckErrorCode, Report, TrustedService } from '@sapan/documents/check'
import type { Language, Text } from '@sapan/kernel'
import type { DocumentWords } from './agreement.ts'
import type { CarriedData } from './carried-data.ts'
import type { PagePicture } from './picture.ts'

/** A file to be checked, and what is wanted of it beside the report. */
export interface CheckJob {
  readonly bytes: Uint8Array
  /** As the sender named it. Shown to them again, and nowhere else. */
  readonly name?: string
  /** What a signature in a file of its own is over. */
  readonly detached?: { readonly name: string; readonly bytes: Uint8Array }
  readonly password?: string
  readonly picture: boolean
  /** In which language the report is wanted as a PDF; absent: not at all. */
  readonly pdf?: Language
}

/** What came out of it. */
export interface Checked {
  readonly report: Report
  readonly picture?: PagePicture
  /** Data inside it, wanted together with the picture. */
  readonly data?: readonly CarriedData[]
  readonly pdf?: Uint8Array
  /** Where making the PDF went wrong, for the log. */
  readonly fault?: string
}

/** What a process is given when it starts. */
export interface ProcessSetting {
  /** DER of the certificates that are trusted. */
  readonly anchors: readonly Uint8Array[]
  /** Services of trusted lists. */
  readonly services?: readonly TrustedService[]
  /** What the network may be asked for; absent: nothing. */
  readonly network?: CheckNetworkOptions
  /** With which documents of our templates are compared; absent: they are not. */
  readonly words?: DocumentWords
}

/** What a process answers. */
export type ProcessAnswer =
  | { readonly checked: Checked }
  | { readonly unreadable: CheckErrorCode; readonly text: Text }
  | { readonly failed: string }
