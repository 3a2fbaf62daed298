import { type Language, Problem } from '@sapan/kernel'
import {
  button,
  form,
  linkButton,
  plainTime,
  type SiteAnswer,
  type SiteRequest,
  summaryList,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { signingRoomProblems } from '../../problems/signing.ts'
import type { Sent, SigningElsewhere } from '../../signing/elsewhere.ts'
import type { Visitor } from '../../visitor.ts'
import { words } from './words.ts'

type Request = SiteRequest<Visitor>

const addressOf = ({ parameters }: Request) => `/desk/signing/confirm/${parameters.ticket ?? ''}`

/** The question goes to the officer's own device; this one waits. */
export async function sendToPhone(elsewhere: SigningElsewhere, request: Request): Promise<SiteAnswer> {
  await elsewhere.send(request.parameters.ticket ?? '', request.who.account)
  return { kind: 'redirect', to: `${addressOf(request)}/phone` }
}

/** The sign while it waits, and what came of it. Throws `signing-request-over`. */
export async function phonePage(elsewhere: SigningElsewhere, request: Request): Promise<SiteAnswer> {
  const { language, parameters, who } = request
  const sent = await elsewhere.sent(parameters.ticket ?? '', who.account)
  if (sent === undefined) throw new Problem(signingRoomProblems['signing-request-over'])
  return {
    kind: 'page',
    title: words.confirm[language],
    scripts: ['desk/helping.js'],
    body: h('div', { class: 'column' }, bodyOf(sent, request)),
  }
}

export async function goOn(elsewhere: SigningElsewhere, { parameters, who }: Request): Promise<SiteAnswer> {
  return { kind: 'redirect', to: await elsewhere.goOn(parameters.ticket ?? '', who.account) }
}

function bodyOf(sent: Sent, request: Request): ComponentChild {
  const { language, formKey } = request
  const address = addressOf(request)
  const done = (text: string) => form({ action: `${address}/phone/done`, formKey }, button({ text }))
  if (sent.state === 'pending') return waiting(sent, `${address}/phone`, language)
  if (sent.state === 'approve') return [h('h1', null, words.phoneDone[language]), done(words.sign[language])]
  if (sent.state === 'deny') return [h('h1', null, words.phoneRefused[language]), done(words.end[language])]
  return [
    h('h1', null, words.phoneExpired[language]),
    linkButton({ text: words.again[language], href: address }),
  ]
}

function waiting({ sign, expiresAt }: Sent, address: string, language: Language): ComponentChild {
  return h(
    'section',
    { 'data-reload': '3' },
    h('h1', null, words.phoneTitle[language]),
    h('p', { class: 'lead' }, words.phoneAbout[language]),
    summaryList([
      { key: words.number[language], value: h('strong', { class: 'number' }, sign) },
      { key: words.till[language], value: plainTime(expiresAt, language) },
    ]),
    linkButton({ text: words.look[language], href: address, kind: 'secondary' }),
  )
}
