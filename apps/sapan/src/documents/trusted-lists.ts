import {
  loadTrustedList,
  TrustedListError,
  type TrustedListErrorCode,
  type TrustedService,
} from '@sapan/documents/check'
import { Problem, systemClock, type Text } from '@sapan/kernel'
import { problems } from '../problems.ts'
import { readCertificates, readInput } from './files.ts'

/** A trusted list (ETSI TS 119 612) in a file, and who may have signed it. */
export interface ListChoice {
  readonly file: string
  /** Files with certificates, of which one must have signed the list. */
  readonly signers: readonly string[]
  /** Also services that are listed without being qualified. */
  readonly unqualified?: boolean
}

export interface ReadList {
  readonly services: readonly TrustedService[]
  readonly warning: Text | undefined
}

/** The services of a list whose signature holds. Throws `input-unreadable` and `trusted-list-unusable`. */
export async function readTrustedList({ file, signers, unqualified = false }: ListChoice): Promise<ReadList> {
  const bytes = await readInput(file)
  const certificates = (await Promise.all(signers.map(readCertificates))).flat()
  try {
    const at = systemClock()
    const loaded = await loadTrustedList(bytes, { signers: certificates, at, unqualified })
    return { services: loaded.services, warning: warningOf(file, loaded) }
  } catch (cause) {
    if (!(cause instanceof TrustedListError)) throw cause
    const { th, en } = reasons[cause.code]
    throw new Problem(problems['trusted-list-unusable'], {
      detail: { th: `${file}: ${th}`, en: `${file}: ${en}` },
      extensions: { file, reason: cause.code },
      cause,
    })
  }
}

function warningOf(
  file: string,
  { isStale, services, list }: Awaited<ReturnType<typeof loadTrustedList>>,
): Text | undefined {
  if (services.length === 0) {
    return {
      th: `${file} ไม่มีบริการที่เชื่อถือได้เลย`,
      en: `${file} has no service that could be trusted`,
    }
  }
  if (!isStale) return undefined
  const due = list.nextUpdate === undefined ? '' : ` ${new Date(list.nextUpdate).toISOString().slice(0, 10)}`
  return {
    th: `${file} พ้นกำหนดที่ต้องมีฉบับใหม่แล้ว${due} ควรใช้ฉบับล่าสุด`,
    en: `${file} should have been replaced by a newer one by now${due}: use the newest`,
  }
}

const reasons: Readonly<Record<TrustedListErrorCode, Text>> = {
  unreadable: { th: 'อ่าน XML ไม่ได้', en: 'it is no XML that can be read' },
  'not-a-list': { th: 'ไม่ใช่บัญชีรายชื่อตาม TS 119 612', en: 'it is not a trusted list of TS 119 612' },
  'too-large': { th: 'ใหญ่เกินไป', en: 'it is too large' },
  unsigned: { th: 'ไม่มีลายมือชื่อ', en: 'it is not signed' },
  'signature-wrong': {
    th: 'ลายมือชื่อไม่ถูกต้อง หรือไม่ใช่ของผู้ที่ระบุไว้',
    en: 'its signature does not hold, or is not by one of those who were named',
  },
}
