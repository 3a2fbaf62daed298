import { counted, type Text } from '@sapan/kernel'
import type { ExportedRecord } from '../export/pieces.ts'
import type { LogProof } from './log.ts'
import type { Opened } from './opened.ts'
import type { SignedBy } from './signatures.ts'

/** What was established, beside the log. */
export interface Established {
  readonly requestSigned: boolean
  readonly answerSigned: boolean
  readonly granted: boolean
}

/** What the file proves, in words; only for a file whose every check passed. */
export function whatItProves(
  { records }: Opened,
  { requestSigned, answerSigned, granted }: Established,
  log: LogProof,
  namedWitnesses: readonly string[],
): Text[] {
  const first = records[0]?.record
  if (!first) return []
  const { client, service, operation, purpose, law } = first
  const provider = first.side === 'provider' ? first.member : first.peer
  const answer = records.find(({ record }) => record.kind === 'answer')
  const texts: Text[] = []
  if (requestSigned) {
    const said = time(records.find(({ record }) => record.kind === 'request') ?? records[0])
    texts.push({
      th: `${client} ขอ ${operation} จาก ${service} และลงลายมือชื่อในคำขอ (เวลาตามเกตเวย์ ${said})`,
      en: `${client} asked ${service} for ${operation} and signed the request (at ${said} by the gateway’s clock).`,
    })
  }
  if (granted) {
    texts.push({
      th: `${provider} อนุญาตไว้ก่อนแล้วเพื่อวัตถุประสงค์ ${purpose} ตาม ${law}`,
      en: `${provider} had allowed it for the purpose ${purpose} under ${law}.`,
    })
  }
  if (answerSigned && answer) {
    const { status } = answer.record
    texts.push({
      th: `${provider} ตอบคำขอนี้ด้วยสถานะ ${status} และลงลายมือชื่อในคำตอบ`,
      en: `${provider} answered this very request with status ${status} and signed the answer.`,
    })
  }
  texts.push(...whatTheLogProves(first.member, log, namedWitnesses))
  return texts
}

function whatTheLogProves(
  member: string,
  { inLog, witnesses, stampedAt }: LogProof,
  named: readonly string[],
): Text[] {
  const texts: Text[] = []
  if (inLog) {
    texts.push({
      th: `${member} บันทึกไว้ในล็อกที่แก้ไขย้อนหลังไม่ได้`,
      en: `${member} recorded it in its log, from which it cannot be taken unseen.`,
    })
  }
  if (witnesses.length > 0) {
    const names = witnesses.join(', ')
    const of = Math.max(named.length, witnesses.length)
    texts.push({
      th: `พยาน ${witnesses.length} จาก ${of} รายเห็นล็อกนั้น: ${names}`,
      en: `The log was witnessed by ${witnesses.length} of ${counted(of, 'witness', 'witnesses')}: ${names}.`,
    })
  }
  if (stampedAt !== null) {
    const at = new Date(stampedAt).toISOString()
    texts.push({
      th: `มีอยู่แล้ว ณ ${at} ตามตราประทับเวลา`,
      en: `It existed at ${at}, by the time-stamp authority’s clock.`,
    })
  }
  return texts
}

/** What the file does not prove, so that nobody reads more into it. */
export function whatItDoesNotProve(
  { index, records, signature }: Opened,
  log: LogProof,
  signers: readonly SignedBy[],
): Text[] {
  const texts: Text[] = [
    {
      th: 'ว่าข้อมูลในคำตอบเป็นความจริง: พิสูจน์เพียงว่าหน่วยงานตอบเช่นนี้',
      en: 'That the data is true: only that this is what was answered.',
    },
    { th: 'ว่าไม่มีการแลกเปลี่ยนอื่น', en: 'That there was no other exchange.' },
    {
      th: 'ว่าใครอ่านหรือใช้คำตอบหลังจากนั้นอย่างไร',
      en: 'Who read the answer afterwards, or what it was used for.',
    },
  ]
  const answered = records.some(({ record }) => record.kind === 'answer')
  if (!answered)
    texts.push({ th: 'ว่ามีคำตอบ: ในไฟล์ไม่มีคำตอบ', en: 'That there was an answer: the file has none.' })
  if (answered && index.side === 'provider') {
    texts.push({
      th: 'ว่าคำตอบไปถึงผู้ขอ: หลักฐานนี้เป็นของผู้ให้บริการ',
      en: 'That the answer arrived: this is the provider’s evidence.',
    })
  }
  const asked = records.find(({ record, content }) => record.kind === 'request' && !content)
  if (asked) {
    const { member } = index
    const { client } = asked.record
    texts.push({
      th: `ว่า ${client} ขอจริง: คำขอที่ลงนามถูกลบแล้ว เหลือเพียงบันทึกของ ${member}`,
      en: `That ${client} asked: its signed request was removed, and what is left is what ${member} recorded of it.`,
    })
  }
  if (index.erased) {
    const { at, law } = index.erased
    texts.push({
      th: `เนื้อหาที่แลกเปลี่ยน: ถูกลบเมื่อ ${at} ตาม ${law}`,
      en: `What was said: it was removed at ${at} under ${law}.`,
    })
  } else if (records.some(({ content }) => content && !content.bodyKept)) {
    texts.push({
      th: 'เนื้อหาทั้งหมด: เก็บไว้เพียงดิเจสต์ ผู้มีเนื้อหาเทียบกับดิเจสต์ได้',
      en: 'The words of every message: of some only the digest is kept; whoever has the body can compare it.',
    })
  }
  return [...texts, ...signedTooLate(signers, log), ...whatIsMissing(log, signature !== undefined)]
}

/** A signature is only known to be as old as the stamp over it. */
function signedTooLate(signers: readonly SignedBy[], { stampedAt }: LogProof): Text[] {
  const late = signers.filter(({ goodUntil }) => stampedAt !== null && stampedAt > goodUntil)
  return late.map(({ author }) => ({
    th: `ว่า ${author} ลงลายมือชื่อขณะใบรับรองยังใช้ได้: ตราประทับเวลามาทีหลัง`,
    en: `That ${author} signed while its certificate was good: the time-stamp came after its end.`,
  }))
}

function whatIsMissing({ inLog, witnesses, stampedAt }: LogProof, signed: boolean): Text[] {
  const texts: Text[] = []
  if (!inLog)
    texts.push({
      th: 'ว่าอยู่ในล็อก: ยังไม่มีจุดตรวจที่ครอบคลุม ให้ส่งออกใหม่ภายหลัง',
      en: 'That it is in the log: no checkpoint covers it yet. Export it again later.',
    })
  if (witnesses.length === 0)
    texts.push({
      th: 'ว่ามีพยานเห็นล็อก: ยังไม่มีลายมือชื่อพยาน',
      en: 'That anyone else saw the log: there is no witness’s cosignature yet.',
    })
  if (stampedAt === null)
    texts.push({
      th: 'ว่ามีอยู่เมื่อใด: ยังไม่มีตราประทับเวลา',
      en: 'Since when it existed: there is no time-stamp yet.',
    })
  if (!signed)
    texts.push({
      th: 'ว่าใครทำไฟล์นี้: ไม่มีลายมือชื่อของสมาชิก',
      en: 'Who made this file: the member did not sign it.',
    })
  return texts
}

function time(piece: ExportedRecord | undefined): string {
  return new Date(piece?.record.at ?? 0).toISOString()
}
