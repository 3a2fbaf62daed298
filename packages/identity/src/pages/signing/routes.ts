import {
  button,
  buttonGroup,
  form,
  linkButton,
  plainTime,
  type SiteAnswer,
  type SiteRequest,
  type SiteRoute,
  summaryList,
} from '@sapan/ui'
import { h } from 'preact'
import { requestRows } from '../../desk/signing/pages.ts'
import type { OfficersCountry } from '../../officers/country.ts'
import type { SigningElsewhere } from '../../signing/elsewhere.ts'
import type { Need, Visitor } from '../../visitor.ts'
import { words } from './words.ts'

export interface SigningQuestionOptions {
  readonly elsewhere: SigningElsewhere
  readonly country: Pick<OfficersCountry, 'signing'>
}

type Request = SiteRequest<Visitor>

/** Where an officer confirms on their own device what they sign at the desk. */
export const signingQuestionPath = '/me/signing'

/** `/me/signing/:question…`, at the portal. */
export function signingQuestionRoutes(options: SigningQuestionOptions): SiteRoute<Visitor, Need>[] {
  const { elsewhere, country } = options
  const one = `${signingQuestionPath}/:question`
  // However lately they proved themselves: for this they do it anew.
  const fresh: Need = {
    ...{ aal: country.signing.aal, freshSeconds: 0 },
    provedSince: async ({ target, account }) =>
      (await elsewhere.asked(account, questionIn(target))).question.askedAt,
  }
  return [
    { method: 'GET', path: one, needs: {}, handle: (request) => questionPage(elsewhere, request, false) },
    {
      method: 'GET',
      path: `${one}/proved`,
      needs: fresh,
      handle: (request) => questionPage(elsewhere, request, true),
    },
    { method: 'POST', path: one, needs: {}, handle: (request) => answered(elsewhere, request) },
  ]
}

/** `/me/signing/<question>/proved`. */
function questionIn(target: string): string {
  return /\/signing\/([^/?]+)/.exec(target)?.[1] ?? ''
}

async function questionPage(
  elsewhere: SigningElsewhere,
  { who, parameters, language, formKey }: Request,
  isProved: boolean,
): Promise<SiteAnswer> {
  const { question, request } = await elsewhere.asked(who.account, parameters.question ?? '')
  const address = `${signingQuestionPath}/${question.id}`
  const isSince = isProved && who.authenticatedAt + 1000 > question.askedAt
  const no = button({ text: words.no[language], name: 'answer', value: 'deny', kind: 'secondary' })
  return {
    kind: 'page',
    title: words.title[language],
    body: h(
      'div',
      { class: 'column' },
      h('h1', null, words.title[language]),
      h('p', { class: 'lead' }, words.about[language]),
      summaryList([
        { key: words.number[language], value: h('strong', { class: 'number' }, question.bindingMessage) },
        ...requestRows(request, language),
        { key: words.till[language], value: plainTime(question.expiresAt, language) },
      ]),
      form(
        { action: address, formKey },
        buttonGroup(
          isSince
            ? button({ text: words.yes[language], name: 'answer', value: 'approve' })
            : linkButton({ text: words.prove[language], href: `${address}/proved` }),
          no,
        ),
      ),
    ),
  }
}

/** Anything but a clear yes is a no. */
async function answered(
  elsewhere: SigningElsewhere,
  { who, parameters, form: sent }: Request,
): Promise<SiteAnswer> {
  const decision = sent.get('answer') === 'approve' ? 'approve' : 'deny'
  await elsewhere.decide(who, parameters.question ?? '', decision)
  return { kind: 'redirect', to: `/me/waiting?done=${decision === 'approve' ? 'signed' : 'unsigned'}` }
}
