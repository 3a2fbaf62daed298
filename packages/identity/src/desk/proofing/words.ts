import type { Text } from '@sapan/kernel'

/** What the registrar's pages say. */
export const words = {
  title: { th: 'พิสูจน์ตัวตนที่เคาน์เตอร์', en: 'Proof a person at the counter' },
  number: { th: 'เลขประจำตัว 13 หลักของผู้มาติดต่อ', en: 'The person’s number of 13 digits' },
  numberHint: {
    th: 'เลขประจำตัวประชาชน หรือเลขประจำตัวคนต่างชาติ ทุกการค้นหาถูกบันทึกและเจ้าของข้อมูลเห็นได้',
    en: 'A national number or a foreigner number. Each look-up is recorded, and the person can see it.',
  },
  find: { th: 'ค้นหาในทะเบียน', en: 'Look up in the register' },
  numberWrong: {
    th: 'ไม่พบเลขนี้ในทะเบียน ตรวจกับบัตรทีละหลัก',
    en: 'No register has this number. Check it digit by digit against the card',
  },
  asRegistered: { th: 'ตามทะเบียน', en: 'As registered' },
  name: { th: 'ชื่อ', en: 'Name' },
  english: { th: 'ชื่อภาษาอังกฤษ', en: 'Name in English' },
  born: { th: 'วันเกิด', en: 'Date of birth' },
  nationality: { th: 'สัญชาติ', en: 'Nationality' },
  number13: { th: 'เลขประจำตัว', en: 'Number' },
  source: { th: 'ที่มา', en: 'Source' },
  first: { th: 'หลักฐานที่หนึ่ง (มีรูป)', en: 'First piece of evidence (with a picture)' },
  second: { th: 'หลักฐานที่สอง', en: 'Second piece of evidence' },
  documentNumber: { th: 'เลขที่เอกสาร', en: 'Number of the document' },
  documentHint: { th: 'เท่าที่มี', en: 'If it has one' },
  choose: { th: 'เลือกหลักฐาน', en: 'Choose' },
  face: {
    th: 'ฉันเทียบใบหน้าของผู้มาติดต่อกับรูปบนหลักฐานที่หนึ่งแล้ว และเป็นคนเดียวกัน',
    en: 'I compared the person’s face with the picture on the first piece of evidence: it is the same person',
  },
  confirm: { th: 'ยืนยันตัวตนของบุคคลนี้', en: 'Confirm this person’s identity' },
  done: { th: 'พิสูจน์ตัวตนแล้ว', en: 'The person is proofed' },
  codeTitle: { th: 'เพิ่มพาสคีย์บนโทรศัพท์ของผู้มาติดต่อ', en: 'Add a passkey on the person’s own telephone' },
  codeText: {
    th: 'ให้ผู้มาติดต่อสแกนหรือเปิดที่อยู่นี้ด้วยโทรศัพท์ของตนเอง แล้วกรอกรหัส เจ้าหน้าที่ไม่ควรกรอกแทน',
    en: 'The person scans this, or opens the address, on their own telephone and enters the code. Do not do it for them.',
  },
  makeCode: { th: 'ออกรหัสใช้ครั้งเดียว', en: 'Make a code to use once' },
  newCode: { th: 'ออกรหัสใหม่ (รหัสเดิมจะใช้ไม่ได้)', en: 'Make a new code (the one before ends)' },
  code: { th: 'รหัส', en: 'Code' },
  until: { th: 'ใช้ได้ถึง', en: 'Good until' },
  nextPerson: { th: 'คนต่อไป', en: 'Next person' },
  qr: { th: 'คิวอาร์สำหรับเปิดหน้ากรอกรหัส', en: 'QR code that opens the page for the code' },
} as const satisfies Record<string, Text>
