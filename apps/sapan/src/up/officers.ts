import type { RawOfficer, Rooms } from '@sapan/identity'
import type { Text } from '@sapan/kernel'
import { sandboxPerson, type WellKnownKind } from '@sapan/sandbox'

interface DemonstrationAppointment {
  readonly person: WellKnownKind
  readonly agency: string
  readonly title: Text
  readonly about: Text
  readonly duties: readonly string[]
}

/** Officers of the sandbox country. A country's own come in by an administrator's file. */
export const appointments: readonly DemonstrationAppointment[] = [
  {
    person: 'officer',
    agency: 'TH/GOV/DOPA',
    title: { th: 'นายทะเบียนอำเภอ', en: 'District registrar' },
    about: {
      th: 'นายทะเบียนและผู้ดูแลของกรมการปกครอง',
      en: 'registrar and administrator at Provincial Administration',
    },
    duties: ['administrator', 'registrar', 'case-officer', 'helper', 'signer'],
  },
  {
    person: 'employee',
    agency: 'TH/GOV/RD',
    title: { th: 'เจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคล', en: 'Data protection officer' },
    about: {
      th: 'ผู้ดูแลและเจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคลของกรมสรรพากร',
      en: 'administrator and data protection officer at the Revenue Department',
    },
    duties: ['administrator', 'data-protection-officer', 'case-officer'],
  },
  {
    person: 'partner',
    agency: 'TH/GOV/DGA',
    title: { th: 'ผู้ดูแลระบบ', en: 'Systems administrator' },
    about: { th: 'ผู้ดูแลของ สพร.', en: 'administrator at the Digital Government Development Agency' },
    duties: ['administrator', 'data-protection-officer', 'case-officer'],
  },
]

const by = 'sapan up'

/** Appoints them where they are not yet. */
export async function appointOfficers({ officers }: Pick<Rooms, 'officers'>): Promise<void> {
  for (const appointment of appointments) {
    const operator = { operator: by, agency: appointment.agency }
    const { total } = await officers.list(operator, {})
    if (total === 0) await officers.add(operator, rawOf(appointment))
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
