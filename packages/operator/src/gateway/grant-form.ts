import type { Language, Text } from '@sapan/kernel'
import {
  checkboxes,
  dateField,
  type FieldProblem,
  radios,
  type SitePage,
  select,
  sentDateParts,
  summaryList,
  textField,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { errorsIn, taskForm } from '../parts/task-form.ts'
import type { OperatorRequest } from '../visitor.ts'
import type { OperationRow, ServiceRow } from './answers.ts'
import { grantWords } from './grants.ts'
import type { Names } from './names.ts'
import { addressOfService } from './services.ts'

const words = {
  title: { th: 'ให้สิทธิเข้าถึง', en: 'Give a grant' },
  lead: {
    th: 'เลือกให้น้อยที่สุดเท่าที่วัตถุประสงค์และกฎหมายต้องการ รายการที่ไม่ได้เลือกจะไม่ออกจากเกตเวย์นี้',
    en: 'Choose as little as purpose and law ask for. What is not chosen never leaves this gateway.',
  },
  consumer: { th: 'ระบบย่อยของผู้ขอข้อมูล', en: 'Subsystem that may ask' },
  chooseConsumer: { th: 'เลือกระบบย่อย', en: 'Choose a subsystem' },
  operations: { th: 'การทำงานและรายการข้อมูล', en: 'Operations and fields' },
  fields: { th: 'รายการข้อมูลที่ให้', en: 'Fields that leave' },
  everything: { th: 'ทุกรายการ', en: 'Everything' },
  query: { th: 'พารามิเตอร์ที่ให้ใช้', en: 'Query parameters that may be used' },
  purpose: { th: 'วัตถุประสงค์', en: 'Purpose' },
  purposeHint: {
    th: 'อักษรอังกฤษตัวเล็กและขีด เช่น tax-assessment',
    en: 'Small letters and hyphens, such as tax-assessment',
  },
  actTh: { th: 'ชื่อกฎหมาย (ไทย)', en: 'Act, in Thai' },
  actEn: { th: 'ชื่อกฎหมาย (อังกฤษ)', en: 'Act, in English' },
  section: { th: 'มาตรา', en: 'Section' },
  sectionHint: { th: 'เช่น มาตรา 19', en: 'As the act itself is cited, in Thai.' },
  expires: { th: 'ใช้ได้ถึงวันที่', en: 'Good until the end of' },
  calls: { th: 'จำนวนครั้งต่อหนึ่งนาที', en: 'Calls in a minute' },
  callsHint: { th: 'เว้นว่างถ้าไม่จำกัด', en: 'Leave it empty for no limit.' },
  consent: { th: 'ต้องมีความยินยอมของเจ้าของข้อมูลหรือไม่', en: 'Does each call need the person’s consent?' },
  yes: { th: 'ต้องมี', en: 'Yes' },
  no: { th: 'ไม่ต้องมี กฎหมายให้อำนาจ', en: 'No: the law allows it' },
  give: { th: 'ลงนามและให้สิทธิ', en: 'Sign and give the grant' },
} as const satisfies Record<string, Text>

/** The form of a new grant to one service. */
export function grantForm(
  request: OperatorRequest,
  service: ServiceRow,
  names: Names,
  problems: readonly FieldProblem[],
): SitePage {
  const { language, form: sent } = request
  const error = errorsIn(problems)
  const field = (name: string, label: Text, hint?: Text) =>
    textField({
      name,
      label: label[language],
      hint: hint?.[language],
      value: sent.get(name) ?? '',
      error: error(name),
      longest: 300,
    })
  return taskForm(
    request,
    {
      title: words.title,
      submit: words.give,
      lead: words.lead,
      above: { path: addressOfService(service.id), text: service.title },
      action: '/operator/grants',
      problems,
      before: summaryList([
        { key: grantWords.service[language], value: names.shownService(service.id, language) },
      ]),
    },
    h('input', { type: 'hidden', name: 'service', value: service.id }),
    consumerField(names, service, sent, error('consumer'), language),
    h('h2', null, words.operations[language]),
    service.operations.map((operation) =>
      operationFields(operation, sent, error(`fields-${operation.id}`), language),
    ),
    field('purpose', words.purpose, words.purposeHint),
    field('act-th', words.actTh),
    field('act-en', words.actEn),
    field('section', words.section, words.sectionHint),
    dateField({
      language,
      name: 'expires',
      label: words.expires[language],
      value: sentDateParts(sent, 'expires'),
      error: error('expires'),
    }),
    textField({
      name: 'calls',
      label: words.calls[language],
      hint: words.callsHint[language],
      inputMode: 'numeric',
      width: 10,
      value: sent.get('calls') ?? '',
      error: error('calls'),
    }),
    radios({
      name: 'consent',
      label: words.consent[language],
      value: sent.get('consent') ?? 'no',
      choices: [
        { value: 'no', text: words.no[language] },
        { value: 'yes', text: words.yes[language] },
      ],
    }),
  )
}

function consumerField(
  { directory }: Names,
  service: ServiceRow,
  sent: URLSearchParams,
  error: string | undefined,
  language: Language,
): ComponentChild {
  const choices = directory.members
    .filter(({ id }) => id !== service.member)
    .flatMap(({ id, name, subsystems }) =>
      subsystems.map((one) => ({
        value: `${id}/${one.code}`,
        text: `${name[language]} · ${one.code} (${id})`,
      })),
    )
  return select({
    name: 'consumer',
    label: words.consumer[language],
    empty: words.chooseConsumer[language],
    choices,
    value: sent.get('consumer') ?? undefined,
    error,
  })
}

function operationFields(
  { id, method, path, summary, fields, query }: OperationRow,
  sent: URLSearchParams,
  error: string | undefined,
  language: Language,
): ComponentChild {
  const everything = { value: '*', text: words.everything[language] }
  const choices = fields.filter((field) => field !== '*').map((field) => ({ value: field, text: field }))
  return [
    checkboxes({
      name: `fields-${id}`,
      label: `${summary[language]}: ${words.fields[language]}`,
      hint: `${method} ${path}`,
      values: sent.getAll(`fields-${id}`),
      choices: [...choices, everything],
      error,
    }),
    query.length > 0 &&
      checkboxes({
        name: `query-${id}`,
        label: `${summary[language]}: ${words.query[language]}`,
        values: sent.getAll(`query-${id}`),
        choices: query.map((name) => ({ value: name, text: name })),
      }),
  ]
}
