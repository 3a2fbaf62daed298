import { findingTexts, type Report, type SignatureReport } from '@sapan/documents/check'
import type { Text } from '@sapan/kernel'

/** What a report comes to, for colour and sign; the word stands beside both. */
export type Tone = 'good' | 'unsure' | 'bad' | 'none'

/** What the report says in one line, and in one sentence what that means to its reader. */
export interface Verdict {
  readonly tone: Tone
  readonly title: Text
  readonly meaning: Text
}

/** The report in plain words. */
export function verdictOf(report: Report): Verdict {
  const { conclusion, signatures, document, findings } = report
  const many = signatures.length > 1
  switch (conclusion) {
    case 'TOTAL-PASSED':
      if (isInPart(report)) return partVerdict
      return passedVerdict(many, document?.embedded?.agrees === false)
    case 'TOTAL-FAILED':
      return {
        tone: 'bad',
        title: many
          ? { th: 'มีลายมือชื่อที่ใช้ไม่ได้', en: 'A signature does not hold' }
          : { th: 'ลายมือชื่อใช้ไม่ได้', en: 'The signature does not hold' },
        meaning: {
          th: 'อย่าใช้ไฟล์นี้เป็นหลักฐาน ขอไฟล์ใหม่จากผู้ออกเอกสาร',
          en: 'Do not rely on this file: ask the issuer for a new one.',
        },
      }
    case 'INDETERMINATE':
      if (signatures.length === 0) return unreadVerdict
      if (findings.some(({ code }) => code === 'detached-file-unused')) return otherFileVerdict
      return {
        tone: 'unsure',
        title: many
          ? { th: 'ยังยืนยันลายมือชื่อได้ไม่ครบทุกรายการ', en: 'Not all signatures could be confirmed' }
          : { th: 'ยังยืนยันลายมือชื่อไม่ได้', en: 'The signature could not be confirmed' },
        meaning: {
          th: 'ไม่พบว่าไฟล์ปลอม แต่หลักฐานที่มีไม่พอจะยืนยัน ดูเหตุผลด้านล่าง',
          en: 'Nothing shows that the file is false, but there is not enough to confirm it. The reason is below.',
        },
      }
    case 'NO_SIGNATURE':
      return {
        tone: 'none',
        title: { th: 'ไฟล์นี้ไม่มีลายมือชื่ออิเล็กทรอนิกส์', en: 'This file has no electronic signature' },
        meaning: {
          th: 'บอกไม่ได้ว่าใครทำไฟล์นี้ หรือถูกแก้ไขหรือไม่ รูปลายเซ็นบนหน้ากระดาษตรวจไม่ได้',
          en: 'Nothing tells who made it, or whether it was changed. A picture of a signature proves nothing.',
        },
      }
  }
}

/** Something kept the checker from finding out whether there are signatures at all. */
const unreadVerdict: Verdict = {
  tone: 'unsure',
  title: { th: 'อ่านไฟล์นี้ได้ไม่ครบ', en: 'The file could not be read whole' },
  meaning: {
    th: 'จึงบอกไม่ได้ว่ามีลายมือชื่อหรือไม่ ขอไฟล์ต้นฉบับจากผู้ออกเอกสาร',
    en: 'So nothing can be said about signatures. Ask the issuer for the original file.',
  },
}

/** Whether something lies in the file that nobody signed: it may have been put there by anyone. */
function isInPart({ signatures, document, file }: Report): boolean {
  if (file.format !== 'asic-e' && file.format !== 'asic-s')
    return signatures.some(({ scope }) => scope === 'partial')
  const covered = new Set(signatures.flatMap(({ covers = [] }) => covers))
  return document?.attachments.some(({ name }) => !covered.has(name)) ?? false
}

