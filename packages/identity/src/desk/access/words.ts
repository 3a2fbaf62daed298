import type { Text } from '@sapan/kernel'

/** What the pages of unusual accesses say. */
export const words = {
  title: { th: 'การเข้าถึงที่ผิดปกติ', en: 'Unusual accesses' },
  lead: {
    th: 'เกตเวย์พบว่าการเข้าถึงเหล่านี้ต่างจากปกติ ไม่ได้แปลว่าผิด คุณเป็นผู้ตัดสินพร้อมเหตุผล',
    en: 'Gateways found these out of the usual. That does not make them wrong: you decide, with reasons.',
  },
  none: { th: 'ไม่มีเรื่องรอตัดสิน', en: 'Nothing waits for a decision' },
  noneNext: {
    th: 'เมื่อมีการเข้าถึงที่ผิดปกติ เรื่องจะอยู่ที่นี่และในคิวงาน',
    en: 'What is found will be here, and in the queue of tasks.',
  },
  done: { th: 'ตัดสินแล้ว', en: 'Decided' },
  one: { th: 'การเข้าถึงที่ผิดปกติของเจ้าหน้าที่', en: 'An unusual access by an officer' },
  at: { th: 'เมื่อ', en: 'When' },
  role: { th: 'ตำแหน่งของผู้เข้าถึง', en: 'Role of who looked' },
  noRole: { th: 'ไม่ทราบตำแหน่ง', en: 'Not known' },
  officer: { th: 'รหัสเจ้าหน้าที่ในหน่วยงาน', en: 'The officer, as your agency knows them' },
  duty: { th: 'หน้าที่ที่ใช้', en: 'Duty' },
  client: { th: 'ระบบที่ขอ', en: 'Through which system' },
  member: { th: 'ข้อมูลของ', en: 'Whose data' },
  service: { th: 'บริการ', en: 'Service' },
  purpose: { th: 'วัตถุประสงค์', en: 'Purpose' },
  case: { th: 'เลขเรื่อง', en: 'Case' },
  noCase: { th: 'ไม่ได้ระบุ', en: 'None named' },
  fields: { th: 'ข้อมูลที่ได้ไป', en: 'What was seen' },
  why: { th: 'เหตุที่ผิดปกติ', en: 'Why it is here' },
  calls: { th: 'จำนวนครั้งในชั่วโมงนั้น', en: 'Accesses in that hour' },
  exchange: { th: 'เลขการแลกเปลี่ยน', en: 'Exchange' },
  decide: { th: 'ผลการพิจารณา', en: 'Your decision' },
  'in-order': { th: 'เป็นไปตามหน้าที่', en: 'In order' },
  misuse: { th: 'ใช้ข้อมูลโดยมิชอบ', en: 'Misuse' },
  misuseHint: {
    th: 'ดำเนินการทางวินัยและแจ้งเหตุตามกฎหมายคุ้มครองข้อมูลส่วนบุคคล มาตรา 37(4) ภายใน 72 ชั่วโมงเมื่อเข้าเกณฑ์',
    en: 'Take it up with the officer’s superior; where it is a breach, PDPA section 37(4) gives 72 hours to report it.',
  },
  reasons: { th: 'เหตุผล', en: 'Reasons' },
  reasonsHint: {
    th: 'ข้อเท็จจริง ข้อกฎหมาย และข้อพิจารณา เก็บไว้กับเรื่อง',
    en: 'Facts, law and what you considered. They are kept with the case.',
  },
  save: { th: 'บันทึกผล', en: 'Save the decision' },
  missing: { th: 'เลือกผลการพิจารณาและเขียนเหตุผล', en: 'Choose a decision and write the reasons' },
  back: { th: 'กลับไปรายการ', en: 'Back to the list' },
  task: { th: 'เปิดในคิวงาน', en: 'Open it as a task' },
} as const satisfies Record<string, Text>

/** The gateways' rules, in words. */
export const ruleWords: Readonly<Record<string, Text>> = {
  volume: { th: 'มากกว่าที่เจ้าหน้าที่คนนี้ทำตามปกติ', en: 'Many more than is usual for this officer' },
  hour: { th: 'นอกเวลาราชการ', en: 'Outside office hours' },
  'no-case': { th: 'ไม่มีเลขเรื่องประกอบ', en: 'No case behind it' },
  probing: {
    th: 'ถามเรื่องคนเดียวซ้ำด้วยค่าที่ต่างกันหลายครั้งในวันเดียว',
    en: 'One question about one person, asked with many different values in a day',
  },
}
