import type { Text } from '@sapan/kernel'

/** What protects data in every exchange, whoever sends it: the record of processing has to describe it. */
export const measures: readonly Text[] = [
  {
    th: 'ปฏิเสธทุกคำขอที่ไม่มีสิทธิซึ่งลงลายมือชื่อไว้ และส่งเฉพาะรายการข้อมูลที่สิทธิระบุ',
    en: 'Whatever no signed grant allows is refused, and only the fields that it names are passed on.',
  },
  {
    th: 'ยืนยันตัวตนเกตเวย์ทั้งสองฝั่งและเข้ารหัสระหว่างทางด้วย TLS 1.3',
    en: 'Both gateways prove who they are, and everything between them is encrypted (TLS 1.3).',
  },
  {
    th: 'ลงลายมือชื่อคำขอและคำตอบ และเก็บหลักฐานไว้ในล็อกที่เพิ่มได้อย่างเดียวซึ่งมีพยานภายนอก',
    en: 'Requests and answers are signed, and kept as evidence in an append-only log with witnesses outside.',
  },
  {
    th: 'เข้ารหัสเนื้อหาที่จัดเก็บ และเก็บเลขประจำตัวในหลักฐานเป็นค่าแฮชที่ใช้กุญแจ',
    en: 'What is kept is encrypted, and people stand in the evidence as keyed hashes.',
  },
  {
    th: 'เจ้าของข้อมูลเห็นว่าใครดูข้อมูลของตน เพื่ออะไร ตามกฎหมายใด เว้นแต่ช่วงที่กฎหมายให้ระงับ',
    en: 'The person sees who looked at their data, why and under which law, unless a law withholds it for a time.',
  },
]
