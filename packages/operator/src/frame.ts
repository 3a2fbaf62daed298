import type { Language, Text } from '@sapan/kernel'
import { button, form, renderPage, type SiteFrame, tabs } from '@sapan/ui'
import { type ComponentChild, type ComponentChildren, h } from 'preact'
import type { OperatorSiteOptions } from './options.ts'
import type { OperatorVisitor } from './visitor.ts'

const words = {
  line: {
    gateway: { th: 'ดูแลเกตเวย์', en: "a gateway's operator" },
    center: { th: 'ดูแลศูนย์กลาง', en: "the center's operator" },
  },
  menu: { th: 'งานดูแลระบบ', en: "Operator's work" },
  of: { gateway: { th: 'เกตเวย์', en: 'Gateway' }, center: { th: 'ศูนย์กลางของ', en: 'Center of' } },
  signIn: { th: 'เข้าสู่ระบบ', en: 'Sign in' },
  signOut: { th: 'ออกจากระบบ', en: 'Sign out' },
  account: { th: 'เมนูของ', en: 'Menu of' },
} as const

/** One entry of the menu. */
export interface OperatorLink {
  readonly path: string
  readonly text: Text
  /** For whoever runs the whole of it alone. */
  readonly isWhole?: boolean
  /** Pages that stand beside each other under this one, itself the first: tabs, where one of them is open. */
  readonly beside?: readonly OperatorLink[]
}

const gatewayLinks: readonly OperatorLink[] = [
  { path: '/operator', text: { th: 'ภาพรวม', en: 'Overview' } },
  { path: '/operator/health', text: { th: 'สุขภาพ', en: 'Health' }, isWhole: true },
  { path: '/operator/exchanges', text: { th: 'การแลกเปลี่ยน', en: 'Exchanges' } },
  { path: '/operator/grants', text: { th: 'สิทธิเข้าถึง', en: 'Grants' } },
  { path: '/operator/services', text: { th: 'บริการ', en: 'Services' } },
  { path: '/operator/credentials', text: { th: 'ระบบภายใน', en: 'Own systems' } },
  { path: '/operator/messages', text: { th: 'ข้อความรอส่ง', en: 'Messages' } },
  { path: '/operator/processing-record', text: { th: 'บันทึกการประมวลผล', en: 'Record of processing' } },
  {
    path: '/operator/members',
    text: { th: 'เกตเวย์', en: 'Gateway' },
    beside: [
      { path: '/operator/members', text: { th: 'สมาชิกของเครือข่าย', en: 'Members' } },
      { path: '/operator/certificates', text: { th: 'ใบรับรอง', en: 'Certificates' } },
      { path: '/operator/operators', text: { th: 'ผู้ดูแล', en: 'Operators' }, isWhole: true },
      { path: '/operator/settings', text: { th: 'การตั้งค่า', en: 'Settings' }, isWhole: true },
    ],
  },
]

const centerLinks: readonly OperatorLink[] = [
  { path: '/operator', text: { th: 'ภาพรวม', en: 'Overview' } },
  { path: '/operator/health', text: { th: 'สุขภาพ', en: 'Health' } },
  { path: '/operator/members', text: { th: 'สมาชิก', en: 'Members' } },
  { path: '/operator/gateways', text: { th: 'เกตเวย์', en: 'Gateways' } },
  { path: '/operator/certificates', text: { th: 'ใบรับรอง', en: 'Certificates' } },
  { path: '/operator/changes', text: { th: 'บันทึกการเปลี่ยนแปลง', en: 'Changes' } },
  { path: '/operator/settings', text: { th: 'การตั้งค่า', en: 'Settings' } },
]

const linksOf = { gateway: gatewayLinks, center: centerLinks }

/** The frame of the operator's pages: of what they are, what there is, and who is signed in. */
export function operatorFrame(options: OperatorSiteOptions): SiteFrame<OperatorVisitor | undefined> {
  const { kind, phase } = options
  return ({ language, title, languages, path, who, formKey, body, scripts }) =>
    renderPage({
      language,
      title,
      languages,
      home: '/operator',
      line: words.line[kind],
      phase,
      menu: accountMenu(who, language, formKey),
      navigation: who && {
        label: words.menu[language],
        links: shownLinks(linksOf[kind], who).map((link) => ({
          href: link.path,
          text: link.text[language],
          isCurrent: isAt(link, path),
        })),
      },
      notice: ofWhat(options, language),
      scripts,
      body: [who && besideTabs(linksOf[kind], who, path, language), body],
    })
}

function shownLinks(links: readonly OperatorLink[], { isWhole }: OperatorVisitor): readonly OperatorLink[] {
  return links.filter((link) => !link.isWhole || isWhole)
}

/** Whether the page is one of the link's: itself, below it, or beside it. */
function isAt({ path: href, beside = [] }: OperatorLink, path: string): boolean {
  if (beside.some((one) => isAt(one, path))) return true
  return path === href || (href !== '/operator' && path.startsWith(`${href}/`))
}

function besideTabs(
  links: readonly OperatorLink[],
  who: OperatorVisitor,
  path: string,
  language: Language,
): ComponentChild {
  const open = links.find((link) => link.beside !== undefined && isAt(link, path))
  if (open?.beside === undefined) return null
  return tabs(
    open.text[language],
    shownLinks(open.beside, who).map((link) => ({
      href: link.path,
      text: link.text[language],
      isCurrent: isAt(link, path),
    })),
  )
}

function ofWhat({ kind, name }: OperatorSiteOptions, language: Language): ComponentChild {
  const label = words.of[kind][language]
  return h(
    'section',
    { class: 'works-for', 'aria-label': label },
    h('div', { class: 'inner' }, h('p', { class: 'quiet' }, `${label} `, h('strong', null, name))),
  )
}

function accountMenu(
  who: OperatorVisitor | undefined,
  language: Language,
  formKey: ComponentChildren,
): ComponentChild {
  if (who === undefined) return h('a', { href: '/operator/sign-in' }, words.signIn[language])
  return h(
    'details',
    { class: 'account' },
    h('summary', { 'aria-label': `${words.account[language]} ${who.name}` }, h('bdi', null, who.name)),
    h(
      'div',
      { class: 'popup' },
      form(
        { action: '/operator/sign-out', formKey, inline: true },
        button({ text: words.signOut[language], kind: 'quiet' }),
      ),
    ),
  )
}
