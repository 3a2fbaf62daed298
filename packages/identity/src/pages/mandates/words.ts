import type { Text } from '@sapan/kernel'

/** What the pages of mandates say. */
export const words = {
  title: { th: 'ทำการแทน', en: 'Acting for others' },
  lead: {
    th: 'คุณทำเรื่องแทนผู้อื่นได้โดยไม่ต้องใช้รหัสของเขา และให้ผู้อื่นทำแทนคุณได้เฉพาะเรื่องที่คุณเลือก',
    en: 'You can act for others without their password, and let others act for you in what you choose.',
  },
  silent: { th: 'ยังตรวจบางทะเบียนไม่ได้', en: 'A register did not answer' },
  silentBody: {
    th: 'ไม่ตอบในขณะนี้ จึงยังไม่แสดงอำนาจจากทะเบียนนี้ อย่างอื่นใช้ได้ตามปกติ ลองเปิดหน้านี้ใหม่ในอีกสักครู่',
    en: 'does not answer right now, so nothing is shown from it. Everything else works. Open this page again in a while.',
  },
  waiting: { th: 'รอคำตอบของคุณ', en: 'Waiting for your answer' },
  held: { th: 'คุณทำการแทน', en: 'You act for' },
  heldNone: { th: 'คุณยังไม่ได้ทำการแทนใคร', en: 'You act for nobody yet' },
  heldNext: {
    th: 'ถ้าคุณเป็นกรรมการบริษัทหรือมีบุตรที่ยังไม่บรรลุนิติภาวะ รายการจะมาจากทะเบียนเอง หรือขอทำการแทนผู้อื่นได้',
    en: 'If you direct a company or have a child under age, it comes from the registers by itself. You can also ask somebody.',
  },
  given: { th: 'ผู้ที่ทำการแทนคุณ', en: 'Who acts for you' },
  givenNone: { th: 'ยังไม่มีใครทำการแทนคุณ', en: 'Nobody acts for you' },
  givenNext: {
    th: 'ให้คนในครอบครัวหรือคนที่ไว้ใจช่วยทำเรื่องราชการแทนคุณได้ และยกเลิกได้ทันที',
    en: 'You can let family or somebody you trust deal with agencies for you, and stop it at once.',
  },
  joint: { th: 'เรื่องที่ต้องทำร่วมกัน', en: 'To be done jointly' },
  declare: { th: 'แถลงในนามบริษัท', en: 'Declare something for a company' },
  sent: { th: 'ที่คุณเสนอหรือขอไว้', en: 'What you offered or asked for' },
  give: { th: 'ให้ผู้อื่นทำการแทน', en: 'Let somebody act for you' },
  ask: { th: 'ขอทำการแทนผู้อื่น', en: 'Ask to act for somebody' },
  code: { th: 'กรอกรหัสเชิญ', en: 'Enter an invitation code' },
  child: { th: 'ระบุบุตรที่อยู่คนละบ้าน', en: 'Name a child who lives elsewhere' },
  choose: { th: 'เลือกว่าจะทำการแทนใคร', en: 'Choose for whom to act' },
  self: { th: 'ทำในนามของตนเอง', en: 'Act for myself' },
  view: { th: 'ดูและตอบ', en: 'Look and answer' },
  end: { th: 'ยกเลิกการทำการแทน', en: 'End this mandate' },
  takeBack: { th: 'ถอนคืน', en: 'Take back' },
  next: { th: 'ต่อไป', en: 'Continue' },
  covers: { th: 'ทำอะไรได้บ้าง', en: 'What it covers' },
  jointly: { th: 'ต้องทำร่วมกับผู้อื่น', en: 'only jointly' },
  sealed: { th: 'ต้องประทับตรา', en: 'with the seal' },
  from: { th: 'เริ่ม', en: 'From' },
  till: { th: 'สิ้นสุด', en: 'Till' },
  noEnd: { th: 'ตราบที่ทะเบียนยังระบุไว้', en: 'For as long as the register says so' },
  amount: { th: 'จำนวนเงินต่อครั้งไม่เกิน', en: 'At most, each time' },
  baht: { th: 'บาท', en: 'baht' },
  agencies: { th: 'เฉพาะหน่วยงาน', en: 'Only at' },
  everywhere: { th: 'ทุกหน่วยงาน', en: 'Every agency' },
  others: { th: 'ผู้มีอำนาจคนอื่น', en: 'Others who hold it' },
  condition: { th: 'เงื่อนไขการลงนาม', en: 'Who signs' },
  source: { th: 'ที่มา', en: 'Where it comes from' },
  suspended: { th: 'ถูกระงับชั่วคราว', en: 'Suspended' },
  person: { th: 'ผู้ที่เกี่ยวข้อง', en: 'The person' },
  sayWrong: {
    th: 'ถ้าข้อมูลไม่ถูกต้อง แจ้งหน่วยงานเจ้าของทะเบียน',
    en: 'If this is wrong, tell the agency that keeps the register.',
  },
} as const satisfies Record<string, Text>

/** For whom somebody acts, by where the mandate comes from. */
export const groupWords = {
  company: { th: 'บริษัท', en: 'Companies' },
  child: { th: 'บุตร', en: 'Children' },
  person: { th: 'ผู้ที่ให้คุณทำการแทน', en: 'People who let you' },
  helper: { th: 'ผู้ที่คุณช่วยที่เคาน์เตอร์', en: 'People you help at a counter' },
} as const satisfies Record<string, Text>

/** Where a mandate comes from. */
export const sourceWords = {
  company: { th: 'ทะเบียนนิติบุคคล ตรวจเมื่อเปิดหน้านี้', en: 'The company register, asked as you opened this page' },
  child: { th: 'ทะเบียนราษฎร ตรวจเมื่อเปิดหน้านี้', en: 'The population register, asked as you opened this page' },
  person: { th: 'เจ้าตัวให้ไว้', en: 'Given by the person' },
  helper: { th: 'เจ้าหน้าที่ช่วยที่เคาน์เตอร์ ชั่วคราว', en: 'A helper at a counter, for a short while' },
} as const satisfies Record<string, Text>

export const stateWords = {
  open: { th: 'รอคำตอบ', en: 'Waiting' },
  accepted: { th: 'ตอบรับแล้ว', en: 'Accepted' },
  refused: { th: 'ปฏิเสธ', en: 'Refused' },
  withdrawn: { th: 'ถอนแล้ว', en: 'Taken back' },
  expired: { th: 'หมดเวลา', en: 'Ran out' },
  complete: { th: 'ครบแล้ว รอดำเนินการ', en: 'Complete' },
  used: { th: 'ดำเนินการแล้ว', en: 'Carried out' },
  void: { th: 'ใช้ไม่ได้', en: 'Void' },
} as const satisfies Record<string, Text>
