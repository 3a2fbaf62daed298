import type { ProcessingActivity, ProcessingRecord } from '@sapan/exchange'
import type { Language, Text } from '@sapan/kernel'
import {
  dateField,
  details,
  emptyState,
  errorSummary,
  type FieldProblem,
  linkButton,
  plainDay,
  readDate,
  type SentDate,
  type SiteFile,
  type SitePage,
  sentDateParts,
  summaryList,
  tag,
} from '@sapan/ui'
import { type ComponentChild, type ComponentChildren, h } from 'preact'
import { code, timeOf } from '../parts/figures.ts'
import { operatorPage } from '../parts/page.ts'
import { searchForm } from '../parts/search-form.ts'
import { type OperatorRequest, type OperatorRoute, operatorOf } from '../visitor.ts'
import { grantWords } from './grants.ts'

const words = {
  title: { th: 'บันทึกการประมวลผล', en: 'Record of processing' },
  lead: {
    th: 'หน่วยงานเปิดเผยหรือเก็บรวบรวมข้อมูลส่วนบุคคลอะไร กับใคร เพื่ออะไร ตามกฎหมายใด และกี่ครั้ง สรุปจากสิทธิและหลักฐาน (พ.ร.บ. คุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562 มาตรา 39)',
    en: 'Which personal data is disclosed or collected, with whom, why, by which law and how often: from grants and evidence (Personal Data Protection Act B.E. 2562 (2019), section 39).',
  },
  period: { th: 'ช่วงวันที่', en: 'Period' },
  choose: { th: 'เลือกช่วงวันที่', en: 'Choose the days' },
  since: { th: 'ตั้งแต่วันที่', en: 'From' },
  until: { th: 'ถึงวันที่', en: 'To' },
  noDay: { th: 'ระบุวันที่ที่มีอยู่จริง', en: 'Give a day that there is' },
  turned: { th: 'วันสิ้นสุดต้องไม่อยู่ก่อนวันเริ่มต้น', en: 'The end must not be before the beginning' },
  download: { th: 'ดาวน์โหลดสำหรับตารางคำนวณ (CSV)', en: 'Download for spreadsheets (CSV)' },
  none: { th: 'ไม่มีกิจกรรมในช่วงวันนี้', en: 'There were no activities in these days' },
  noneNext: {
    th: 'กิจกรรมเกิดจากสิทธิที่ให้หรือได้รับในบริการที่มีข้อมูลส่วนบุคคล',
    en: 'An activity comes with each grant, given or held, to a service with personal data.',
  },
  more: {
    th: 'มีกิจกรรมมากกว่านี้ ไฟล์ที่ดาวน์โหลดมีครบทุกกิจกรรม',
    en: 'There are more activities: the file that is downloaded has them all.',
  },
  measures: { th: 'มาตรการรักษาความมั่นคงปลอดภัย', en: 'Security measures' },
  gives: { th: 'เปิดเผยให้', en: 'Disclosed to' },
  takes: { th: 'เก็บรวบรวมจาก', en: 'Collected from' },
  basis: { th: 'ฐานการประมวลผล', en: 'Basis' },
  law: { th: 'กฎหมายให้อำนาจ', en: 'The law allows it' },
  consent: { th: 'ความยินยอมของเจ้าของข้อมูล', en: 'The person’s consent' },
  data: { th: 'ข้อมูลส่วนบุคคล', en: 'Personal data' },
  whole: { th: 'คำตอบทั้งหมด', en: 'The whole answer' },
  people: { th: 'เจ้าของข้อมูล', en: 'Whose data' },
  asked: { th: 'บุคคลที่คำขอระบุ', en: 'Who is asked about' },
  answered: { th: 'บุคคลในคำตอบ', en: 'Those of whom the answer tells' },
  sent: { th: 'บุคคลในคำขอ', en: 'Those of whom the request tells' },
  answers: { th: 'คำตอบของคำถามเท่านั้น', en: 'Answers to questions alone' },
  kept: { th: 'เก็บเนื้อหาไว้', en: 'Content is kept' },
  stays: { th: 'ไม่มีกำหนดลบ', en: 'without a limit' },
  volume: { th: 'จำนวนครั้ง', en: 'Times' },
  grant: { th: 'สิทธิเข้าถึง', en: 'Grant' },
  withheld: { th: 'ระงับการเปิดเผยถึง', en: 'Withheld until' },
} as const satisfies Record<string, Text>

