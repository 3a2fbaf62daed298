import { filled, type Language, Problem } from '@sapan/kernel'
import {
  button,
  buttonGroup,
  form,
  notification,
  plainTime,
  type SiteAnswer,
  type SummaryRow,
  summaryList,
} from '@sapan/ui'
import { h } from 'preact'
import { providerProblems } from '../../problems/provider.ts'
import type { Question } from '../../provider/backchannel.ts'
import { type Asked, askedClaims } from '../../provider/pages/asked.ts'
import { chosenClaims, claimChoices } from '../../provider/pages/claim-choices.ts'
import { type WaitingPagesOptions, type WaitingRequest, waitingPath } from './options.ts'
import { words } from './words.ts'

/** `/me/waiting/:question`: a sign-in that an agency's client asks for (OpenID CIBA Core 1.0 §7.1). */
export async function questionPage(
  options: WaitingPagesOptions,
  request: WaitingRequest,
): Promise<SiteAnswer> {
  const { language, formKey } = request
  const question = await waitingQuestion(options, request)
  const title = words.title[language]
  const agreed = await options.consents.live(request.who.account, question.client ?? '')
  return {
    kind: 'page',
    title,
    body: h(
      'div',
      { class: 'column' },
      h('h1', null, title),
      notification({ kind: 'warning', title: words.warn[language] }),
      summaryList(await rowsOf(options, question, language)),
      form(
        { action: `${waitingPath}/${question.id}`, formKey },
        h('h2', null, words.knows[language]),
        claimChoices(asked(options, question), language, agreed?.refused),
        h('p', null, filled(words.days[language], { days: options.scopes.consentDays })),
        buttonGroup(
          button({ text: words.yes[language], name: 'answer', value: 'approve' }),
          button({ text: words.no[language], name: 'answer', value: 'deny', kind: 'secondary' }),
        ),
      ),
    ),
  }
}

/** Anything but a clear yes is a no. */
export async function questionSent(
  options: WaitingPagesOptions,
  request: WaitingRequest,
): Promise<SiteAnswer> {
  const { who, form: sent } = request
  const question = await waitingQuestion(options, request)
  const decision = sent.get('answer') === 'approve' ? 'approve' : 'deny'
  const { session, level, authenticatedAt } = who
  const by = { session, level, authenticatedAt, ...chosenClaims(asked(options, question), sent) }
  await options.backchannel.decide(who.account, question.id, decision, by)
  return { kind: 'redirect', to: `${waitingPath}?done=${decision === 'approve' ? 'approved' : 'denied'}` }
}

/** Another's is not told from none, nor from one that is over. Other kinds have pages of their own. */
async function waitingQuestion(
  { backchannel }: WaitingPagesOptions,
  { who, parameters }: WaitingRequest,
): Promise<Question> {
  const found = await backchannel.find(who.account, parameters.question ?? '')
  if (found.kind !== 'sign-in') throw new Problem(providerProblems['question-unknown'])
  return found
}

function asked({ scopes: country }: WaitingPagesOptions, { scopes }: Question): Asked {
  return askedClaims(country, { scopes, claims: [] })
}

async function rowsOf(
  { clients, memberName }: WaitingPagesOptions,
  { client: id = '', bindingMessage, expiresAt }: Question,
  language: Language,
): Promise<SummaryRow[]> {
  const client = await clients.find(id)
  const { member, purpose } = client?.settings ?? {}
  const agency = member === undefined ? undefined : (memberName(member)?.[language] ?? member)
  return [
    { key: words.sign[language], value: h('strong', { class: 'number' }, h('bdi', null, bindingMessage)) },
    { key: words.who[language], value: h('bdi', null, client?.names[language] ?? id) },
    ...(agency === undefined ? [] : [{ key: words.agency[language], value: agency }]),
    ...(purpose ? [{ key: words.purpose[language], value: purpose[language] }] : []),
    { key: words.till[language], value: plainTime(expiresAt, language) },
  ]
}