const partVerdict: Verdict = {
  tone: 'unsure',
  title: {
    th: 'ลายมือชื่อถูกต้อง แต่ไม่ครอบคลุมทุกส่วนของไฟล์',
    en: 'The signature holds, but not for all that is in the file',
  },
  meaning: {
    th: 'ส่วนที่ไม่มีลายมือชื่อใครใส่ไว้ก็ได้ เชื่อถือได้เฉพาะสิ่งที่ระบุว่าลงนามแล้ว',
    en: 'Anyone can have put in what nobody signed: rely only on what is named as signed.',
  },
}

const otherFileVerdict: Verdict = {
  tone: 'unsure',
  title: findingTexts['detached-file-unused'],
  meaning: {
    th: 'ผลด้านล่างไม่ได้บอกอะไรเกี่ยวกับไฟล์ที่ให้มาด้วย เลือกไฟล์ลายมือชื่อของไฟล์นั้น',
    en: 'What follows says nothing about the file that was given along: choose the signature that belongs to it.',
  },
}

function passedVerdict(many: boolean, differs: boolean): Verdict {
  if (differs) {
    return {
      tone: 'bad',
      title: findingTexts['embedded-differs'],
      meaning: {
        th: 'ลายมือชื่อถูกต้อง แต่เอกสารบอกสองอย่างที่ไม่ตรงกัน ติดต่อผู้ออกเอกสาร',
        en: 'The signature holds, but the document says two different things. Contact its issuer.',
      },
    }
  }
  return {
    tone: 'good',
    title: many
      ? { th: 'ลายมือชื่อทุกรายการถูกต้อง', en: 'All signatures hold' }
      : { th: 'ลายมือชื่อถูกต้อง', en: 'The signature holds' },
    meaning: {
      th: 'ผู้ที่ระบุด้านล่างลงนามไฟล์นี้จริง และสิ่งที่ลงนามไว้ไม่ถูกเปลี่ยน',
      en: 'Those named below signed this file, and what they signed is unchanged.',
    },
  }
}

/** What an indication means, for one signature. */
export function toneOf(indication: SignatureReport['indication']): Tone {
  if (indication === 'TOTAL-PASSED') return 'good'
  return indication === 'TOTAL-FAILED' ? 'bad' : 'unsure'
}

export const toneWords: Readonly<Record<Tone, Text>> = {
  good: { th: 'ถูกต้อง', en: 'Holds' },
  unsure: { th: 'ยังยืนยันไม่ได้', en: 'Not confirmed' },
  bad: { th: 'ใช้ไม่ได้', en: 'Does not hold' },
  none: { th: 'ไม่มีลายมือชื่อ', en: 'No signature' },
}

/** Whether what was signed was changed later. */
export function changeWords({ scope, changesAfter, checks, findings }: SignatureReport): Text {
  if (checks.some(({ id, passed }) => id === 'signed-data-intact' && !passed)) {
    return { th: 'ถูกเปลี่ยนหลังลงนาม', en: 'Changed after it was signed' }
  }
  if (changesAfter === 'refused') {
    return { th: 'ถูกแก้ไขหลังลงนามในแบบที่ไม่อนุญาต', en: 'Altered afterwards in a way that is not permitted' }
  }
  if (changesAfter === 'suspicious') {
    return { th: 'มีการเพิ่มเติมที่น่าสงสัยหลังลงนาม', en: 'There are suspicious additions after the signature' }
  }
  const outcome = (id: string) => checks.find((check) => check.id === id)?.passed
  if (
    outcome('signature-value') === false ||
    !(outcome('signature-value') ?? outcome('signed-data-intact'))
  ) {
    return { th: 'บอกไม่ได้ว่าถูกเปลี่ยนหรือไม่', en: 'It cannot be told whether it was changed' }
  }
  if (findings.some(({ code }) => code === 'filled-in-later')) return findingTexts['filled-in-later']
  if (scope === 'partial') {
    return { th: 'ลายมือชื่อครอบคลุมเพียงบางส่วนของไฟล์', en: 'The signature covers only a part of the file' }
  }
  if (changesAfter === 'allowed') {
    return {
      th: 'เนื้อหาไม่ถูกเปลี่ยน ภายหลังมีเพียงลายมือชื่อหรือข้อมูลตรวจสอบเพิ่มเข้ามา',
      en: 'Content unchanged; later additions are only signatures or data for checking them',
    }
  }
  return { th: 'ไม่ถูกเปลี่ยน', en: 'Unchanged' }
}

