import type { Field } from './filing.ts'
import { filing } from './filing.ts'
import type { ServicesHouse } from './house.ts'

/** What two pages say, for a peer to say the same in its own way. */
export interface PageContent {
  readonly service: ServiceContent
  readonly step: StepContent
}

interface ServiceContent {
  readonly title: string
  readonly summary: string
  readonly start: string
  readonly rows: readonly { readonly key: string; readonly value: string }[]
  readonly lists: readonly { readonly title: string; readonly items: readonly string[] }[]
  readonly steps: readonly { readonly title: string; readonly who: string; readonly takes: string }[]
}

interface StepContent {
  readonly title: string
  /** What registers said, which the person reads. */
  readonly known: { readonly key: string; readonly value: string }
  readonly fields: readonly StepField[]
}

interface StepField {
  readonly name: string
  readonly label: string
  readonly hint: string
  readonly choices: readonly { readonly value: string; readonly text: string }[]
  readonly value: string
}

/** The pages of the service that is measured, in Thai. */
export function pageContent({ ground }: Pick<ServicesHouse, 'ground'>): PageContent {
  const found = ground.definitions.find(filing.service)
  const page = found?.form.pages.find(({ id }) => id === filing.page)
  if (found === undefined || page === undefined) throw new Error('the service that is measured is not there')
  const { requirements, evidence, documents, laws, channels, workingDays, outputs, level, steps } = found
  const texts = (all: readonly { readonly th: string }[]) => all.map(({ th }) => th)
  return {
    service: {
      title: found.name.th,
      summary: found.summary.th,
      start: `/services/${found.id}/apply`,
      rows: [
        { key: 'หน่วยงาน', value: ground.memberName(found.owner)?.th ?? found.owner },
        { key: 'สำหรับ', value: 'ประชาชน · ชาวต่างชาติ' },
        { key: 'ค่าธรรมเนียม', value: 'ไม่มีค่าธรรมเนียม' },
        { key: 'ระยะเวลาตามกฎหมาย', value: `${workingDays} วันทำการ` },
        { key: 'สิ่งที่คุณได้รับ', value: texts(outputs.map(({ name }) => name)).join(', ') },
        { key: 'ระดับการยืนยันตัวตน', value: `IAL ${level.ial}, AAL ${level.aal}` },
      ],
      lists: [
        { title: 'เงื่อนไข', items: texts(requirements.map(({ name }) => name)) },
        { title: 'สิ่งที่คุณต้องเตรียม', items: texts(documents) },
        { title: 'สิ่งที่เราขอจากหน่วยงานอื่นให้คุณ', items: texts(evidence.map(({ name }) => name)) },
        { title: 'ช่องทาง', items: texts(channels.map(({ about }) => about)) },
        {
          title: 'กฎหมายที่เกี่ยวข้อง',
          items: laws.map(
            ({ law, section, about }) => `${ground.lawName(law)?.th ?? law} มาตรา ${section}: ${about.th}`,
          ),
        },
      ].filter(({ items }) => items.length > 0),
      steps: steps.map(({ title, who, takes }) => ({ title: title.th, who: who.th, takes: takes?.th ?? '' })),
    },
    step: {
      title: page.title.th,
      known: {
        key: page.fields[0]?.label.th ?? '',
        value: '15 มิ.ย. 2528 จากกรมการปกครอง ดึงเมื่อ 23 พ.ย. 2569 เวลา 00:33 น.',
      },
      fields: page.fields.slice(1).map(stepField),
    },
  }
}

function stepField({ id, label, hint, options, type }: Field): StepField {
  const yesNo = [
    { value: 'yes', text: 'ใช่' },
    { value: 'no', text: 'ไม่ใช่' },
  ]
  const choices = type === 'yes-no' ? yesNo : options.map(({ value, text }) => ({ value, text: text.th }))
  return { name: id, label: label.th, hint: hint?.th ?? '', choices, value: choices[0]?.value ?? '' }
}
