import type { Text } from '@sapan/kernel'

export const usageWords = {
  title: { th: 'ใครดูข้อมูลของฉัน', en: 'Who looked at my data' },
  lead: {
    th: 'ถามจากเกตเวย์ของหน่วยงานโดยตรงทุกครั้งที่คุณเปิดหน้านี้ ไม่มีสำเนาเก็บไว้ที่ส่วนกลาง',
    en: 'The agencies’ own gateways are asked each time you open this page. There is no copy in one place.',
  },
  none: { th: 'ยังไม่มีใครดูข้อมูลของคุณ', en: 'Nobody has looked at your data yet' },
  noneHere: { th: 'ไม่มีรายการของหน่วยงานนี้', en: 'There is nothing from this agency' },
  noneNext: { th: 'เมื่อมีการดู จะแสดงที่นี่ทันที', en: 'As soon as somebody does, it is shown here.' },
  silent: { th: 'รายการนี้ยังไม่ครบ', en: 'This is not the whole list' },
  silentBody: { th: 'หน่วยงานเหล่านี้ไม่ตอบในขณะนี้', en: 'These agencies don’t answer now' },
  silentNext: { th: 'ลองเปิดหน้านี้อีกครั้งภายหลัง', en: 'Open this page again later.' },
  withheld: {
    th: 'มีการดูที่กฎหมายให้ปิดไว้ก่อน จะแสดงตั้งแต่',
    en: 'There was an access that the law withholds until',
  },
  agency: { th: 'หน่วยงาน', en: 'Agency' },
  everyAgency: { th: 'ทุกหน่วยงาน', en: 'Every agency' },
  show: { th: 'แสดง', en: 'Show' },
  lookedAt: { th: 'ดูข้อมูลจาก', en: 'looked at data of' },
  again: { th: 'เหมือนกันอีก {times} ครั้งในวันนั้น', en: 'The same {times|more time|more times} that day' },
  refused: { th: 'ถูกปฏิเสธ ไม่มีข้อมูลออกไป', en: 'Refused: no data left' },
  unusual: { th: 'ผิดปกติ', en: 'Unusual' },
  opened: { th: 'ผู้ดูแลระบบเปิดอ่าน', en: 'Opened by an operator' },
  openings: { th: 'ผู้ดูแลระบบเปิดอ่านเนื้อความ', en: 'An operator opened what was said' },
  openingsAbout: {
    th: 'หน่วยงานเก็บเนื้อความของการแลกเปลี่ยนไว้โดยปิดผนึก ผู้ดูแลระบบเปิดอ่านได้เมื่อระบุเหตุผลเท่านั้น',
    en: 'Agencies keep what was said sealed. An operator opens it with a reason alone, which you see here.',
  },
  opener: { th: 'ผู้ดูแลระบบของ', en: 'Operator of' },
  reason: { th: 'เหตุผล', en: 'Reason' },
  consented: { th: 'ตามความยินยอมของคุณ', en: 'With your consent' },
  when: { th: 'เมื่อ', en: 'When' },
  who: { th: 'ผู้ดู', en: 'Who' },
  system: { th: 'ระบบ', en: 'System' },
  role: { th: 'เจ้าหน้าที่', en: 'Officer' },
  case: { th: 'เลขเรื่อง', en: 'Case' },
  noRole: { th: 'ไม่มีหลักฐานว่าเป็นเจ้าหน้าที่ผู้ใด ระบบเป็นผู้ขอ', en: 'No officer is proven: a system asked' },
  self: { th: 'คุณเอง', en: 'You yourself' },
  other: {
    th: 'บุคคลอื่นที่เข้าใช้ในนามของตนเอง ไม่ใช่เจ้าหน้าที่',
    en: 'Another person, signed in for themselves; no officer',
  },
  mandate: { th: 'ผู้ทำการแทนบุคคลอื่น', en: 'Somebody who acts for another person' },
  forYou: { th: 'ผู้ทำการแทนคุณ', en: 'Somebody who acts for you' },
  forCompany: { th: 'ผู้ทำการแทนบริษัท', en: 'Somebody who acts for a company' },
  youForPerson: { th: 'คุณ ในฐานะผู้ทำการแทนบุคคลอื่น', en: 'You, acting for another person' },
  youForCompany: { th: 'คุณ ในฐานะผู้ทำการแทนบริษัท', en: 'You, acting for a company' },
  helper: { th: 'ผู้ช่วยที่เคาน์เตอร์', en: 'A helper at a counter' },
  helperForYou: { th: 'ผู้ช่วยคุณที่เคาน์เตอร์', en: 'A helper at a counter, for you' },
  news: {
    th: 'มีรายการใหม่จาก {count} หน่วยงานตั้งแต่คุณดูครั้งก่อน',
    en: 'Agencies with something new since you last looked: {count}',
  },
  from: { th: 'ข้อมูลจาก', en: 'Data of' },
  purpose: { th: 'เพื่อ', en: 'For' },
  law: { th: 'ตามกฎหมาย', en: 'Law' },
  fields: { th: 'ข้อมูลที่เห็น', en: 'What was seen' },
  askedAbout: { th: 'ถามว่า', en: 'Asked' },
  answeredSo: { th: 'ได้คำตอบว่า', en: 'Answered' },
  yes: { th: 'ใช่', en: 'Yes' },
  no: { th: 'ไม่ใช่', en: 'No' },
  notKnown: {
    th: 'ไม่มีคำตอบ เพราะหน่วยงานไม่มีข้อมูลนี้ของคุณ',
    en: 'No answer: the agency does not have this of you',
  },
  noRecord: { th: 'ไม่มีคำตอบ เพราะหน่วยงานไม่มีรายการของคุณ', en: 'No answer: the agency has no record of you' },
  onlyAnswer: { th: 'เห็นเพียงคำตอบ ไม่มีข้อมูลของคุณออกไป', en: 'The answer alone: none of your data left' },
  nothingSeen: { th: 'ไม่มี', en: 'Nothing' },
  exchange: { th: 'เลขการแลกเปลี่ยน', en: 'Exchange number' },
  consent: { th: 'ความยินยอม', en: 'Consent' },
  seeConsent: { th: 'ดูความยินยอมนี้', en: 'See this consent' },
  proof: { th: 'หลักฐาน', en: 'Proof' },
  proofAbout: {
    th: 'ไฟล์ที่ใครก็ตรวจสอบได้โดยไม่ต้องเชื่อเรา หากมีข้อมูลของผู้อื่น เนื้อหาจะถูกเว้นไว้ แต่หลักฐานยังครบ',
    en: 'A file that anyone can check without trusting us. Where other people are in it, what was said is left out; the proof stays whole.',
  },
  download: { th: 'ดาวน์โหลดหลักฐานจาก', en: 'Download the proof from' },
  ask: { th: 'ถามเรื่องการดูครั้งนี้', en: 'Ask about this access' },
  askHint: {
    th: 'ส่งถึงเจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคลของหน่วยงานที่ดู หรือของหน่วยงานเจ้าของข้อมูลหากหน่วยงานที่ดูยังไม่มี ซึ่งต้องตอบภายในกำหนด คุณจะได้รับการแจ้งเตือน',
    en: 'It goes to the data protection officer of the agency that looked, or of the one whose data it was if that has none, who must answer in time. You get a notice.',
  },
  send: { th: 'ส่งคำถาม', en: 'Send the question' },
  questions: { th: 'คำถามที่คุณส่งไป', en: 'What you have asked' },
  asked: { th: 'คำถามของคุณ', en: 'Your question' },
  due: { th: 'ต้องตอบภายใน', en: 'To be answered by' },
} as const satisfies Record<string, Text>

/** What was unusual about an access. */
export const unusualWords: Readonly<Record<string, Text>> = {
  volume: {
    th: 'เจ้าหน้าที่ดูจำนวนมากกว่าปกติในชั่วโมงนั้น',
    en: 'The officer looked far more often than usual in that hour',
  },
  hour: { th: 'นอกเวลาราชการ', en: 'Outside office hours' },
  'no-case': { th: 'ไม่มีเลขเรื่องรองรับ', en: 'There was no case behind it' },
  probing: {
    th: 'มีการถามคำถามเดียวกันเรื่องคุณซ้ำด้วยค่าที่ต่างกันหลายครั้งในวันเดียว',
    en: 'The same question was asked about you many times in a day, each with another value',
  },
}

/** How a question stands, in the words of a person. */
export const questionStates: Readonly<Record<string, Text>> = {
  open: { th: 'ส่งถึงหน่วยงานแล้ว', en: 'The agency has it' },
  taken: { th: 'เจ้าหน้าที่กำลังดำเนินการ', en: 'An officer works on it' },
  answered: { th: 'ตอบแล้ว', en: 'Answered' },
  closed: { th: 'ปิดแล้ว', en: 'Closed' },
}
