import type { Text } from '@sapan/kernel'
import { reasonTexts } from '../texts/reasons.ts'
import type { Report, SignatureReport } from './report.ts'

/** A report in plain words: each a few sentences, in the order in which people ask. */
export interface Explanation {
  /** One sentence: can it be relied on? */
  readonly verdict: Text
  readonly who: readonly Text[]
  readonly when: readonly Text[]
  /** Was it changed? */
  readonly changed: readonly Text[]
  /** What is inside. */
  readonly inside: readonly Text[]
  /** What to do. */
  readonly next: readonly Text[]
}

/** What a report means to somebody who knows nothing of signatures. */
export function explain(report: Report): Explanation {
  const { signatures } = report
  return {
    verdict: verdictOf(report),
    who: signatures.map(whoOf),
    when: signatures.map(whenOf),
    changed: changesOf(report),
    inside: insideOf(report),
    next: nextOf(report),
  }
}

function verdictOf({ conclusion, signatures }: Report): Text {
  const number = signatures.length
  if (conclusion === 'NO_SIGNATURE') {
    return { th: 'ไฟล์นี้ไม่มีลายมือชื่ออิเล็กทรอนิกส์', en: 'This file has no electronic signature.' }
  }
  if (conclusion === 'TOTAL-PASSED') {
    return number === 1
      ? { th: 'ลายมือชื่อถูกต้องและเชื่อถือได้', en: 'The signature is valid and can be trusted.' }
      : {
          th: `ลายมือชื่อทั้ง ${number} ถูกต้องและเชื่อถือได้`,
          en: `All ${number} signatures are valid and can be trusted.`,
        }
  }
  if (conclusion === 'TOTAL-FAILED') {
    return { th: 'ลายมือชื่อไม่ถูกต้อง อย่าเชื่อถือไฟล์นี้', en: 'A signature is not valid. Do not rely on this file.' }
  }
  return {
    th: 'ยังยืนยันลายมือชื่อไม่ได้ครบถ้วน',
    en: 'It could not be fully confirmed that the signature is valid.',
  }
}

function whoOf({ signer, id, indication }: SignatureReport): Text {
  if (!signer) return { th: `ไม่ทราบผู้ลงนามของ ${id}`, en: `It is not known who made ${id}.` }
  const { name, organisation } = signer
  const from = organisation && organisation !== name ? ` (${organisation})` : ''
  if (indication === 'TOTAL-PASSED') return { th: `ลงนามโดย ${name}${from}`, en: `Signed by ${name}${from}.` }
  return {
    th: `อ้างว่าลงนามโดย ${name}${from} แต่ยังไม่ยืนยัน`,
    en: `It says that ${name}${from} signed it; that is not confirmed.`,
  }
}

const thai = new Intl.DateTimeFormat('th-TH-u-ca-buddhist', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'Asia/Bangkok',
})
const english = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'Asia/Bangkok',
})

function whenOf({ bestSignatureTime, claimedAt }: SignatureReport): Text {
  if (bestSignatureTime) {
    const at = new Date(bestSignatureTime)
    return {
      th: `มีตราเวลายืนยันว่าลงนามไม่ช้ากว่า ${thai.format(at)} น.`,
      en: `A time-stamp proves that it was signed no later than ${english.format(at)} (Thai time).`,
    }
  }
  if (claimedAt && claimedAt !== 'unknown') {
    const at = new Date(claimedAt)
    return {
      th: `ผู้ลงนามระบุเวลา ${thai.format(at)} น. แต่ไม่มีตราเวลายืนยัน`,
      en: `The signer gives the time as ${english.format(at)} (Thai time); nothing proves it.`,
    }
  }
  return { th: 'ไม่ทราบเวลาที่ลงนาม', en: 'It is not known when it was signed.' }
}

function changesOf({ signatures, findings }: Report): Text[] {
  const texts: Text[] = []
  const failed = (id: string) =>
    signatures.some(({ checks }) => checks.some((check) => check.id === id && !check.passed))
  if (failed('signed-data-intact')) {
    texts.push({ th: 'เนื้อหาถูกเปลี่ยนหลังลงนาม', en: 'The content was changed after it was signed.' })
  }
  if (signatures.some(({ changesAfter }) => changesAfter === 'refused')) {
    texts.push({
      th: 'มีการแก้ไขภายหลังที่ทำให้สิ่งที่เห็นไม่ใช่สิ่งที่ลงนาม',
      en: 'Later changes make what you see differ from what was signed.',
    })
  }
  if (signatures.some(({ changesAfter }) => changesAfter === 'suspicious')) {
    texts.push({ th: 'มีการแก้ไขภายหลังที่น่าสงสัย', en: 'There are later changes that look suspicious.' })
  }
  if (findings.some(({ code }) => code === 'changed-after-last-signature')) {
    texts.push({ th: 'มีการเปลี่ยนไฟล์หลังลายมือชื่อสุดท้าย', en: 'The file was changed after the last signature.' })
  }
  if (texts.length === 0 && signatures.length > 0) {
    texts.push({ th: 'ไม่พบการเปลี่ยนแปลงสิ่งที่ลงนาม', en: 'Nothing that was signed has been changed.' })
  }
  return texts
}

function insideOf({ document, signatures }: Report): Text[] {
  const texts: Text[] = []
  if (document?.pages !== undefined) {
    const { pages, title } = document
    const named = title ? ` “${title}”` : ''
    texts.push({
      th: `เอกสาร${named} ${pages} หน้า`,
      en: `A document${named} of ${pages} ${pages === 1 ? 'page' : 'pages'}.`,
    })
  }
  for (const { name, bytes } of document?.attachments ?? []) {
    texts.push({ th: `ไฟล์แนบ ${name} (${bytes} ไบต์)`, en: `An attached file ${name} (${bytes} bytes).` })
  }
  for (const name of new Set(signatures.flatMap(({ covers = [] }) => covers))) {
    texts.push({ th: `ไฟล์ที่ลงนาม ${name}`, en: `A signed file ${name}.` })
  }
  if (document?.embedded?.agrees === false) {
    texts.push({
      th: 'ข้อมูลที่ฝังมาไม่ตรงกับหน้าที่มองเห็น',
      en: 'The embedded data differs from the visible page.',
    })
  }
  return texts
}

function nextOf({ conclusion, signatures }: Report): Text[] {
  if (conclusion === 'NO_SIGNATURE') {
    return [
      {
        th: 'ไฟล์ที่ไม่มีลายมือชื่อพิสูจน์ที่มาไม่ได้ สอบถามหน่วยงานที่ออก',
        en: 'Without a signature the origin cannot be proved; ask the body that issued it.',
      },
    ]
  }
  const reasons = new Set(signatures.flatMap(({ subIndication }) => subIndication ?? []))
  const texts = [...reasons].map((reason) => {
    const { means, next } = reasonTexts[reason]
    return { th: `${means.th} — ${next.th}`, en: `${means.en}. ${next.en}.` }
  })
  if (texts.length > 0) return texts
  if (conclusion === 'TOTAL-PASSED') return [{ th: 'ใช้ไฟล์นี้ได้', en: 'You can use this file.' }]
  return [
    {
      th: 'ตรวจไฟล์นี้ได้ไม่ครบ อย่าเพิ่งเชื่อถือ',
      en: 'The file could not be checked in full; do not rely on it yet.',
    },
  ]
}
