import type { CaseSummary } from '@sapan/casework'
import type { PoolClient, Text } from '@sapan/kernel'
import type { ServicesGround } from '../ground.ts'

/** What an applicant is told of their case. */
export type CaseNews =
  | 'received'
  | 'payment'
  | 'paid'
  | 'asked'
  | 'decided'
  | 'document'
  | 'completed'
  | 'overdue'
  | 'lapsed'
  | 'withdrawn'
  | 'voided'
  | 'consent-given'
  | 'appealed'

/** Says that something happened, and never what was decided: that stands on the person's own page. */
const texts: Readonly<Record<CaseNews, { readonly title: Text; readonly body: Text }>> = {
  received: {
    title: { th: 'ได้รับเรื่องที่ยื่นแล้ว', en: 'Your application has been received' },
    body: {
      th: 'ใบรับคำขอที่มีตราประทับอยู่ในกล่องเอกสารของคุณ',
      en: 'The sealed receipt is among your documents.',
    },
  },
  payment: {
    title: { th: 'มีรายการที่ต้องชำระ', en: 'There is something to pay' },
    body: {
      th: 'เปิดเรื่องของคุณเพื่อดูจำนวนเงินและวันสุดท้าย',
      en: 'Open your application to see how much, and until when.',
    },
  },
  paid: {
    title: { th: 'ได้รับเงินแล้ว', en: 'Your payment has arrived' },
    body: { th: 'เริ่มนับระยะเวลาพิจารณาแล้ว', en: 'The time for the decision runs from now.' },
  },
  asked: {
    title: { th: 'หน่วยงานขอข้อมูลเพิ่ม', en: 'The agency needs to know more' },
    body: {
      th: 'เปิดเรื่องของคุณเพื่ออ่านว่าต้องการอะไรและตอบภายในเมื่อใด',
      en: 'Open your application to read what it asks, and until when you can answer.',
    },
  },
  decided: {
    title: { th: 'พิจารณาเรื่องของคุณแล้ว', en: 'Your application has been decided' },
    body: {
      th: 'กำลังแจ้งทะเบียนและออกเอกสาร เราจะแจ้งอีกครั้งเมื่อเสร็จ',
      en: 'Registers are being told and documents made. We will tell you when that is done.',
    },
  },
  document: {
    title: { th: 'มีเอกสารใหม่ถึงคุณ', en: 'There is a new document for you' },
    body: { th: 'เอกสารอยู่ในกล่องเอกสารของคุณ', en: 'It is among your documents.' },
  },
  completed: {
    title: { th: 'เรื่องของคุณเสร็จแล้ว', en: 'Your application is finished' },
    body: {
      th: 'เปิดเรื่องของคุณเพื่อดูผล เหตุผล และสิทธิที่จะอุทธรณ์',
      en: 'Open it to see the decision, its reasons, and how to appeal.',
    },
  },
  overdue: {
    title: { th: 'เรื่องของคุณเลยกำหนด', en: 'Your application is overdue' },
    body: {
      th: 'หน่วยงานทราบแล้วว่าเลยกำหนด เรื่องของคุณยังอยู่ในคิว',
      en: 'The agency knows. Your application is still in its queue.',
    },
  },
  lapsed: {
    title: { th: 'เรื่องของคุณยุติโดยไม่มีผลพิจารณา', en: 'Your application was closed without a decision' },
    body: {
      th: 'สิ่งที่รอไม่มาภายในเวลา หรือผู้ที่ต้องยินยอมไม่ยินยอม เปิดเรื่องเพื่อดูเหตุ และยื่นใหม่จากข้อมูลเดิมได้',
      en: 'What it waited for did not come in time, or whoever had to agree did not. Open it to see why, and to apply again.',
    },
  },
  withdrawn: {
    title: { th: 'ถอนเรื่องแล้ว', en: 'Your application has been withdrawn' },
    body: { th: 'หน่วยงานจะไม่พิจารณาต่อ', en: 'The agency stops working on it.' },
  },
  voided: {
    title: { th: 'เรื่องของคุณถูกยกเลิก', en: 'Your application has been set aside' },
    body: { th: 'เปิดเรื่องเพื่ออ่านเหตุผลของหน่วยงาน', en: 'Open it to read why.' },
  },
  'consent-given': {
    title: { th: 'ได้รับความยินยอมแล้ว', en: 'The consent that was needed has been given' },
    body: { th: 'เรื่องของคุณดำเนินต่อ', en: 'Your application goes on.' },
  },
  appealed: {
    title: { th: 'ได้รับอุทธรณ์แล้ว', en: 'Your appeal has been received' },
    body: {
      th: 'เจ้าหน้าที่คนอื่นที่ไม่ได้ตัดสินครั้งแรกจะพิจารณา',
      en: 'Somebody other than the first officer decides it.',
    },
  },
}

/** The same of this application, which tells it from others in the inbox. */
function ofCase(
  { title, body }: { readonly title: Text; readonly body: Text },
  of: Pick<CaseSummary, 'title' | 'number'>,
): { readonly title: Text; readonly body: Text } {
  return {
    title: { th: `${title.th}: ${of.title.th}`, en: `${title.en}: ${of.title.en}` },
    body: { th: `${body.th} เลขที่รับ ${of.number}`, en: `${body.en} Receipt number ${of.number}.` },
  }
}

interface Telling {
  readonly what: CaseNews
  readonly key?: string
  /** Accounts: `recipientsOf`. */
  readonly to: readonly string[]
}

/** Tells whom a case concerns, each once for each key, in the caller's transaction. */
export async function tellApplicant(
  { notices }: Pick<ServicesGround, 'notices'>,
  client: PoolClient,
  found: Pick<CaseSummary, 'id' | 'title' | 'number'> & { readonly applicant: string },
  { what, key = '', to }: Telling,
): Promise<void> {
  const { id, applicant } = found
  for (const account of to)
    await notices.send(client, {
      account,
      kind: what === 'document' ? 'document' : 'application',
      ...ofCase(texts[what], found),
      link: `/me/applications/${id}`,
      key: `case:${id}:${what}:${key}${account === applicant ? '' : `:${account}`}`,
    })
}