export const words = {
  signatures: { th: 'ใครลงนาม', en: 'Who signed' },
  signature: { th: 'ลายมือชื่อที่', en: 'Signature' },
  signer: { th: 'ผู้ลงนาม', en: 'Signer' },
  unknownSigner: { th: 'ไม่ทราบ (ไม่พบใบรับรอง)', en: 'Unknown (no certificate found)' },
  signedAt: { th: 'ลงนามเมื่อ', en: 'Signed' },
  provenTime: { th: 'มีตราประทับเวลายืนยัน', en: 'proved by a time-stamp' },
  claimedTime: { th: 'ตามที่ผู้ลงนามระบุ ไม่มีตราประทับเวลา', en: 'as the signer says; there is no time-stamp' },
  noTime: { th: 'ไม่ได้ระบุ', en: 'Not said' },
  says: { th: 'ผู้ลงนามระบุ', en: 'the signer says' },
  before: { th: 'ไม่เกิน', en: 'Not later than' },
  changed: { th: 'เนื้อหา', en: 'Content' },
  organisation: { th: 'หน่วยงาน', en: 'Organisation' },
  claims: { th: 'อ้างชื่อว่า', en: 'Claims to be' },
  claimedIssuer: { th: 'อ้างว่าใบรับรองออกโดย (ไม่ได้ยืนยัน)', en: 'Issuer that it claims (not confirmed)' },
  confirmedBy: { th: 'ตัวตนรับรองโดย', en: 'Identity vouched for by' },
  reason: { th: 'เหตุผลที่ลงนาม', en: 'Reason given' },
  place: { th: 'สถานที่', en: 'Place' },
  covers: { th: 'ลงนามกำกับไฟล์', en: 'Signed files' },
  why: { th: 'เพราะ', en: 'Because' },
  next: { th: 'ทำอย่างไรต่อ', en: 'What to do' },
  details: { th: 'ดูสิ่งที่ตรวจทั้งหมด', en: 'Everything that was checked' },
  level: { th: 'ระดับ', en: 'Level' },
  result: { th: 'ผลตามมาตรฐาน', en: 'Result by the standard' },
  algorithms: { th: 'วิธีเข้ารหัส', en: 'Algorithms' },
  serial: { th: 'เลขที่ใบรับรอง', en: 'Certificate number' },
  fingerprint: { th: 'ลายนิ้วมือใบรับรอง (SHA-256)', en: 'Certificate fingerprint (SHA-256)' },
  validity: { th: 'อายุใบรับรอง', en: 'Certificate valid' },
  until: { th: 'ถึง', en: 'to' },
  timestamps: { th: 'ตราประทับเวลา', en: 'Time-stamps' },
  passed: { th: 'ผ่าน', en: 'Passed' },
  failed: { th: 'ไม่ผ่าน', en: 'Failed' },
  inside: { th: 'ในไฟล์มีอะไร', en: 'What is inside' },
  picture: { th: 'ภาพหน้าแรกของเอกสาร', en: 'Picture of the first page' },
  pictureNote: {
    th: 'เทียบภาพนี้กับที่คุณเห็น',
    en: 'Compare this with what you see.',
  },
  title: { th: 'ชื่อเอกสาร', en: 'Title' },
  pages: { th: 'จำนวนหน้า', en: 'Pages' },
  format: { th: 'ชนิดไฟล์', en: 'Kind of file' },
  size: { th: 'ขนาด', en: 'Size' },
  digest: { th: 'ลายนิ้วมือไฟล์ (SHA-256)', en: 'File fingerprint (SHA-256)' },
  pdfa: { th: 'ระบุว่าเป็น', en: 'Claims to be' },
  attachments: { th: 'ไฟล์ที่แนบอยู่ข้างใน', en: 'Files inside' },
  name: { th: 'ชื่อ', en: 'Name' },
  kind: { th: 'ชนิด', en: 'Kind' },
  embedded: { th: 'ข้อมูลที่ฝังมา', en: 'Data inside' },
  inData: { th: 'ข้อมูลบอกว่า', en: 'The data says' },
  onPage: { th: 'หน้าแสดงว่า', en: 'The page shows' },
  rows: { th: 'ตารางข้อมูล', en: 'Table of data' },
  revisions: { th: 'ไฟล์นี้บันทึกมาแล้วกี่ครั้ง', en: 'How often this file was saved' },
  revision: { th: 'ครั้งที่', en: 'Save' },
  changes: { th: 'สิ่งที่เปลี่ยน', en: 'What changed' },
  verdict: { th: 'อนุญาตหรือไม่', en: 'Permitted' },
  remarks: { th: 'ข้อสังเกต', en: 'Remarks' },
  checkedAt: { th: 'ตรวจเมื่อ', en: 'Checked' },
  file: { th: 'ไฟล์', en: 'File' },
  reportTitle: { th: 'รายงานผลการตรวจเอกสาร', en: 'Report of a document check' },
  nothing: { th: 'ไม่มี', en: 'None' },
} as const satisfies Record<string, Text>

