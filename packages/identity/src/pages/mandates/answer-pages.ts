import type { Text } from '@sapan/kernel'
import { button, checkboxes, form, inset, notification, type SiteAnswer, summaryList, tag } from '@sapan/ui'
import { h } from 'preact'
import {
  aloneUses,
  limitRows,
  type MandatePagesOptions,
  type MandateRequest,
  page,
  personName,
  redirect,
  scopeList,
  scopeName,
} from './parts.ts'
import { stateWords, words } from './words.ts'

const texts = {
  give: { th: 'ให้คุณทำการแทน', en: 'offers you to act for them' },
  ask: { th: 'ขอทำการแทนคุณ', en: 'asks to act for you' },
  reason: { th: 'เหตุผลที่แจ้งไว้', en: 'Why, in their words' },
  accept: { th: 'รับทำการแทน', en: 'Accept this mandate' },
  let: { th: 'ให้ทำการแทนตามที่เลือก', en: 'Let them do what is chosen' },
  refuse: { th: 'ปฏิเสธ', en: 'Refuse' },
  which: { th: 'เลือกเรื่องที่จะให้ทำแทน', en: 'Choose what they may do' },
  warn: {
    th: 'ให้เฉพาะคนที่คุณรู้จัก เจ้าหน้าที่จะไม่ขอทำการแทนคุณทางโทรศัพท์',
    en: 'Only let somebody do this whom you know. No officer asks for this by telephone.',
  },
  helpTitle: { th: 'เจ้าหน้าที่ขอช่วยคุณทำรายการ', en: 'An officer asks to help you' },
  helpWho: { th: 'เจ้าหน้าที่', en: 'Officer' },
  helpAgency: { th: 'หน่วยงาน', en: 'Agency' },
  helpCase: { th: 'เรื่อง', en: 'Case' },
  helpSign: { th: 'เลขที่ต้องตรงกับหน้าจอเจ้าหน้าที่', en: 'Must be the same on the officer’s screen' },
  helpTime: { th: 'เวลาที่ช่วยได้ (นาที)', en: 'Minutes for which they can act' },
  helpWarn: {
    th: 'ตอบตกลงเฉพาะเมื่อคุณอยู่ต่อหน้าเจ้าหน้าที่ และเลขตรงกัน',
    en: 'Agree only if you are in front of the officer and the number is the same.',
  },
  helpYes: { th: 'ให้เจ้าหน้าที่ช่วย', en: 'Let the officer help' },
  helpNo: { th: 'ไม่ให้ช่วย', en: 'Do not' },
  endTitle: { th: 'ยกเลิกการทำการแทนนี้หรือไม่', en: 'End this mandate?' },
  endBody: {
    th: 'มีผลทันที เรื่องที่ทำไปแล้วยังมีผลอยู่ และต้องให้ใหม่หากเปลี่ยนใจ',
    en: 'It ends at once. What was done stays done; to undo this, it has to be given anew.',
  },
} as const satisfies Record<string, Text>

/** `/me/mandates/answer/:proposal`: exactly what an offer or a request grants. */
export async function answerPage(options: MandatePagesOptions, request: MandateRequest): Promise<SiteAnswer> {
  const { language, who, formKey, parameters } = request
  const id = parameters.proposal ?? ''
  const proposal = await options.mandates.proposals.seen(who, id)
  const { direction, terms, reason, fromName, state, expiresAt, isForMe } = proposal
  const isOpen = isForMe && state === 'open' && options.clock() < expiresAt
  const title = `${fromName[language] || '–'} ${texts[direction][language]}`
  return page(
    title,
    h('h1', null, personName(fromName, language), ` ${texts[direction][language]}`),
    summaryList([
      { key: words.covers[language], value: scopeList(options.country, aloneUses(terms.scopes), language) },
      ...limitRows(terms, options, language),
      ...(reason === undefined ? [] : [{ key: texts.reason[language], value: h('bdi', null, reason) }]),
    ]),
    direction === 'ask' && isOpen ? inset(h('p', null, texts.warn[language])) : null,
    isOpen
      ? form(
          { action: `/me/mandates/answer/${id}`, formKey },
          direction === 'ask'
            ? checkboxes({
                name: 'scopes',
                label: texts.which[language],
                values: terms.scopes,
                choices: terms.scopes.map((code) => ({
                  value: code,
                  text: scopeName(options.country, code, language),
                })),
              })
            : null,
          button({
            text: (direction === 'ask' ? texts.let : texts.accept)[language],
            name: 'answer',
            value: 'accept',
          }),
          button({ text: texts.refuse[language], name: 'answer', value: 'refuse', kind: 'secondary' }),
        )
      : tag(stateWords[state === 'open' && !isOpen && isForMe ? 'expired' : state][language]),
  )
}

