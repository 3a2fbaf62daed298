import { shippedTemplates } from '@sapan/documents'
import type { Checking } from '../../src/checking/checking.ts'
import type { Checked } from '../../src/checking/job.ts'
import { firstPage } from '../../src/checking/picture.ts'
import { unreadable } from '../../src/unreadable.ts'
import { everyReport } from '../reports.ts'
import { templateDocument } from '../signed.ts'

/** Names of files that the checking of the tests answers with a report, or with a reason why there is none. */
export const reportNames = Object.keys(everyReport) as (keyof typeof everyReport)[]

const unreadableTexts = {
  unknown: { th: 'ไม่ใช่ไฟล์ชนิดที่ตรวจได้', en: 'The file is not of a kind that can be checked' },
  unreadable: {
    th: 'ไฟล์เสียหาย หรือไม่ได้ทำตามกฎของไฟล์ชนิดนี้ จึงอ่านไม่ได้',
    en: 'The file is damaged, or not made by the rules of its kind, so it cannot be read',
  },
  encrypted: { th: 'ไฟล์เข้ารหัสไว้ ต้องใช้รหัสผ่าน', en: 'The file is encrypted and needs its password' },
  'wrong-password': { th: 'รหัสผ่านไม่ถูกต้อง', en: 'The password is wrong' },
} as const

export const unreadableNames = Object.keys(unreadableTexts) as (keyof typeof unreadableTexts)[]

/** Answers by the name of the file, so that one portal shows every state. */
export async function stagedChecking(): Promise<Checking> {
  const letter = await firstPage(await templateDocument('receipt'))
  const data = [
    { name: 'data.json', value: shippedTemplates[0]?.sample },
    { name: 'data.xml', text: `<document>\n <number>TEST-2569-000123</number>\n</document>\n`.repeat(8) },
  ]
  const checked = (name: keyof typeof everyReport): Checked => {
    const report = everyReport[name]
    const isPdf = report.file.format === 'pdf' || report.file.format === 'unsigned-pdf'
    return {
      report,
      pdf: new TextEncoder().encode('%PDF-'),
      ...(isPdf && letter && { picture: letter }),
      ...(report.document?.embedded && { data }),
    }
  }
  return {
    check: async ({ name = '' }) => {
      if (name === 'slow') {
        await new Promise((resolve) => setTimeout(resolve, 1500))
        return checked('passedReport')
      }
      const report = reportNames.find((each) => each === name)
      if (report !== undefined) return checked(report)
      const reason = unreadableNames.find((each) => each === name) ?? 'unknown'
      throw unreadable(reason, unreadableTexts[reason])
    },
    close: async () => {},
  }
}
