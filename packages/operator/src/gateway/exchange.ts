import type { ExchangeView, RecordView } from '@sapan/exchange'
import type { Language, Text } from '@sapan/kernel'
import { details, linkButton, type SitePage, summaryList, table, tag } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { code, timeOf } from '../parts/figures.ts'
import { outcomeOf } from '../parts/outcome.ts'
import { operatorPage } from '../parts/page.ts'
import { type OperatorRequest, operatorOf } from '../visitor.ts'
import type { NameKeeper } from './names.ts'

export const exchangeWords = {
  above: { th: 'การแลกเปลี่ยน', en: 'Exchanges' },
  title: { th: 'การแลกเปลี่ยนหนึ่งรายการ', en: 'One exchange' },
  number: { th: 'เลขที่', en: 'Number' },
  at: { th: 'เวลา', en: 'When' },
  side: { th: 'ฝ่ายของเรา', en: 'Our side' },
  client: { th: 'ผู้ขอ', en: 'Asked by' },
  service: { th: 'บริการ', en: 'Service' },
  route: { th: 'เส้นทางแม่แบบ', en: 'Route' },
  purpose: { th: 'วัตถุประสงค์', en: 'Purpose' },
  implied: { th: 'ผู้ขอไม่ได้ระบุ มีเพียงวัตถุประสงค์เดียวที่ตรง', en: 'not named by the caller; only one fits' },
  law: { th: 'ฐานกฎหมาย', en: 'Law' },
  actor: { th: 'ผู้กระทำ', en: 'Acted' },
  noActor: { th: 'ไม่มี ระบบเรียกเอง', en: 'nobody: a system called by itself' },
  proven: { th: 'พิสูจน์แล้ว', en: 'proven' },
  claimed: { th: 'กล่าวอ้าง', en: 'claimed' },
  consent: { th: 'ความยินยอม', en: 'Consent' },
  peer: { th: 'เกตเวย์อีกฝั่ง', en: 'Peer' },
  outcome: { th: 'ผล', en: 'Outcome' },
  verify: { th: 'ตรวจหลักฐาน', en: 'Verify the evidence' },
  content: {
    th: 'เนื้อความถูกปิดผนึกไว้ หน้านี้ไม่เปิดเนื้อความและไม่แสดงข้อมูลของบุคคล',
    en: 'What was said is sealed: this page does not open it, and shows no person’s data.',
  },
  consumer: { th: 'ผู้ขอข้อมูล', en: 'consumer' },
  provider: { th: 'ผู้ให้ข้อมูล', en: 'provider' },
} as const satisfies Record<string, Text>

const recordWords = {
  request: { th: 'คำขอ', en: 'Request' },
  answer: { th: 'คำตอบ', en: 'Answer' },
  failure: { th: 'ความล้มเหลว', en: 'Failure' },
  title: { th: 'หลักฐานที่เก็บไว้', en: 'Evidence kept' },
  at: { th: 'บันทึกเมื่อ', en: 'Kept at' },
  fields: { th: 'รายการข้อมูล', en: 'Fields' },
  noFields: { th: 'ไม่มี', en: 'none' },
  subjects: { th: 'เจ้าของข้อมูล (ราย)', en: 'Subjects' },
  withheld: { th: 'ระงับการเปิดเผยถึง', en: 'Withheld until' },
  body: { th: 'เนื้อความ', en: 'Content' },
  full: { th: 'เก็บไว้โดยปิดผนึก', en: 'kept, sealed' },
  digest: { th: 'เก็บเฉพาะค่าแฮช', en: 'its digest only' },
  erased: { th: 'ลบตามกฎหมายแล้ว', en: 'erased by law' },
  archived: { th: 'อยู่ในคลัง', en: 'in the archive' },
  bytes: { th: 'ไบต์', en: 'bytes' },
  log: { th: 'ที่ในล็อก', en: 'Place in the log' },
  notYet: { th: 'กำลังลงล็อก', en: 'not yet in the log' },
  witnesses: { th: 'พยาน', en: 'Witnesses' },
  noWitness: { th: 'ยังไม่มี', en: 'none yet' },
  stamped: { th: 'ประทับเวลา', en: 'Time-stamped' },
  technical: { th: 'สำหรับผู้ตรวจ', en: 'For who examines it' },
  grant: { th: 'แฮชของสิทธิ', en: 'Hash of the grant' },
  certificate: { th: 'ใบรับรองที่ลงนาม', en: 'Certificate that signed' },
  directory: { th: 'สารบบฉบับที่', en: 'Directory version' },
} as const satisfies Record<string, Text>

const openingWords = {
  title: { th: 'ผู้ที่เปิดเนื้อความ', en: 'Who opened what was said' },
  at: { th: 'เวลา', en: 'When' },
  by: { th: 'ผู้เปิด', en: 'Who' },
  reason: { th: 'เหตุผล', en: 'Reason' },
  open: { th: 'เปิดเนื้อความโดยระบุเหตุผล', en: 'Open what was said, with a reason' },
} as const satisfies Record<string, Text>

const actorKinds: Readonly<Record<string, Text>> = {
  person: { th: 'บุคคล ด้วยตนเอง', en: 'a person, for themselves' },
  mandate: { th: 'ผู้รับมอบอำนาจ', en: 'somebody under a mandate' },
  officer: { th: 'เจ้าหน้าที่', en: 'an officer' },
  helper: { th: 'ผู้ช่วย', en: 'a helper' },
}

/** Where an exchange is shown, from the side of it that is meant. */
export function addressOfExchange({
  exchange,
  member,
  side,
}: Pick<ExchangeView, 'exchange' | 'member' | 'side'>): string {
  return `/operator/exchanges/${exchange}?${new URLSearchParams({ member, side })}`
}

