import type { Language } from '@sapan/kernel'
import {
  button,
  form,
  linkButton,
  notification,
  plainTime,
  radios,
  type SiteAnswer,
  summaryList,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { type MandateRecord, obstacle } from '../../mandates/mandate.ts'
import { mandateProblem } from '../../mandates/room.ts'
import type { HelperRequest } from '../../mandates/store/helper-requests.ts'
import { personName, scopeName } from '../../pages/mandates/parts.ts'
import { type HelpingPagesOptions, type HelpingRequest, helperOf, helpingPath } from './options.ts'
import { words } from './words.ts'

/** `/desk/helping/:request`: the sign while it waits; then for whom they act, in what, and for how long still. */
export async function helpPage(options: HelpingPagesOptions, request: HelpingRequest): Promise<SiteAnswer> {
  const { language } = request
  const asked = await ownRequest(options, request)
  const body = await bodyOf(options, request, asked)
  return {
    kind: 'page',
    title: words.title[language],
    scripts: ['desk/helping.js'],
    body: h(
      'div',
      { class: 'column' },
      body,
      h('p', null, h('a', { href: helpingPath }, words.back[language])),
    ),
  }
}

/** The request of this helper; another's, and one in which they were the person, is not told from none. */
async function ownRequest(
  { mandates }: HelpingPagesOptions,
  request: HelpingRequest,
): Promise<HelperRequest> {
  const helper = helperOf(request)
  const asked = await mandates.help.seen(helper, request.parameters.request ?? '')
  if (asked.helper !== helper.account) throw mandateProblem('mandate-offer-not-found')
  return asked
}

async function bodyOf(
  options: HelpingPagesOptions,
  request: HelpingRequest,
  asked: HelperRequest,
): Promise<ComponentChild> {
  const { language } = request
  if (asked.state === 'open') return waitingBody(asked, language)
  if (asked.mandate === undefined)
    return overBody(asked.state === 'refused' ? 'refused' : 'expired', language)
  const mandate = await options.mandates.own(helperOf(request), asked.mandate)
  if (obstacle(mandate, options.clock()) !== undefined) return overBody('ended', language)
  return actingBody(options, request, { asked, mandate })
}

function waitingBody({ id, sign, case: of, expiresAt }: HelperRequest, language: Language): ComponentChild {
  return h(
    'section',
    { 'data-reload': '3' },
    h('h1', null, words.waiting[language]),
    h('p', { class: 'lead' }, words.waitingBody[language]),
    summaryList([
      { key: words.sign[language], value: h('strong', { class: 'number' }, sign) },
      { key: words.about[language], value: h('bdi', null, of) },
      { key: words.left[language], value: countdown(expiresAt, language) },
    ]),
    linkButton({ text: words.reload[language], href: `${helpingPath}/${id}` }),
  )
}

/** The time when it ends; a script counts down to it. */
function countdown(till: number, language: Language): ComponentChild {
  return h(
    'span',
    null,
    h('strong', { 'data-countdown': String(till), role: 'timer' }),
    ` ${words.till[language]} `,
    h('time', { dateTime: new Date(till).toISOString() }, plainTime(till, language)),
  )
}

function overBody(how: 'ended' | 'refused' | 'expired', language: Language): ComponentChild {
  return h(
    'section',
    null,
    h('h1', null, words[how][language]),
    how === 'ended' ? h('p', { class: 'lead' }, words.endedBody[language]) : null,
    linkButton({ text: words.again[language], href: helpingPath }),
  )
}

interface Shown {
  readonly asked: HelperRequest
  readonly mandate: MandateRecord
}

function actingBody(
  options: HelpingPagesOptions,
  request: HelpingRequest,
  { asked, mandate }: Shown,
): ComponentChild {
  const { language, formKey, who, query } = request
  const { content, till = 0 } = mandate
  const hasBegun = who.acting?.mandate === mandate.id
  const action = `${helpingPath}/${asked.id}`
  const title = hasBegun ? words.acting : words.agreed
  return h(
    'section',
    null,
    query.get('done') === null
      ? null
      : notification({ kind: 'success', title: words.done[language], isNew: true }),
    notification({
      kind: 'danger',
      title: title[language],
      body: h(
        'p',
        { class: 'lead' },
        h('strong', null, personName(content.name, language)),
        ` · ${words.about[language]} `,
        h('bdi', null, content.case ?? ''),
      ),
    }),
    h('h1', null, title[language], ' ', personName(content.name, language)),
    summaryList([
      { key: words.left[language], value: countdown(till, language) },
      { key: words.about[language], value: h('bdi', null, content.case ?? '') },
    ]),
    hasBegun
      ? doForm(options, request, { action, scopes: content.scopes })
      : form({ action: `${action}/begin`, formKey }, button({ text: words.begin[language] })),
    form({ action: `${action}/end`, formKey }, button({ text: words.end[language], kind: 'danger' })),
  )
}

function doForm(
  { country }: HelpingPagesOptions,
  { language, formKey }: HelpingRequest,
  { action, scopes }: { readonly action: string; readonly scopes: readonly string[] },
): ComponentChild {
  return form(
    { action: `${action}/act`, formKey },
    radios({
      name: 'scope',
      label: words.doing[language],
      hint: words.doingHint[language],
      value: scopes[0],
      choices: scopes.map((code) => ({ value: code, text: scopeName(country, code, language) })),
    }),
    button({ text: words.do[language] }),
  )
}

/** From now on each page of this session shows for whom they act. */
export async function begin(options: HelpingPagesOptions, request: HelpingRequest): Promise<SiteAnswer> {
  const asked = await ownRequest(options, request)
  await options.mandates.acting.choose(helperOf(request), mandateOf(asked))
  return { kind: 'redirect', to: `${helpingPath}/${asked.id}` }
}

/** One thing done for the person, kept in both histories. */
export async function doSent(options: HelpingPagesOptions, request: HelpingRequest): Promise<SiteAnswer> {
  const asked = await ownRequest(options, request)
  const helper = helperOf(request)
  const scope = request.form.get('scope') ?? ''
  await options.mandates.act(helper, mandateOf(asked), { scope, agency: helper.officer.agency })
  return { kind: 'redirect', to: `${helpingPath}/${asked.id}?done=1` }
}

export async function end(options: HelpingPagesOptions, request: HelpingRequest): Promise<SiteAnswer> {
  const asked = await ownRequest(options, request)
  const helper = helperOf(request)
  await options.mandates.withdraw(helper, mandateOf(asked))
  await options.mandates.acting.choose(helper, undefined)
  return { kind: 'redirect', to: `${helpingPath}/${asked.id}` }
}

function mandateOf({ mandate }: HelperRequest): string {
  if (mandate === undefined) throw mandateProblem('mandate-not-begun')
  return mandate
}
