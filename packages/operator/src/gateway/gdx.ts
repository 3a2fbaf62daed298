import type { Language, Text } from '@sapan/kernel'
import { button, emptyState, form, notification, type SiteAnswer, type SitePage, table, tag } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { code, command, timeOf } from '../parts/figures.ts'
import { operatorPage } from '../parts/page.ts'
import { type OperatorRequest, type OperatorRoute, operatorOf } from '../visitor.ts'
import type { GdxConsumerRow, GdxRow, GdxState, GrantRow, Grants } from './answers.ts'
import type { NameKeeper, Names } from './names.ts'
import { ownSystemTabs } from './own-system-tabs.ts'

const words = {
  title: { th: 'ผู้เรียกแบบ GDX', en: 'Callers of GDX' },
  lead: {
    th: 'ระบบที่ยังเรียกสองขั้นแบบ GDX ทุกครั้งที่เรียกเป็นการแลกเปลี่ยนตามสิทธิและมีหลักฐาน',
    en: 'Systems that still call in GDX’s two steps. Each call is an exchange, under a grant and with evidence.',
  },
  off: { th: 'ช่องทางแบบ GDX ปิดอยู่', en: 'The GDX edge is closed' },
  offNext: {
    th: 'เปิดใน gateway.yaml ด้วย gdx: enabled: true แล้วเริ่มเกตเวย์ใหม่',
    en: 'Open it in gateway.yaml with gdx: enabled: true, and start the gateway again.',
  },
  name: { th: 'ระบบ', en: 'System' },
  speaks: { th: 'พูดแทนระบบย่อย', en: 'Speaks for' },
  grants: { th: 'สิทธิที่มีผล', en: 'Grants that it uses' },
  noGrant: { th: 'ไม่มี ทุกคำขอถูกปฏิเสธ', en: 'none: every call is refused' },
  used: { th: 'ใช้ล่าสุด', en: 'Last used' },
  never: { th: 'ไม่เคย', en: 'never' },
  locked: { th: 'ล็อกถึง', en: 'locked until' },
  action: { th: 'จัดการ', en: 'Action' },
  end: { th: 'เลิกตอบ', en: 'End' },
  none: { th: 'ไม่มีระบบใดเรียกแบบ GDX', en: 'Nobody calls as GDX does' },
  noneNext: {
    th: 'เพิ่มเมื่อมีระบบเดิมที่ยังเปลี่ยนไม่ได้:',
    en: 'Add one where an old system cannot be changed yet:',
  },
  weak: { th: 'สิ่งที่ช่องทางนี้ไม่คุ้มครอง', en: 'What it does not protect' },
  way: { th: 'วิธีเลิกใช้', en: 'The way off' },
  routes: { th: 'ที่อยู่เดิมที่ตอบ', en: 'Legacy addresses that are answered' },
  address: { th: 'ที่อยู่เดิม', en: 'Legacy address' },
  when: { th: 'เมื่อ', en: 'When' },
  always: { th: 'ทุกครั้ง', en: 'always' },
  answered: { th: 'ตอบด้วย', en: 'Is answered by' },
} as const satisfies Record<string, Text>

const path = '/operator/credentials/gdx'

/** Who still calls as GDX does, under which grants, what that does not protect, and how they leave it. */
export function gdxRoutes(names: NameKeeper): OperatorRoute[] {
  return [
    { method: 'GET', path, needs: 'look', handle: (request) => gdxPage(names, request) },
    { method: 'POST', path: `${path}/:consumer/end`, needs: 'change', handle: endConsumer },
  ]
}

