import type { RawOfficer, Rooms } from '@sapan/identity'
import type { Text } from '@sapan/kernel'
import { registrarMembers, sandboxPerson, type WellKnownKind } from '@sapan/sandbox'

interface DemonstrationAppointment {
  readonly person: WellKnownKind
  readonly agency: string
  readonly title: Text
  readonly about: Text
  readonly duties: readonly string[]
}

const dopa = 'TH/GOV/DOPA'
const revenue = 'TH/GOV/RD'
const immigration = 'TH/GOV/IMM'

const judge: Pick<DemonstrationAppointment, 'person' | 'title' | 'about' | 'duties'> = {
  person: 'appealsJudge',
  title: { th: 'กรรมการพิจารณาอุทธรณ์', en: 'Judge of appeals' },
  about: { th: 'ผู้พิจารณาอุทธรณ์', en: 'decides on appeals' },
  duties: ['appeals'],
}

/** Two people run every district's registration office: one looks and records, the other decides and signs. */
const registration: readonly Omit<DemonstrationAppointment, 'agency'>[] = [
  {
    person: 'registrar',
    title: { th: 'ผู้ช่วยนายทะเบียน', en: 'Assistant registrar' },
    about: { th: 'เจ้าหน้าที่ทะเบียนของกรมการปกครองและทุกอำเภอ', en: 'case officer of all registration offices' },
    duties: ['case-officer', 'registrar', 'cashier', 'helper'],
  },
  {
    person: 'registrarChief',
    title: { th: 'นายทะเบียน', en: 'Chief registrar' },
    about: { th: 'นายทะเบียนผู้อนุมัติและลงนาม', en: 'approves and signs in all registration offices' },
    duties: ['registrar', 'endorser', 'approver', 'signer'],
  },
  judge,
]

/** Officers of the sandbox country. A country's own come in by an administrator's file. */
export const appointments: readonly DemonstrationAppointment[] = [
  {
    person: 'officer',
    agency: dopa,
    title: { th: 'นายทะเบียนอำเภอ', en: 'District registrar' },
    about: {
      th: 'นายทะเบียนและผู้ดูแลของกรมการปกครอง',
      en: 'registrar and administrator at Provincial Administration',
    },
    duties: [
      'administrator',
      'exchange-operator',
      'registrar',
      'case-officer',
      'helper',
      'endorser',
      'signer',
    ],
  },
  {
    person: 'employee',
    agency: revenue,
    title: { th: 'เจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคล', en: 'Data protection officer' },
    about: {
      th: 'ผู้ดูแลและเจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคลของกรมสรรพากร',
      en: 'administrator and data protection officer at the Revenue Department',
    },
    duties: ['administrator', 'exchange-operator', 'data-protection-officer', 'case-officer', 'endorser'],
  },
  {
    person: 'assessor',
    agency: revenue,
    title: { th: 'เจ้าพนักงานประเมิน', en: 'Assessment officer' },
    about: { th: 'เจ้าหน้าที่พิจารณาของกรมสรรพากร', en: 'case officer and cashier at the Revenue Department' },
    duties: ['case-officer', 'cashier', 'helper'],
  },
  {
    person: 'taxApprover',
    agency: revenue,
    title: { th: 'สรรพากรพื้นที่', en: 'Area revenue officer' },
    about: { th: 'ผู้อนุมัติและลงนามของกรมสรรพากร', en: 'approves and signs at the Revenue Department' },
    duties: ['endorser', 'approver', 'signer'],
  },
  {
    person: 'partner',
    agency: 'TH/GOV/DGA',
    title: { th: 'ผู้ดูแลระบบ', en: 'Systems administrator' },
    about: { th: 'ผู้ดูแลของ สพร.', en: 'administrator at the Digital Government Development Agency' },
    duties: ['administrator', 'exchange-operator', 'data-protection-officer', 'case-officer'],
  },
  {
    person: 'immigrationOfficer',
    agency: immigration,
    title: { th: 'เจ้าหน้าที่ตรวจคนเข้าเมือง', en: 'Immigration officer' },
    about: { th: 'เจ้าหน้าที่พิจารณาของ สตม.', en: 'case officer at the Immigration Bureau' },
    duties: ['case-officer', 'cashier', 'helper'],
  },
  {
    person: 'immigrationChief',
    agency: immigration,
    title: { th: 'สารวัตรตรวจคนเข้าเมือง', en: 'Immigration inspector' },
    about: {
      th: 'ผู้ดูแล ผู้อนุมัติ และลงนามของ สตม.',
      en: 'administers, approves and signs at the Immigration Bureau',
    },
    duties: ['administrator', 'endorser', 'approver', 'signer'],
  },
  { ...judge, agency: revenue },
  { ...judge, agency: immigration },
  ...[dopa, ...registrarMembers().map(({ id }) => id)].flatMap((agency) =>
    registration.map((one) => ({ ...one, agency })),
  ),
]

const by = 'sapan up'

/** Appoints them in agencies that have nobody yet. */
export async function appointOfficers({ officers }: Pick<Rooms, 'officers'>): Promise<void> {
  for (const [agency, all] of Map.groupBy(appointments, (one) => one.agency)) {
    const operator = { operator: by, agency }
    const { total } = await officers.list(operator, {})
    if (total > 0) continue
    for (const appointment of all) await officers.add(operator, rawOf(appointment))
  }
}

function rawOf({ person, title, duties }: DemonstrationAppointment): RawOfficer {
  const { nationalId, name } = sandboxPerson(person)
  const [given = '', ...family] = name.th.split(' ')
  return {
    fields: new Map([
      ['national_id', nationalId],
      ['given_name', given],
      ['family_name', family.join(' ')],
      ['title_th', title.th],
      ['title_en', title.en],
      ['unit_th', 'สมมติ'],
      ['unit_en', 'Made up'],
    ]),
    duties: duties.map((duty) => ({ duty, role: '', behalf: '', from: '', till: '' })),
  }
}
