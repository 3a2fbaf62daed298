import type { CasePerson, CaseSummary } from '@sapan/casework'
import type { Language, Text } from '@sapan/kernel'
import {
  emptyState,
  linkButton,
  notification,
  pagination,
  plainDate,
  plainTime,
  type SitePage,
  table,
  tag,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { DraftSummary, Party } from '../draft/draft.ts'
import { consenterOf } from '../submission/actor.ts'
import { partyKey } from '../submission/plan.ts'
import { actsFor, personOf } from '../submission/who.ts'
import type { TrackingOptions, TrackingRequest } from './options.ts'
import { stateWords } from './state-words.ts'

const words = {
  title: { th: 'เรื่องที่ฉันยื่น', en: 'My applications' },
  titleOf: { th: 'เรื่องของ', en: 'Applications of' },
  onlyOf: {
    th: 'แสดงเฉพาะเรื่องที่คุณหรือผู้มีอำนาจคนอื่นทำแทน',
    en: 'What you and others who may act have begun and handed in for them.',
  },
  change: { th: 'เลิกหรือเปลี่ยนผู้ที่ทำการแทน', en: 'Stop, or act for somebody else' },
  silent: { th: 'ไม่ตอบในขณะนี้', en: 'does not answer right now' },
  silentBody: {
    th: 'จึงยังตรวจไม่ได้ว่าคุณทำการแทนได้ เรื่องที่ยื่นแล้วจะแสดงเมื่อทะเบียนตอบ แบบฟอร์มที่กรอกค้างไว้อยู่ครบ กรอกต่อได้ และยื่นได้เมื่อทะเบียนตอบ ลองเปิดหน้านี้ใหม่ในอีกสักครู่',
    en: 'So it cannot be checked that you may act. What was handed in is shown once it answers. What you are filling in is all kept: go on with it now, and hand it in once the register answers. Open this page again in a while.',
  },
  asked: { th: 'รอความยินยอมของคุณ', en: 'Waiting for your consent' },
  drafts: { th: 'ยังกรอกไม่เสร็จ', en: 'Not handed in yet' },
  cases: { th: 'ยื่นแล้ว', en: 'Handed in' },
  none: { th: 'คุณยังไม่ได้ยื่นเรื่องใด', en: 'You have not applied for anything yet' },
  noneNext: {
    th: 'ค้นบริการด้วยคำของคุณเอง กรอกบางส่วนแล้วกลับมากรอกต่อได้จากทุกเครื่อง',
    en: 'Look for a service in your own words. What you fill in is kept, and you can go on from any device.',
  },
  find: { th: 'ค้นหาบริการ', en: 'Find a service' },
  subject: { th: 'เรื่อง', en: 'Service' },
  agency: { th: 'หน่วยงาน', en: 'Agency' },
  number: { th: 'เลขที่รับ', en: 'Number' },
  received: { th: 'ยื่นเมื่อ', en: 'Handed in' },
  state: { th: 'สถานะ', en: 'State' },
  due: { th: 'ต้องเสร็จภายใน', en: 'Due by' },
  changed: { th: 'แก้ล่าสุด', en: 'Last changed' },
  till: { th: 'ตอบภายใน', en: 'Answer by' },
} as const satisfies Record<string, Text>

/** No account: with it only what concerns a party is found, whoever of those who act for it handed it in. */
const nobody = '00000000-0000-0000-0000-000000000000'

/**
 * All that a person and those for whom they may act have begun, handed in, and are asked about; while they act for
 * somebody, only what is that one's.
 */
export async function applicationsPage(
  options: TrackingOptions,
  { who, language, query }: TrackingRequest,
): Promise<SitePage> {
  const { ground } = options
  const { party, silent } = (await actsFor(ground, who)) ?? {}
  // What was handed in is shown to who may act for sure; drafts were theirs to fill in before.
  const person =
    party === undefined
      ? await personOf(ground, who.account)
      : { account: nobody, parties: silent === undefined ? [partyKey(ground, party)] : [] }
  const after = query.get('after') ?? undefined
  const [{ cases, next }, asked, begun] = await Promise.all([
    ground.cases.ofApplicant(person, after === undefined ? {} : { after }),
    after === undefined ? askedOf(options, person, who.account) : [],
    after === undefined ? openDrafts(options, who.account, party) : [],
  ])
  const title =
    party === undefined ? words.title[language] : `${words.titleOf[language]} ${who.acting?.name ?? ''}`
  const isEmpty = cases.length + asked.length + begun.length === 0
  return {
    kind: 'page',
    title,
    body: [
      h('h1', null, title),
      party === undefined
        ? null
        : h(
            'p',
            null,
            words.onlyOf[language],
            ' ',
            h('a', { href: '/me/mandates/act' }, words.change[language]),
          ),
      silent === undefined ? null : silentNotice(silent, language),
      isEmpty && silent === undefined ? nothingYet(language) : null,
      section(words.asked, asked.length, language, () => askedTable(ground, asked, language)),
      section(words.drafts, begun.length, language, () => draftTable(ground, begun, language)),
      section(words.cases, cases.length, language, () => caseTable(ground, cases, language)),
      pagination({
        language,
        label: title,
        previous: after === undefined ? undefined : '/me/applications',
        next: next === undefined ? undefined : `/me/applications?after=${encodeURIComponent(next)}`,
      }),
    ],
  }
}

/** Of what awaits the consent of these parties, what the person themselves is to answer. */
async function askedOf(
  { ground }: TrackingOptions,
  { account, parties }: CasePerson,
  who: string,
): Promise<readonly CaseSummary[]> {
  const answered = (await consenterOf(ground, who)).parties
  return await ground.cases.askedOf({ account, parties: parties.filter((one) => answered.includes(one)) })
}

/** One's own, or those of whom one acts for now: others are not opened in this name. */
async function openDrafts(
  { drafts }: TrackingOptions,
  account: string,
  party: Party | undefined,
): Promise<readonly DraftSummary[]> {
  const all = await drafts.list({ account, ...(party && { party }) })
  return all.filter(({ removedAt, submitted }) => !removedAt && !submitted)
}

function silentNotice(register: Text, language: Language): ComponentChild {
  return notification({
    kind: 'warning',
    title: `${register[language]} ${words.silent[language]}`,
    body: h('p', null, words.silentBody[language]),
  })
}

function nothingYet(language: Language): ComponentChild {
  return emptyState(
    words.none[language],
    h('p', null, words.noneNext[language]),
    h('p', null, linkButton({ text: words.find[language], href: '/services' })),
  )
}

function section(title: Text, count: number, language: Language, body: () => ComponentChild): ComponentChild {
  return count === 0 ? null : h('section', null, h('h2', null, title[language]), body())
}

type Names = Pick<TrackingOptions['ground'], 'memberName' | 'definitions' | 'clock'>

function caseTable({ memberName }: Names, cases: readonly CaseSummary[], language: Language): ComponentChild {
  const columns = [words.subject, words.number, words.agency, words.received, words.state, words.due]
  return table({
    caption: words.cases[language],
    isCaptionHidden: true,
    columns: columns.map((text) => ({ title: text[language] })),
    rows: cases.map((one) => [
      h('a', { href: `/me/applications/${one.id}` }, one.title[language]),
      one.number,
      memberName(one.agency)?.[language] ?? one.agency,
      plainTime(one.receivedAt, language),
      tag(stateWords[one.state].name[language], stateWords[one.state].kind),
      one.dueAt === undefined || one.endedAt !== undefined ? null : plainDate(one.dueAt, language),
    ]),
  })
}

function askedTable(
  { memberName }: Names,
  cases: readonly CaseSummary[],
  language: Language,
): ComponentChild {
  const columns = [words.subject, words.agency, words.till]
  return table({
    caption: words.asked[language],
    isCaptionHidden: true,
    columns: columns.map((text) => ({ title: text[language] })),
    rows: cases.map((one) => [
      h('a', { href: `/me/applications/asked/${one.id}` }, one.title[language]),
      memberName(one.agency)?.[language] ?? one.agency,
      one.lapseAt === undefined ? '–' : plainTime(one.lapseAt, language),
    ]),
  })
}

function draftTable(
  { definitions }: Names,
  drafts: readonly DraftSummary[],
  language: Language,
): ComponentChild {
  return table({
    caption: words.drafts[language],
    isCaptionHidden: true,
    columns: [words.subject, words.changed].map((text) => ({ title: text[language] })),
    rows: drafts.map(({ id, service, changedAt }) => [
      h(
        'a',
        { href: `/services/${service}/drafts/${id}` },
        definitions.find(service)?.name[language] ?? service,
      ),
      plainTime(changedAt, language),
    ]),
  })
}