const states = {
  live: [{ th: 'มีผล', en: 'live' }, 'success'],
  later: [{ th: 'ยังไม่เริ่ม', en: 'not begun' }, 'info'],
  ended: [{ th: 'สิ้นสุดแล้ว', en: 'ended' }, 'neutral'],
  withdrawn: [{ th: 'ถูกถอน', en: 'withdrawn' }, 'neutral'],
} as const satisfies Record<ProcessingActivity['state'], readonly [Text, string]>

const path = '/operator/processing-record'
/** Of a gateway with many members there are thousands. */
const mostShown = 100

export function processingRecordRoutes(): OperatorRoute[] {
  return [
    { method: 'GET', path, needs: 'look', handle: recordPage },
    { method: 'GET', path: `${path}/table`, needs: 'look', handle: recordTable },
  ]
}

interface Asked {
  readonly from: string | undefined
  readonly to: string | undefined
  readonly problems: readonly FieldProblem[]
}

/** The days as the API takes them, or what is wrong with them. */
function askedIn({ query, language }: OperatorRequest): Asked {
  const [from, to] = (['since', 'until'] as const).map((name) => readDate(query, name))
  const problems: FieldProblem[] = (['since', 'until'] as const).flatMap((field) =>
    readDate(query, field).kind === 'impossible' ? [{ field, text: words.noDay[language] }] : [],
  )
  const days = { from: isoOf(from), to: isoOf(to) }
  if (days.from !== undefined && days.to !== undefined && days.from > days.to) {
    problems.push({ field: 'until', text: words.turned[language] })
  }
  return { ...days, problems }
}

function isoOf(date: SentDate | undefined): string | undefined {
  return date?.kind === 'date' ? date.iso : undefined
}

async function recordPage(request: OperatorRequest): Promise<SitePage> {
  const { language } = request
  const { problems, from, to } = askedIn(request)
  const isAsked = problems.length === 0
  const page = operatorPage(
    request,
    { title: words.title[language], lead: words.lead },
    errorSummary(problems, language),
    choosing(request, problems),
    isAsked && (await recordOf(request, { from, to })),
  )
  return { ...page, status: isAsked ? 200 : 422 }
}

async function recordOf(
  request: OperatorRequest,
  days: Pick<Asked, 'from' | 'to'>,
): Promise<ComponentChildren> {
  const { language } = request
  const record = await operatorOf(request).door.get<ProcessingRecord>('/v1/processing-record', { ...days })
  const { from, to, activities, measures } = record
  return [
    h('p', null, words.period[language], ' ', dayOf(from, language), ' – ', dayOf(to, language)),
    linkButton({ text: words.download[language], href: tableAddress(record, language), kind: 'secondary' }),
    activities.length === 0
      ? emptyState(words.none[language], h('p', null, words.noneNext[language]))
      : activities.slice(0, mostShown).map((activity) => shown(activity, record, language)),
    activities.length > mostShown && h('p', null, words.more[language]),
    h('h2', null, words.measures[language]),
    h(
      'ul',
      null,
      measures.map((measure) => h('li', null, measure[language])),
    ),
  ]
}

async function recordTable(request: OperatorRequest): Promise<SiteFile> {
  const { query, language } = request
  const asked = new URLSearchParams({ language })
  for (const name of ['from', 'to']) {
    const day = query.get(name)
    if (day !== null) asked.set(name, day)
  }
  const body = await operatorOf(request).door.file(`/v1/processing-record.csv?${asked}`)
  return { kind: 'file', contentType: 'text/csv; charset=utf-8', name: 'processing-record.csv', body }
}

function dayOf(iso: string, language: Language): ComponentChild {
  return h('time', { dateTime: iso }, plainDay(iso, language))
}

function tableAddress({ from, to }: ProcessingRecord, language: Language): string {
  return `${path}/table?${new URLSearchParams({ from, to, lang: language })}`
}

