import type { Need, Visitor } from '@sapan/identity'
import { Problem } from '@sapan/kernel'
import {
  backLink,
  button,
  errorSummary,
  form,
  linkButton,
  type SitePage,
  type SiteRequest,
  type SiteRoute,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { ServiceDefinition } from '../../definition/definition.ts'
import { type AskedError, askedFields, askedValues, readAsked } from '../../eligibility/asked.ts'
import { type Judgement, judge } from '../../eligibility/judge.ts'
import { findingProblems } from '../../finding/problems.ts'
import type { ServicesGround } from '../../ground.ts'
import { fieldView } from '../form/field-view.ts'
import type { FormPagesOptions } from '../form/options.ts'
import { resultView } from './result.ts'
import { checkWords as words } from './words.ts'

export interface CheckPagesOptions extends Pick<FormPagesOptions, 'places' | 'countries'> {
  readonly ground: Pick<ServicesGround, 'clock' | 'days' | 'definitions' | 'lawName'>
}

type Request = SiteRequest<unknown>

/**
 * Whether a service is for somebody, before they sign in: `/services/<id>/check`. Nothing that is answered is stored, and
 * nothing of it stands in an address; so the form is answered directly. A redirect would have to keep it meanwhile.
 */
export function checkRoutes(options: CheckPagesOptions): SiteRoute<Visitor, Need>[] {
  return options.ground.definitions.current().flatMap(({ id }) => {
    const path = `/services/${id}/check`
    const definition = (): ServiceDefinition => {
      const found = options.ground.definitions.find(id)
      if (found === undefined) throw new Problem(findingProblems['service-not-offered'])
      return found
    }
    return [
      {
        method: 'GET' as const,
        path,
        handle: (request: Request) => checkPage(options, request, definition()),
      },
      {
        method: 'POST' as const,
        path,
        handle: (request: Request) => answered(options, request, definition()),
      },
    ]
  })
}

function answered(options: CheckPagesOptions, request: Request, definition: ServiceDefinition): SitePage {
  const { places, countries = [], ground } = options
  const { language, form: sent } = request
  const today = ground.days.dateOf(ground.clock())
  const { answers, errors } = readAsked(definition, sent, { places, countries, language, today })
  const judgement = errors.length > 0 ? undefined : judge(definition, askedValues(definition, answers, today))
  return checkPage(options, request, definition, { errors, judgement })
}

interface Answered {
  readonly errors: readonly AskedError[]
  readonly judgement: Judgement | undefined
}

function checkPage(
  options: CheckPagesOptions,
  request: Request,
  definition: ServiceDefinition,
  { errors, judgement }: Answered = { errors: [], judgement: undefined },
): SitePage {
  const { language } = request
  const { lawName } = options.ground
  const home = `/services/${definition.id}`
  const title = words.title[language]
  const problems = errors.map(({ input, text }) => ({ field: input, text: text[language] }))
  return {
    kind: 'page',
    title: `${judgement === undefined ? title : words.resultTitle[language]}: ${definition.name[language]}`,
    ...(errors.length > 0 ? { status: 422 } : {}),
    body: h(
      'div',
      { class: 'column' },
      backLink(home, language, words.back[language]),
      errorSummary(problems, language),
      h('h1', null, judgement === undefined ? title : words.resultTitle[language]),
      h('p', { class: 'lead' }, definition.name[language]),
      judgement === undefined ? null : resultView({ definition, language, lawName }, judgement),
      judgement === undefined || judgement.refused.length > 0
        ? null
        : linkButton({ text: words.apply[language], href: `${home}/apply` }),
      questions(options, request, definition, { errors, judgement }),
    ),
  }
}

/** The questions, with what was answered. */
function questions(
  options: CheckPagesOptions,
  { language, form: sent, formKey }: Request,
  definition: ServiceDefinition,
  { errors, judgement }: Answered,
): ComponentChild {
  const { places, countries = [] } = options
  const fields = askedFields(definition)
  const isFirst = judgement === undefined
  if (fields.length === 0) return withoutQuestions(options, definition, language, isFirst)
  const setting = { language, shown: sent, isRequired: true, isHeading: false, places, countries, values: {} }
  return [
    isFirst ? h('p', null, words.lead[language]) : h('h2', null, words.againTitle[language]),
    form(
      { action: `/services/${definition.id}/check`, formKey },
      fields.map((field) => {
        const error = errors.find((one) => one.field === field.id)
        return fieldView(field, { ...setting, error })
      }),
      button({ text: words[isFirst ? 'button' : 'againButton'][language] }),
    ),
  ]
}

/** Conditions that nobody can be asked about beforehand are shown all the same. */
function withoutQuestions(
  { ground }: CheckPagesOptions,
  definition: ServiceDefinition,
  language: Request['language'],
  isFirst: boolean,
): ComponentChild {
  if (definition.requirements.length === 0) return h('p', null, words.none[language])
  if (!isFirst) return null
  const today = ground.days.dateOf(ground.clock())
  const judgement = judge(definition, askedValues(definition, {}, today))
  return [
    h('p', null, words.nothingAsked[language]),
    resultView({ definition, language, lawName: ground.lawName }, judgement),
  ]
}
