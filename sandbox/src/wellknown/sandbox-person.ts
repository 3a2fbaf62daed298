import type { WellKnownKind, WellKnownPerson } from './people.ts'

/**
 * People of the sandbox for guides, examples and tests. Written down here so that nothing has to be generated to name
 * them; a test finds them again by their rules (`findExamples`).
 */
export const wellKnownPeople: Readonly<Record<WellKnownKind, WellKnownPerson>> = {
  taxpayer: {
    nationalId: '3365341504617',
    name: { th: 'จิรดนัย ภักดีจันทร์', en: 'Chiradanai Phakdichan' },
    about: {
      th: 'ผู้เสียภาษี มีคู่สมรสและลูก และเป็นกรรมการบริษัท',
      en: 'A taxpayer with a wife and young children, and a director of the example company',
    },
  },
  spouse: {
    nationalId: '3905207760731',
    name: { th: 'จิรพิมพ์ ภักดีจันทร์', en: 'Chiraphim Phakdichan' },
    about: { th: 'คู่สมรสของผู้เสียภาษี', en: 'The taxpayer’s wife, a director as well' },
  },
  child: {
    nationalId: '1905276917272',
    name: { th: 'กิตติวัฒน์ ภักดีจันทร์', en: 'Kittiwat Phakdichan' },
    about: { th: 'ลูกของผู้เสียภาษี', en: 'A child of the taxpayer' },
  },
  partner: {
    nationalId: '3415417900177',
    name: { th: 'ชลญาดา โชติเสถียร', en: 'Chonyada Chotsathian' },
    about: { th: 'กรรมการคนที่สามของบริษัทตัวอย่าง', en: 'The third director of the example company' },
  },
  elder: {
    nationalId: '3375570287983',
    name: { th: 'นิภา คงพันธ์', en: 'Nipha Khongphan' },
    about: { th: 'ผู้สูงอายุที่คู่สมรสเสียชีวิตแล้ว', en: 'A widowed elder of eighty or more' },
  },
  dead: {
    nationalId: '3405433409288',
    name: { th: 'จงกล โอภาสอารีย์', en: 'Chongkon Ophatari' },
    about: { th: 'ผู้ที่เพิ่งเสียชีวิต', en: 'Someone who has died lately' },
  },
  stateless: {
    nationalId: '0115183923883',
    name: { th: 'โซ', en: 'Soe' },
    about: {
      th: 'บุคคลไม่มีสถานะทางทะเบียน (ขึ้นต้นด้วย 0)',
      en: 'Someone without registration status (first digit 0)',
    },
  },
  foreigner: {
    nationalId: '8115304917965',
    name: { th: 'ห่าว เฉิน', en: 'Hao Chen' },
    about: { th: 'คนต่างด้าวที่เข้าเมืองถูกกฎหมาย (ขึ้นต้นด้วย 8)', en: 'A lawful alien (first digit 8)' },
  },
  officer: {
    nationalId: '3105519425853',
    name: { th: 'สุนีย์ พลมณี', en: 'Suni Phonmani' },
    about: { th: 'ข้าราชการพลเรือน', en: 'A civil servant' },
  },
  employee: {
    nationalId: '3365389881577',
    name: { th: 'ชาญชัย ทองยิ่งยง', en: 'Chanchai Thongyingyong' },
    about: { th: 'พนักงานของบริษัทตัวอย่าง', en: 'An employee of the example company' },
  },
}

/** A well-known person of the sandbox, by kind; without one, the taxpayer. The number works in every register. */
export function sandboxPerson(kind: WellKnownKind = 'taxpayer'): WellKnownPerson {
  return wellKnownPeople[kind]
}
