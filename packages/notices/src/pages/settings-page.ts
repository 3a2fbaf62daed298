import type { Language, Text } from '@sapan/kernel'
import {
  button,
  emptyState,
  form,
  notification,
  plainTime,
  type SitePage,
  type SiteRedirect,
  type SiteRequest,
  table,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { type Channel, channels, kindTerm, type NoticeKind } from '../kinds.ts'
import { maskedAddress } from '../mail/address.ts'
import type { Preference } from '../preferences.ts'
import type { DeviceShown } from '../push/device.ts'
import type { NoticePagesOptions } from './options.ts'

const words = {
  title: { th: 'การแจ้งเตือน', en: 'Notices' },
  intro: {
    th: 'ทุกเรื่องอยู่ในกล่องข้อความ เลือกได้ว่าจะให้บอกทางอื่นด้วยหรือไม่ อีเมลและข้อความบนอุปกรณ์บอกเพียงว่ามีข้อความ ไม่มีเนื้อหา',
    en: 'Everything is in your inbox. Choose where else you are told. E-mails and messages on devices only say that there is something, never what.',
  },
  saved: { th: 'บันทึกแล้ว', en: 'Saved' },
  about: { th: 'เรื่อง', en: 'About' },
  always: { th: 'ส่งเสมอ', en: 'Always' },
  save: { th: 'บันทึกการแจ้งเตือน', en: 'Save the choices' },
  devices: { th: 'อุปกรณ์ที่รับข้อความ', en: 'Devices that get messages' },
  device: { th: 'อุปกรณ์', en: 'Device' },
  added: { th: 'ลงทะเบียนเมื่อ', en: 'Registered' },
  action: { th: 'ทำรายการ', en: 'Action' },
  remove: { th: 'ลบอุปกรณ์', en: 'Remove the device' },
  none: { th: 'ยังไม่มีอุปกรณ์', en: 'There are no devices yet' },
  noneNext: {
    th: 'เปิดหน้านี้บนโทรศัพท์หรือคอมพิวเตอร์ที่ต้องการ แล้วกดลงทะเบียน เบราว์เซอร์จะถามคุณก่อน',
    en: 'Open this page on the phone or computer that you want and register it. The browser asks you first.',
  },
  register: { th: 'ลงทะเบียนอุปกรณ์นี้', en: 'Register this device' },
  email: { th: 'อีเมลของคุณ', en: 'Your e-mail address' },
  noEmail: {
    th: 'ยังไม่มีอีเมล การแจ้งเตือนจึงอยู่ในกล่องข้อความและอุปกรณ์เท่านั้น',
    en: 'There is none yet, so you are told in your inbox and on your devices alone.',
  },
  addEmail: { th: 'เพิ่มอีเมล', en: 'Add an address' },
  changeEmail: { th: 'เปลี่ยนหรือลบอีเมล', en: 'Change or remove it' },
  unnamed: { th: 'เบราว์เซอร์', en: 'A browser' },
} as const satisfies Record<string, Text>

const channelNames: Readonly<Record<Channel, Text>> = {
  inbox: { th: 'กล่องข้อความ', en: 'Inbox' },
  email: { th: 'อีเมล', en: 'E-mail' },
  push: { th: 'อุปกรณ์', en: 'Devices' },
}

/** Which kinds of notices come by which channel, and the devices that get messages. */
export async function settingsPage<Who, Need>(
  options: NoticePagesOptions<Who, Need>,
  request: SiteRequest<Who>,
): Promise<SitePage> {
  const { notices, accountOf, scripts = [] } = options
  const { language, formKey, query } = request
  const account = accountOf(request.who)
  const [preferences, devices] = await Promise.all([offered(options, request.who), notices.devices(account)])
  const title = words.title[language]
  return {
    kind: 'page',
    title,
    ...(options.pushKey === undefined ? {} : { scripts }),
    body: [
      query.has('done') ? notification({ kind: 'success', title: words.saved[language], isNew: true }) : null,
      h('h1', null, title),
      h('p', { class: 'column' }, words.intro[language]),
      options.email === undefined
        ? null
        : emailPart(options.email.page, await options.email.of(account), language),
      form(
        { action: '/me/notices', formKey },
        preferenceTable(preferences, language),
        button({ text: words.save[language] }),
      ),
      options.pushKey === undefined ? null : deviceList(options.pushKey, devices, request),
    ],
  }
}

async function offered<Who, Need>(
  { notices, accountOf, mayGet = () => true }: NoticePagesOptions<Who, Need>,
  who: Who,
): Promise<readonly Preference[]> {
  const preferences = await notices.preferences(accountOf(who))
  const kinds = [...new Set(preferences.map(({ kind }) => kind))]
  const may = await Promise.all(kinds.map(async (kind) => await mayGet(who, kind)))
  return preferences.filter(({ kind }) => may[kinds.indexOf(kind)])
}

function emailPart(page: string, address: string | undefined, language: Language): ComponentChild {
  return h(
    'section',
    null,
    h('h2', null, words.email[language]),
    h('p', null, address === undefined ? words.noEmail[language] : h('bdi', null, maskedAddress(address))),
    h(
      'p',
      null,
      h('a', { href: page }, (address === undefined ? words.addEmail : words.changeEmail)[language]),
    ),
  )
}

function preferenceTable(preferences: readonly Preference[], language: Language): ComponentChild {
  const kinds = [...new Set(preferences.map(({ kind }) => kind))]
  const cell = (kind: NoticeKind, channel: Channel): ComponentChild => {
    const found = preferences.find((one) => one.kind === kind && one.channel === channel)
    if (found === undefined) return null
    if (found.fixed) return words.always[language]
    const name = `${kind}.${channel}`
    // The whole name for those who do not see the table around it.
    const label = `${kindTerm(kind).name[language]}: ${channelNames[channel][language]}`
    return h('input', {
      type: 'checkbox',
      class: 'ds-input',
      name,
      value: 'yes',
      checked: found.wanted,
      'aria-label': label,
    })
  }
  return table({
    caption: words.title[language],
    isCaptionHidden: true,
    columns: [words.about, ...channels.map((channel) => channelNames[channel])].map((text) => ({
      title: text[language],
    })),
    rows: kinds.map((kind) => [
      [kindTerm(kind).name[language], h('p', { class: 'quiet' }, kindTerm(kind).about[language])],
      ...channels.map((channel) => cell(kind, channel)),
    ]),
  })
}

/** The button works with a script alone: a browser asks its owner by no other way. */
function deviceList<Who>(
  pushKey: string,
  devices: readonly DeviceShown[],
  { language, formKey }: SiteRequest<Who>,
): ComponentChild {
  const columns = [words.device, words.added, words.action]
  const rows = devices.map(({ id, name, addedAt }) => [
    name === '' ? words.unnamed[language] : name,
    plainTime(addedAt, language),
    form(
      { action: `/me/notices/devices/${id}/remove`, formKey, inline: true },
      button({
        text: words.remove[language],
        kind: 'secondary',
        label: `${words.remove[language]}: ${name}`,
      }),
    ),
  ])
  return h(
    'section',
    null,
    h('h2', null, words.devices[language]),
    devices.length === 0
      ? emptyState(words.none[language], h('p', null, words.noneNext[language]))
      : table({
          caption: words.devices[language],
          isCaptionHidden: true,
          columns: columns.map((text) => ({ title: text[language] })),
          rows,
        }),
    form(
      { action: '/me/notices/push', formKey, id: 'push-register' },
      h('input', { type: 'hidden', name: 'key', value: pushKey }),
      h('input', { type: 'hidden', name: 'subscription', value: '' }),
      h(
        'div',
        { hidden: true, id: 'push-offer' },
        button({ text: words.register[language], kind: 'secondary' }),
      ),
    ),
  )
}

/** Every box of the page at once: one that is not sent is off. Fixed ones are left as they are. */
export async function savePreferences<Who, Need>(
  options: NoticePagesOptions<Who, Need>,
  { who, form: sent }: SiteRequest<Who>,
): Promise<SiteRedirect> {
  const account = options.accountOf(who)
  for (const { kind, channel, wanted, fixed } of await offered(options, who)) {
    const now = sent.get(`${kind}.${channel}`) === 'yes'
    if (!fixed && now !== wanted) await options.notices.prefer(account, kind, channel, now)
  }
  return { kind: 'redirect', to: '/me/notices?done' }
}