function choosing({ query, language }: OperatorRequest, problems: readonly FieldProblem[]): ComponentChild {
  const day = (name: 'since' | 'until') =>
    dateField({
      ...{ language, name, label: words[name][language], value: sentDateParts(query, name) },
      error: problems.find(({ field }) => field === name)?.text,
    })
  return details(
    { summary: words.choose[language], isOpen: query.has('since-year') || problems.length > 0 },
    searchForm(
      { action: path, label: words.choose[language], submit: words.choose[language] },
      day('since'),
      day('until'),
    ),
  )
}

/** Whose it is is told where there are several. */
function shown(activity: ProcessingActivity, { members }: ProcessingRecord, language: Language) {
  const { role, member, other, title, service } = activity
  const whose = members.length > 1 ? `${nameOf(members, member, language)}: ` : ''
  return h(
    'section',
    null,
    h(
      'h2',
      null,
      `${whose}${words[role][language]} `,
      h('bdi', null, other.name?.[language] ?? other.member),
    ),
    h('p', null, h('bdi', null, title?.[language] ?? service), h('br', null), code(service)),
    summaryList(rowsOf(activity, language)),
  )
}

function nameOf(members: ProcessingRecord['members'], id: string, language: Language): string {
  return members.find((member) => member.id === id)?.name?.[language] ?? id
}

function rowsOf(activity: ProcessingActivity, language: Language) {
  const { purpose, law, basis, kept, state, until, withheldUntil, grant, consumer } = activity
  const [stateText, colour] = states[state]
  const hash = code(grant.slice(0, 12))
  return [
    { key: words.volume[language], value: volumeIn(activity, language) },
    { key: words.data[language], value: dataIn(activity, language) },
    ...(activity.subjects.length === 0
      ? []
      : [{ key: words.people[language], value: peopleIn(activity, language) }]),
    { key: grantWords.purpose[language], value: h('bdi', null, purpose) },
    { key: grantWords.law[language], value: h('bdi', null, `${law.act[language]} ${law.section}`) },
    { key: words.basis[language], value: words[basis][language] },
    { key: words.kept[language], value: kept ? keptIn(kept, language) : words.stays[language] },
    {
      key: words.grant[language],
      value: [
        // A grant that is no more may have no page.
        state === 'live' || state === 'later' ? h('a', { href: `/operator/grants/${grant}` }, hash) : hash,
        ' ',
        tag(stateText[language], colour),
      ],
    },
    { key: grantWords.consumer[language], value: code(consumer) },
    { key: grantWords.until[language], value: timeOf(until, language) },
    ...(withheldUntil === null
      ? []
      : [{ key: words.withheld[language], value: timeOf(withheldUntil, language) }]),
  ]
}

/** By its words, each once: several operations may give the same. */
function dataIn({ data, answersOnly }: ProcessingActivity, language: Language): ComponentChild {
  const all = data.map(
    ({ field, text }) => text?.[language] ?? (field === '*' ? words.whole[language] : field),
  )
  const list = h(
    'ul',
    null,
    [...new Set(all)].map((one) => h('li', null, h('bdi', null, one))),
  )
  return answersOnly ? [h('p', null, words.answers[language]), list] : list
}

function peopleIn({ subjects }: ProcessingActivity, language: Language): ComponentChild {
  const all = subjects.map(({ whom, text }) =>
    text === null ? words[whom][language] : `${words[whom][language]} (${text[language]})`,
  )
  return h(
    'ul',
    null,
    [...new Set(all)].map((one) => h('li', null, h('bdi', null, one))),
  )
}

function keptIn({ days, under }: NonNullable<ProcessingActivity['kept']>, language: Language) {
  const time = language === 'th' ? `${days} วัน` : `for ${days} days`
  return [time, h('br', null), h('bdi', null, under)]
}

function volumeIn({ volume }: ProcessingActivity, language: Language): string {
  const number = (value: number) => value.toLocaleString('en')
  const { answered, refused, failed, people } = volume
  if (language === 'th') {
    return `ได้คำตอบ ${number(answered)} ครั้ง ถูกปฏิเสธ ${number(refused)} ไม่สำเร็จ ${number(failed)} เกี่ยวกับบุคคล ${number(people)} ครั้ง`
  }
  return `${number(answered)} answered, ${number(refused)} refused, ${number(failed)} failed; somebody was concerned ${number(people)} times`
}