/** Which side of it the address names. */
export function sideIn(query: URLSearchParams): Record<string, string | undefined> {
  return {
    member: query.get('member') ?? undefined,
    side: ['consumer', 'provider'].find((side) => side === query.get('side')),
  }
}

export async function exchangePage(keeper: NameKeeper, request: OperatorRequest): Promise<SitePage> {
  const { parameters, query, language } = request
  const { door, mayOpen } = operatorOf(request)
  const path = `/v1/evidence/${encodeURIComponent(parameters.exchange ?? '')}`
  const [view, names] = await Promise.all([door.get<ExchangeView>(path, sideIn(query)), keeper.of(door)])
  const which = new URLSearchParams({ member: view.member, side: view.side })
  return operatorPage(
    request,
    {
      title: exchangeWords.title[language],
      above: { path: '/operator/exchanges', text: exchangeWords.above },
    },
    summaryList([
      { key: exchangeWords.outcome[language], value: outcomeOf(view, language) },
      { key: exchangeWords.number[language], value: code(view.exchange) },
      { key: exchangeWords.at[language], value: timeOf(view.at, language) },
      {
        key: exchangeWords.side[language],
        value: [exchangeWords[view.side][language], ' ', code(view.member)],
      },
      { key: exchangeWords.client[language], value: names.shown(view.client, language) },
      { key: exchangeWords.service[language], value: names.shownService(view.service, language) },
      {
        key: exchangeWords.route[language],
        value: [code(`${view.method} ${view.route}`), ' ', code(view.operation)],
      },
      {
        key: exchangeWords.purpose[language],
        value: view.purpose,
        source: view.impliedPurpose ? exchangeWords.implied[language] : undefined,
      },
      { key: exchangeWords.law[language], value: h('bdi', null, view.law) },
      { key: exchangeWords.actor[language], value: actorOf(view, language) },
      ...(view.consent === null
        ? []
        : [{ key: exchangeWords.consent[language], value: code(view.consent.id) }]),
      { key: exchangeWords.peer[language], value: code(view.peer) },
    ]),
    linkButton({
      text: exchangeWords.verify[language],
      href: `/operator/exchanges/${view.exchange}/verification?${which}`,
    }),
    h('h2', null, recordWords.title[language]),
    h('p', null, exchangeWords.content[language]),
    openingPart(view, mayOpen, language),
    view.records.map((record) => recordPart(record, language)),
  )
}

/** Who opened what was said, and the way to open it for who may, while anything is kept. */
function openingPart(view: ExchangeView, mayOpen: boolean, language: Language): ComponentChild {
  const isKept = view.records.some(({ body }) => body !== 'erased')
  return [
    view.openings.length > 0 &&
      table({
        caption: openingWords.title[language],
        columns: [
          { title: openingWords.at[language] },
          { title: openingWords.by[language] },
          { title: openingWords.reason[language] },
        ],
        rows: view.openings.map(({ at, by, reason }) => [
          timeOf(at, language),
          h('bdi', null, by),
          h('bdi', null, reason),
        ]),
      }),
    mayOpen &&
      isKept &&
      h(
        'p',
        null,
        linkButton({
          text: openingWords.open[language],
          href: addressOfExchange(view).replace('?', '/opening?'),
          kind: 'secondary',
        }),
      ),
  ]
}

/** As what somebody acted; not who: that is what an exchange's content says. */
function actorOf({ actor }: ExchangeView, language: Language): ComponentChild {
  if (actor === null) return exchangeWords.noActor[language]
  const kind = actorKinds[actor.kind]?.[language] ?? actor.kind
  const of = actor.officer === undefined ? '' : `${actor.officer.agency} ${actor.officer.duty} `
  return [
    `${kind} ${of}`,
    actor.proven
      ? tag(exchangeWords.proven[language], 'success')
      : tag(exchangeWords.claimed[language], 'warning'),
  ]
}

function recordPart(record: RecordView, language: Language): ComponentChild {
  const { log } = record
  const fields = record.fields.map((field) => [code(field), ' '])
  return [
    h('h3', null, recordWords[record.kind][language]),
    summaryList([
      { key: recordWords.at[language], value: timeOf(record.at, language) },
      {
        key: recordWords.fields[language],
        value: fields.length === 0 ? recordWords.noFields[language] : fields,
      },
      { key: recordWords.subjects[language], value: String(record.subjects) },
      ...(record.withheldUntil === null
        ? []
        : [{ key: recordWords.withheld[language], value: timeOf(record.withheldUntil, language) }]),
      {
        key: recordWords.body[language],
        value: [
          `${recordWords[record.body][language]} (${record.bodyBytes.toLocaleString('en')} ${recordWords.bytes[language]}) `,
          record.archived && tag(recordWords.archived[language], 'neutral'),
        ],
        source: record.erased === null ? undefined : h('bdi', null, record.erased.law),
      },
      {
        key: recordWords.log[language],
        value:
          log.index === null
            ? recordWords.notYet[language]
            : `${log.epoch} / ${log.index.toLocaleString('en')}`,
      },
      {
        key: recordWords.witnesses[language],
        value: log.witnesses.join(', ') || recordWords.noWitness[language],
      },
      {
        key: recordWords.stamped[language],
        value: log.stampedAt === null ? recordWords.noWitness[language] : timeOf(log.stampedAt, language),
      },
    ]),
    details(
      { summary: recordWords.technical[language] },
      summaryList([
        { key: recordWords.grant[language], value: code(record.grant) },
        { key: recordWords.certificate[language], value: code(record.certificate) },
        { key: recordWords.directory[language], value: String(record.directoryVersion) },
      ]),
    ),
  ]
}