export const formatWords: Readonly<Record<Report['file']['format'], Text>> = {
  pdf: { th: 'PDF ที่ลงนาม', en: 'Signed PDF' },
  'unsigned-pdf': { th: 'PDF ที่ไม่มีลายมือชื่อ', en: 'PDF without a signature' },
  'asic-e': { th: 'ซอง ASiC-E', en: 'ASiC-E container' },
  'asic-s': { th: 'ซอง ASiC-S', en: 'ASiC-S container' },
  cades: { th: 'ลายมือชื่อ CAdES', en: 'CAdES signature' },
  xades: { th: 'ลายมือชื่อ XAdES', en: 'XAdES signature' },
  timestamp: { th: 'ตราประทับเวลา', en: 'Time-stamp' },
  unknown: { th: 'ไม่ทราบชนิด', en: 'Unknown' },
}

export const revisionWords = {
  first: { th: 'ฉบับแรก', en: 'First' },
  allowed: { th: 'อนุญาต', en: 'Permitted' },
  suspicious: { th: 'น่าสงสัย', en: 'Suspicious' },
  refused: { th: 'ไม่อนุญาต', en: 'Not permitted' },
  unsigned: { th: 'ไม่มีลายมือชื่อกำกับ', en: 'Under no signature' },
} as const satisfies Record<string, Text>

export const severityWords = {
  note: { th: 'หมายเหตุ', en: 'Note' },
  warning: { th: 'ควรระวัง', en: 'Take care' },
  error: { th: 'ผิดพลาด', en: 'Error' },
} as const satisfies Record<string, Text>

/** What a time-stamp is over. */
export const stampWords = {
  content: { th: 'เนื้อหาก่อนลงนาม', en: 'the content before signing' },
  signature: { th: 'ลายมือชื่อ', en: 'the signature' },
  references: { th: 'ข้อมูลอ้างอิงสำหรับตรวจ', en: 'references for checking' },
  archive: { th: 'ลายมือชื่อและข้อมูลสำหรับตรวจ', en: 'the signature and data for checking' },
  document: { th: 'ทั้งไฟล์', en: 'the whole file' },
} as const satisfies Record<SignatureReport['timestamps'][number]['kind'], Text>