async function gdxPage(keeper: NameKeeper, request: OperatorRequest): Promise<SitePage> {
  const { language } = request
  const { door } = operatorOf(request)
  const [gdx, { held }, names] = await Promise.all([
    door.get<GdxState>('/v1/gdx'),
    door.get<Grants>('/v1/grants'),
    keeper.of(door),
  ])
  const { consumers, enabled, routes } = gdx
  return operatorPage(
    request,
    { title: words.title[language], lead: words.lead },
    ownSystemTabs('gdx', language),
    !enabled &&
      notification({
        kind: 'info',
        title: words.off[language],
        body: h('p', null, words.offNext[language]),
      }),
    consumers.length === 0
      ? emptyState(
          words.none[language],
          h('p', null, words.noneNext[language]),
          command('sapan gdx add old-efiling --for TH/GOV/RD/efiling'),
        )
      : [consumerTable(consumers, { held, names }, request), weakness(gdx, language)],
    routes.length > 0 && [h('h2', null, words.routes[language]), routeTable(routes, language)],
  )
}

function consumerTable(
  consumers: readonly GdxConsumerRow[],
  { held, names }: { readonly held: readonly GrantRow[]; readonly names: Names },
  request: OperatorRequest,
): ComponentChild {
  const { language } = request
  const { mayChange } = operatorOf(request)
  return table({
    caption: words.title[language],
    isCaptionHidden: true,
    columns: [
      { title: words.name[language] },
      { title: words.speaks[language] },
      { title: words.grants[language] },
      { title: words.used[language] },
      ...(mayChange ? [{ title: words.action[language] }] : []),
    ],
    rows: consumers.map((one) => [
      [h('bdi', null, one.name), h('br', null), code(one.key)],
      names.shown(one.subsystem, language),
      grantsOf(
        held.filter(({ grant }) => grant.consumer === one.subsystem),
        names,
        language,
      ),
      [
        one.lastUsed === null ? words.never[language] : timeOf(one.lastUsed, language),
        one.lockedUntil !== null &&
          h('div', null, tag(words.locked[language], 'warning'), ' ', timeOf(one.lockedUntil, language)),
      ],
      ...(mayChange ? [endForm(one, request)] : []),
    ]),
  })
}

function grantsOf(grants: readonly GrantRow[], names: Names, language: Language): ComponentChild {
  if (grants.length === 0) return tag(words.noGrant[language], 'warning')
  return grants.map(({ hash, grant }) =>
    h(
      'div',
      null,
      h('a', { href: `/operator/grants/${hash}` }, names.service(grant.service)?.[language] ?? grant.service),
      ` ${grant.purpose}`,
    ),
  )
}

function endForm({ id, name }: GdxConsumerRow, { language, formKey }: OperatorRequest): ComponentChild {
  return form(
    { action: `${path}/${id}/end`, formKey, inline: true },
    button({ text: words.end[language], kind: 'secondary', label: `${words.end[language]}: ${name}` }),
  )
}

function weakness({ weakPoints, wayOff }: GdxState, language: Language): ComponentChild {
  const items = (texts: readonly Text[]) => texts.map((text) => h('li', null, text[language]))
  return [
    h('h2', null, words.weak[language]),
    h('ul', null, items(weakPoints)),
    h('h2', null, words.way[language]),
    h('ol', null, items(wayOff)),
  ]
}

function routeTable(routes: readonly GdxRow[], language: Language): ComponentChild {
  return table({
    caption: words.routes[language],
    isCaptionHidden: true,
    columns: [
      { title: words.address[language] },
      { title: words.when[language] },
      { title: words.answered[language] },
    ],
    rows: routes.map(({ path: legacy, conditions, target, purpose }) => [
      code(legacy),
      Object.keys(conditions).length === 0
        ? words.always[language]
        : Object.entries(conditions).map(([name, value]) => h('div', null, code(`${name}=${value}`))),
      [code(target), purpose === null ? null : h('div', null, purpose)],
    ]),
  })
}

async function endConsumer(request: OperatorRequest): Promise<SiteAnswer> {
  const { consumer = '' } = request.parameters
  await operatorOf(request).door.delete(`/v1/gdx/consumers/${encodeURIComponent(consumer)}`)
  return { kind: 'redirect', to: path }
}
