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
  mother: {
    nationalId: '1635435123774',
    name: { th: 'พัชรญาดา เนตรสว่าง', en: 'Phatcharayada Netsawang' },
    about: { th: 'คุณแม่ที่เพิ่งคลอดบุตร', en: 'A mother whose baby was born days ago' },
  },
  father: {
    nationalId: '1775117393629',
    name: { th: 'เกียรติวิทย์ เนตรสว่าง', en: 'Kiattiwit Netsawang' },
    about: {
      th: 'คุณพ่อของเด็กแรกเกิด และเจ้าบ้านในเขตคลองเตย',
      en: 'The newborn’s father, master of a house in Khlong Toei',
    },
  },
  director: {
    nationalId: '1105980626180',
    name: { th: 'ภาณุวิชญ์ นาคสกุล', en: 'Phanuwit Naksakun' },
    about: {
      th: 'กรรมการผู้ลงนามคนเดียวของบริษัทที่ยังไม่จด VAT',
      en: 'Signs alone for a company that is not registered for VAT',
    },
  },
  assessor: {
    nationalId: '1235950793834',
    name: { th: 'อภิศักดิ์ พรหมสวัสดิ์', en: 'Aphisak Phromsawat' },
    about: { th: 'ข้าราชการกรมสรรพากร', en: 'A civil servant of the Revenue Department' },
  },
  taxApprover: {
    nationalId: '3215654532530',
    name: { th: 'ภูริกร เพชรรัตน์', en: 'Phurikon Phetrat' },
    about: {
      th: 'ข้าราชการกรมสรรพากรระดับชำนาญการพิเศษ',
      en: 'A senior civil servant of the Revenue Department',
    },
  },
  appealsJudge: {
    nationalId: '3775900726264',
    name: { th: 'วิเชียร วิเศษยืนยง', en: 'Wichian Wisetyuenyong' },
    about: { th: 'นิติกรเชี่ยวชาญ', en: 'An expert legal officer' },
  },
  registrar: {
    nationalId: '1305393338231',
    name: { th: 'พีรดนัย อุดมสุวรรณ', en: 'Phiradanai Udomsuwan' },
    about: { th: 'ข้าราชการกรมการปกครอง', en: 'A civil servant of Provincial Administration' },
  },
  registrarChief: {
    nationalId: '3315344522209',
    name: { th: 'พิมพ์มณี เพชรเดช', en: 'Phimmani Phetdet' },
    about: {
      th: 'ข้าราชการกรมการปกครองระดับเชี่ยวชาญ',
      en: 'An expert civil servant of Provincial Administration',
    },
  },
  immigrationOfficer: {
    nationalId: '1605405712585',
    name: { th: 'ธีรเดช โอภาสฤทธิ์', en: 'Thiradet Ophatrit' },
    about: { th: 'เจ้าหน้าที่ตรวจคนเข้าเมือง', en: 'An officer of the Immigration Bureau' },
  },
  immigrationChief: {
    nationalId: '3105844869854',
    name: { th: 'ภัทรเดช พงษ์สุนทร', en: 'Phattharadet Phongsunthon' },
    about: { th: 'หัวหน้าด่านตรวจคนเข้าเมือง', en: 'A head of office at the Immigration Bureau' },
  },
}

/** A well-known person of the sandbox, by kind; without one, the taxpayer. The number works in every register. */
export function sandboxPerson(kind: WellKnownKind = 'taxpayer'): WellKnownPerson {
  return wellKnownPeople[kind]
}
