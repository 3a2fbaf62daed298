import { type Language, Problem } from '@sapan/kernel'
import {
  button,
  checkboxes,
  emptyState,
  errorSummary,
  form,
  plainTime,
  type SiteAnswer,
  tag,
  textField,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { HelperRequest } from '../../mandates/store/helper-requests.ts'
import { problemText } from '../../pages/mandates/parts.ts'
import { stateWords } from '../../pages/mandates/words.ts'
import { type HelpingPagesOptions, type HelpingRequest, helperOf, helpingPath } from './options.ts'
import { words } from './words.ts'

/** `/desk/helping`: whom to ask, and what was asked. With what is wrong where a form comes back. */
export async function askPage(
  { mandates, country }: HelpingPagesOptions,
  request: HelpingRequest,
  problem?: Problem,
): Promise<SiteAnswer> {
  const { language, formKey, form: sent, who } = request
  const error = problem && problemText(problem, language)
  const field = problem?.code === 'mandate-terms-invalid' ? 'case' : 'number'
  const wrong = (name: string) => (error !== undefined && field === name ? { error } : {})
  const choices = country.scopes
    .filter(({ helper }) => helper)
    .map(({ code, name, about }) => ({ value: code, text: name[language], hint: about[language] }))
  return {
    kind: 'page',
    ...(problem && { status: problem.type.status }),
    title: words.title[language],
    body: h(
      'div',
      { class: 'column' },
      errorSummary(error === undefined ? [] : [{ field, text: error }], language),
      h('h1', null, words.title[language]),
      h('p', { class: 'lead' }, words.lead[language]),
      form(
        { action: helpingPath, formKey },
        textField({
          name: 'number',
          label: words.number[language],
          hint: words.numberHint[language],
          value: sent.get('number') ?? '',
          inputMode: 'numeric',
          autocomplete: 'off',
          width: 20,
          longest: 20,
          ...wrong('number'),
        }),
        textField({
          name: 'case',
          label: words.case[language],
          hint: words.caseHint[language],
          value: sent.get('case') ?? '',
          autocomplete: 'off',
          longest: 80,
          ...wrong('case'),
        }),
        checkboxes({
          name: 'scopes',
          label: words.scopes[language],
          values: sent.getAll('scopes'),
          choices,
        }),
        button({ text: words.ask[language] }),
      ),
      askedSection(await mandates.help.askedBy(who), language),
    ),
  }
}

function askedSection(asked: readonly HelperRequest[], language: Language): ComponentChild {
  const entry = ({ id, case: of, state, askedAt }: HelperRequest) =>
    h(
      'li',
      null,
      h('a', { href: `${helpingPath}/${id}` }, h('bdi', null, of)),
      ` ${plainTime(askedAt, language)} `,
      tag(
        stateWords[state === 'approved' ? 'accepted' : state][language],
        state === 'open' ? 'info' : 'neutral',
      ),
    )
  return h(
    'section',
    null,
    h('h2', null, words.today[language]),
    asked.length === 0 ? emptyState(words.todayNone[language]) : h('ul', null, asked.map(entry)),
  )
}

export async function askSent(options: HelpingPagesOptions, request: HelpingRequest): Promise<SiteAnswer> {
  const { form: sent } = request
  try {
    const asked = {
      number: (sent.get('number') ?? '').slice(0, 40),
      case: sent.get('case') ?? '',
      scopes: sent.getAll('scopes'),
    }
    const { id } = await options.mandates.help.ask(helperOf(request), asked)
    return { kind: 'redirect', to: `${helpingPath}/${id}` }
  } catch (error) {
    if (!(error instanceof Problem) || ![409, 422, 429].includes(error.type.status)) throw error
    return await askPage(options, request, error)
  }
}
