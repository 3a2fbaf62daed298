import { basename } from 'node:path'
import { documentProblem, renewCades, renewContainer, renewPdf } from '@sapan/documents'
import { CheckError, checkFile, type Report } from '@sapan/documents/check'
import { systemClock } from '@sapan/kernel'
import { misuse } from '../commands/document/misuse.ts'
import { isContainer } from './container-kind.ts'
import { openDemonstration } from './demonstration.ts'
import { readInput } from './files.ts'
import { revocationOf, stamperAt } from './sign.ts'

export interface RenewalChoice {
  readonly tsa?: string
  /** The original, for a signature that is a file of its own. */
  readonly detached?: string
}

export interface Renewed {
  readonly bytes: Uint8Array
  readonly format: 'PAdES' | 'ASiC' | 'CAdES'
}

/**
 * Renews what a file has of signatures; without an authority that was named, with time-stamps of the demonstration.
 * Rejects with `document-unrenewable` where there is no signature or one that does not hold, `misuse`,
 * `input-unreadable`, and as `renewPdf`, `renewContainer` and `renewCades`.
 */
export async function renewFile(file: string, choice: RenewalChoice, home: string): Promise<Renewed> {
  const bytes = await readInput(file)
  const { detached } = choice
  const others =
    detached === undefined ? [] : [{ name: basename(detached), bytes: await readInput(detached) }]
  await refuseBroken(bytes, others)
  const demonstration = await openDemonstration(home)
  const options = {
    timestamper: choice.tsa === undefined ? demonstration.timestamper : stamperAt(choice.tsa),
    revocation: revocationOf(demonstration),
    time: systemClock(),
  }
  const [original] = others
  if (original) return { bytes: await renewCades(bytes, original.bytes, options), format: 'CAdES' }
  if (bytes[0] === 0x30) {
    throw misuse({
      th: 'ลายมือชื่อแยกไฟล์ ต้องระบุไฟล์ต้นฉบับด้วย --detached FILE',
      en: 'a signature that is a file of its own needs its original: --detached FILE',
    })
  }
  if (isContainer(bytes)) return { bytes: await renewContainer(bytes, options), format: 'ASiC' }
  return { bytes: await renewPdf(bytes, options), format: 'PAdES' }
}

/** Whom to trust plays no part here: only whether what is there is unchanged. */
async function refuseBroken(
  bytes: Uint8Array,
  others: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): Promise<void> {
  const report = await unlessUnreadable(() =>
    checkFile(bytes, { anchors: { certificates: [] } }, [...others]),
  )
  if (report === undefined) return
  const { signatures } = report
  if (signatures.some(({ indication }) => indication === 'TOTAL-FAILED')) {
    throw documentProblem('document-unrenewable', {
      detail: { th: 'ลายมือชื่อในไฟล์ไม่ถูกต้องแล้ว', en: 'A signature in it does not hold' },
    })
  }
  if (report.conclusion === 'NO_SIGNATURE') {
    throw documentProblem('document-unrenewable', {
      detail: { th: 'ไฟล์ไม่มีลายมือชื่อ', en: 'It has no signature' },
    })
  }
}

/** What cannot be read at all, the one that is to renew it says better. */
async function unlessUnreadable(check: () => Promise<Report>): Promise<Report | undefined> {
  try {
    return await check()
  } catch (error) {
    if (error instanceof CheckError) return undefined
    throw error
  }
}
