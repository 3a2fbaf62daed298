import type { Language, Text } from '@sapan/kernel'
import { emptyState, type SitePage, table, tag } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { code, timeOf } from '../parts/figures.ts'
import { operatorPage } from '../parts/page.ts'
import { type OperatorRequest, type OperatorRoute, operatorOf } from '../visitor.ts'
import type { FollowedRow } from './answers.ts'
import { messageLists, messageTabs } from './message-tabs.ts'
import type { NameKeeper, Names } from './names.ts'

const words = {
  lead: {
    th: 'ข่าวที่เกตเวย์อ่านแทนระบบของสมาชิกและส่งให้ตามลำดับ หน้านี้ไม่แสดงเนื้อความของข่าว',
    en: 'Events that the gateway reads for members’ systems and hands to them in order. No event is shown here.',
  },
  none: { th: 'เกตเวย์นี้ไม่ได้อ่านข่าวให้ระบบใด', en: 'No topics are read for own systems' },
  noneNext: {
    th: 'ระบุหัวข้อข่าวและที่อยู่ของระบบใน gateway.yaml ที่ queue.follow',
    en: 'Name the topic and the system’s address in gateway.yaml, at queue.follow.',
  },
  subscriber: { th: 'ผู้ติดตาม', en: 'Subscriber' },
  topic: { th: 'หัวข้อข่าว', en: 'Topic' },
  until: { th: 'ถึงข่าวที่', en: 'Until' },
  taken: { th: 'ระบบรับล่าสุด', en: 'Last taken' },
  state: { th: 'สถานะ', en: 'State' },
  goesOn: { th: 'อ่านต่อเนื่อง', en: 'goes on' },
  waits: { th: 'หยุดรอ', en: 'waits' },
} as const satisfies Record<string, Text>

/** The topics that are read for members' systems. */
export function followedRoutes(names: NameKeeper): OperatorRoute[] {
  const { path } = messageLists.followed
  return [{ method: 'GET', path, needs: 'look', handle: (request) => followedPage(names, request) }]
}

async function followedPage(keeper: NameKeeper, request: OperatorRequest): Promise<SitePage> {
  const { language } = request
  const { door } = operatorOf(request)
  const [{ followed }, names] = await Promise.all([
    door.get<{ followed: readonly FollowedRow[] }>('/v1/followed'),
    keeper.of(door),
  ])
  return operatorPage(
    request,
    { title: messageLists.followed.text[language], lead: words.lead },
    messageTabs('followed', language),
    followed.length === 0
      ? emptyState(words.none[language], h('p', null, words.noneNext[language]))
      : followedTable(followed, names, language),
  )
}

function followedTable(followed: readonly FollowedRow[], names: Names, language: Language): ComponentChild {
  return table({
    caption: messageLists.followed.text[language],
    isCaptionHidden: true,
    columns: [
      { title: words.subscriber[language] },
      { title: words.topic[language] },
      { title: words.until[language], isNumber: true },
      { title: words.taken[language] },
      { title: words.state[language] },
    ],
    rows: followed.map(({ client, service, operation, place, takenAt, problem }) => [
      names.shown(client, language),
      [names.shownService(service, language), ' ', code(operation)],
      place ?? '–',
      takenAt === undefined ? '–' : timeOf(takenAt, language),
      problem === undefined
        ? tag(words.goesOn[language], 'success')
        : [tag(words.waits[language], 'danger'), ' ', code(problem)],
    ]),
  })
}