export async function answerSent(
  { mandates }: MandatePagesOptions,
  request: MandateRequest,
): Promise<SiteAnswer> {
  const { form: sent, who, parameters } = request
  const id = parameters.proposal ?? ''
  const { direction } = await mandates.proposals.seen(who, id)
  const part = direction === 'ask' ? { scopes: sent.getAll('scopes') } : {}
  await mandates.proposals.answer(who, id, sent.get('answer') === 'accept' ? part : 'refuse')
  return redirect('/me/mandates')
}

/** `/me/mandates/help/:request` */
export async function helpPage(options: MandatePagesOptions, request: MandateRequest): Promise<SiteAnswer> {
  const { language, who, formKey, parameters } = request
  const id = parameters.request ?? ''
  const asked = await options.mandates.help.seen(who, id)
  const isOpen = asked.state === 'open' && asked.person === who.account
  return page(
    texts.helpTitle[language],
    h('h1', null, texts.helpTitle[language]),
    notification({ kind: 'warning', title: texts.helpWarn[language] }),
    summaryList([
      { key: texts.helpSign[language], value: h('strong', { class: 'number' }, asked.sign) },
      { key: texts.helpWho[language], value: personName(asked.helperName, language) },
      { key: texts.helpAgency[language], value: agencyName(options, asked.agency, language) },
      { key: texts.helpCase[language], value: h('bdi', null, asked.case) },
      { key: words.covers[language], value: scopeList(options.country, aloneUses(asked.scopes), language) },
      { key: texts.helpTime[language], value: String(options.country.helper.minutes) },
    ]),
    isOpen
      ? form(
          { action: `/me/mandates/help/${id}`, formKey },
          button({ text: texts.helpYes[language], name: 'answer', value: 'approve' }),
          button({ text: texts.helpNo[language], name: 'answer', value: 'deny', kind: 'secondary' }),
        )
      : tag(stateWords[asked.state === 'approved' ? 'accepted' : asked.state][language]),
  )
}

function agencyName({ agencies }: MandatePagesOptions, id: string, language: 'th' | 'en'): string {
  return agencies.find((agency) => agency.id === id)?.name[language] ?? id
}

export async function helpSent(
  { mandates }: MandatePagesOptions,
  request: MandateRequest,
): Promise<SiteAnswer> {
  const { form: sent, who, parameters } = request
  await mandates.help.decide(
    who,
    parameters.request ?? '',
    sent.get('answer') === 'approve' ? 'approve' : 'deny',
  )
  return redirect('/me/mandates')
}

/** `/me/mandates/end/:mandate`: asked once more, as it cannot be taken back. */
export function endPage({ language, formKey, parameters }: MandateRequest): SiteAnswer {
  return page(
    texts.endTitle[language],
    h('h1', null, texts.endTitle[language]),
    h('p', null, texts.endBody[language]),
    form(
      { action: `/me/mandates/end/${encodeURIComponent(parameters.mandate ?? '')}`, formKey },
      button({ text: words.end[language], kind: 'danger' }),
    ),
  )
}
