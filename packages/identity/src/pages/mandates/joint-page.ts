import { filled, type Text } from '@sapan/kernel'
import {
  button,
  checkbox,
  details,
  form,
  notification,
  plainTime,
  type SiteAnswer,
  summaryList,
  tag,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { type JointAct, wordsFor } from '../../mandates/joint/joint-act.ts'
import { declarationPart } from './declare-pages.ts'
import {
  type MandatePagesOptions,
  type MandateRequest,
  page,
  personName,
  redirect,
  scopeName,
} from './parts.ts'
import { stateWords, words } from './words.ts'

const texts = {
  what: { th: 'สิ่งที่จะทำ', en: 'What is to be done' },
  kind: { th: 'ประเภทเรื่อง', en: 'Kind of act' },
  for: { th: 'ทำแทน', en: 'For' },
  state: { th: 'สถานะ', en: 'How it stands' },
  confirmed: { th: 'ยืนยันแล้ว', en: 'Confirmed' },
  people: { th: '{count} คน', en: '{count|person|people}' },
  until: { th: 'ยืนยันได้ถึง', en: 'To be confirmed till' },
  exact: { th: 'ข้อความที่ยืนยัน ทุกตัวอักษร', en: 'What is confirmed, letter for letter' },
  hash: { th: 'รหัสตรวจ SHA-256', en: 'SHA-256' },
  confirm: { th: 'ยืนยันเรื่องนี้', en: 'Confirm this act' },
  seal: { th: 'ประทับตราของบริษัทกับเรื่องนี้ด้วย', en: 'The company’s seal is put to it' },
  back: { th: 'ถอนการยืนยันของฉัน', en: 'Take my confirmation back' },
  off: { th: 'ยกเลิกเรื่องนี้', en: 'Call this act off' },
  read: { th: 'อ่านทั้งหมดก่อนยืนยัน', en: 'Read all of it first' },
  readAbout: {
    th: 'เปิดอ่านในนามบริษัทหรือบุตร แล้วกลับมายืนยันที่หน้านี้',
    en: 'It opens in the name of the company or child. Come back here to confirm.',
  },
  goOn: { th: 'ไปยื่น', en: 'Hand it in' },
  goOnAbout: {
    th: 'ยืนยันครบแล้ว แต่ยังไม่ได้ยื่น คนใดคนหนึ่งเปิดแล้วกดยื่น',
    en: 'All have confirmed, and it is not handed in yet: one of you opens it and hands it in.',
  },
  void: {
    th: 'ผู้ที่ยืนยันคนหนึ่งพ้นจากอำนาจ เรื่องนี้จึงใช้ไม่ได้ ให้เตรียมเรื่องใหม่',
    en: 'Somebody who confirmed is no longer in office, so this is void. Have it prepared anew.',
  },
} as const satisfies Record<string, Text>

/** `/me/mandates/joint/:act`: what is to be done, in words and to the letter, and who has confirmed. */
export async function jointPage(options: MandatePagesOptions, request: MandateRequest): Promise<SiteAnswer> {
  const { language, who, parameters } = request
  const act = await options.mandates.joint.seen(who, parameters.act ?? '')
  return page(
    words.joint[language],
    h('h1', null, words.joint[language]),
    act.state === 'void' ? notification({ kind: 'danger', title: texts.void[language] }) : null,
    summaryList([
      { key: texts.what[language], value: h('bdi', null, wordsFor(act.words, language)) },
      { key: texts.kind[language], value: scopeName(options.country, act.scope, language) },
      { key: texts.for[language], value: personName(act.name, language) },
      { key: texts.state[language], value: tag(stateWords[act.state][language]) },
      {
        key: texts.confirmed[language],
        value: filled(texts.people[language], { count: act.confirmations.length }),
      },
      { key: texts.until[language], value: plainTime(act.expiresAt, language) },
    ]),
    details(
      { summary: texts.exact[language] },
      h('pre', { tabIndex: 0 }, JSON.stringify(act.act, undefined, 2)),
      h('p', { class: 'quiet' }, `${texts.hash[language]}: `, h('code', null, act.hash)),
    ),
    await readingPart(options, request, act),
    declarationPart(options, request, act),
    act.state === 'open' ? decisions(act, request) : null,
  )
}

/** To all of it, where the other applications of the company are: there one acts for it. */
async function readingPart(
  { mandates }: MandatePagesOptions,
  { language, formKey, who }: MandateRequest,
  { page: next, source, number, state }: JointAct,
): Promise<ComponentChild> {
  if (next === undefined || (state !== 'open' && state !== 'complete')) return null
  const held = await mandates.of(who.account)
  const mandate = held.find((one) => one.source === source && one.content.number === number)
  if (mandate === undefined) return null
  const text = texts[state === 'complete' ? 'goOn' : 'read'][language]
  return form(
    { action: '/me/mandates/act', formKey },
    h('input', { type: 'hidden', name: 'mandate', value: mandate.id }),
    h('input', { type: 'hidden', name: 'next', value: next }),
    h('p', null, texts[state === 'complete' ? 'goOnAbout' : 'readAbout'][language]),
    button({ text, kind: state === 'complete' ? 'main' : 'secondary' }),
  )
}

function decisions(act: JointAct, { language, who, formKey }: MandateRequest): ComponentChild {
  const action = `/me/mandates/joint/${act.id}`
  const has = act.confirmations.some(({ account }) => account === who.account)
  const confirming = [
    act.source === 'company' ? checkbox({ name: 'seal', label: texts.seal[language] }) : null,
    button({ text: texts.confirm[language], name: 'do', value: 'confirm' }),
  ]
  return form(
    { action, formKey },
    has ? button({ text: texts.back[language], name: 'do', value: 'back', kind: 'secondary' }) : confirming,
    act.preparedBy === who.account
      ? button({ text: texts.off[language], name: 'do', value: 'off', kind: 'danger' })
      : null,
  )
}

export async function jointSent(
  { mandates }: MandatePagesOptions,
  request: MandateRequest,
): Promise<SiteAnswer> {
  const { form: sent, who, parameters } = request
  const id = parameters.act ?? ''
  const done = sent.get('do')
  if (done === 'confirm') await mandates.joint.confirm(who, id, sent.get('seal') === 'yes')
  else if (done === 'back') await mandates.joint.takeBackConfirmation(who, id)
  else if (done === 'off') await mandates.joint.callOff(who, id)
  return redirect(`/me/mandates/joint/${encodeURIComponent(id)}`)
}
