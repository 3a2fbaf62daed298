import {
  type ColumnName,
  columnNames,
  type DutyTerm,
  type OfficersCountry,
} from '../../src/officers/country.ts'

const duty = (code: string, th: string, en: string, more: Partial<DutyTerm> = {}): DutyTerm => ({
  code,
  name: { th, en },
  about: { th, en },
  givenBy: ['administrator'],
  toSelf: false,
  byActing: true,
  ...more,
})

/** A country of tests, with the shapes that a country pack has. */
export const officersCountry: OfficersCountry = {
  duties: [
    duty('administrator', 'ผู้ดูแลระบบของหน่วยงาน', 'Administrator', { byActing: false }),
    duty('data-protection-officer', 'เจ้าหน้าที่คุ้มครองข้อมูล', 'Data protection officer', { byActing: false }),
    duty('registrar', 'นายทะเบียน', 'Registrar'),
    duty('case-officer', 'เจ้าหน้าที่ผู้พิจารณาคำขอ', 'Case officer', { toSelf: true }),
    duty('signer', 'ผู้ลงนามเอกสาร', 'Signer of documents'),
  ],
  roles: [
    {
      code: 'acting-in-post',
      as: 'acting',
      name: { th: 'รักษาการในตำแหน่ง', en: 'Acting in the post of' },
      onBehalf: true,
    },
    {
      code: 'in-absence',
      as: 'substitute',
      name: { th: 'รักษาราชการแทน', en: 'In the absence of' },
      onBehalf: true,
    },
    {
      code: 'by-delegation',
      as: 'substitute',
      name: { th: 'ปฏิบัติราชการแทน', en: 'By delegation of' },
      onBehalf: true,
    },
  ],
  administrator: 'administrator',
  signer: 'signer',
  ial: '2.3',
  administration: { aal: '2.2', freshSeconds: 600 },
  signing: { aal: '2.2', freshSeconds: 300, certificateDays: 365 },
  utcOffsetMinutes: 420,
  buddhistYears: 543,
  columns: {
    ...noOtherNames(),
    national_id: ['เลขประจำตัวประชาชน', 'nationalId'],
    given_name: ['ชื่อ', 'givenName'],
    family_name: ['นามสกุล', 'familyName'],
    title_th: ['ตำแหน่ง'],
    duties: ['หน้าที่'],
  },
  register: {
    service: 'TH/GOV/OCSC/workforce/officer-v1',
    path: '/officers/{number}',
    purpose: 'officer-verification',
  },
}

function noOtherNames(): OfficersCountry['columns'] {
  const none: Partial<Record<ColumnName, string[]>> = {}
  for (const name of columnNames) none[name] = []
  return none as OfficersCountry['columns']
}
