import { Problem } from '@sapan/kernel'
import {
  button,
  errorSummary,
  form,
  type SiteAnswer,
  type SiteLink,
  type SitePage,
  type SiteRoute,
  textField,
} from '@sapan/ui'
import { h } from 'preact'
import { mending } from '../../pages/proofing/question.ts'
import { proofingProblems } from '../../problems/proofing.ts'
import { REGISTRAR } from '../../proofing/counter/allowed.ts'
import type { Counter } from '../../proofing/counter/counter.ts'
import type { CounterOfficer } from '../../proofing/counter/ports.ts'
import type { ProofingGround } from '../../proofing/ground.ts'
import type { Need, Visitor } from '../../visitor.ts'
import { type DeskRequest, visitPage } from './visit-page.ts'
import { words } from './words.ts'

export interface CounterPagesOptions {
  readonly ground: ProofingGround
  readonly counter: Counter
  /** Where a person enters the code for a passkey on their own telephone: `https://id.example.go.th/enrol`. */
  readonly enrolAddress: string
}

const needs: Need = { duties: [REGISTRAR] }
const ROOT = '/desk/proofing'

/** The registrar's pages: `/desk/proofing…`. */
export function counterPages(options: CounterPagesOptions): SiteRoute<Visitor, Need>[] {
  const one = `${ROOT}/visits/:visit`
  return [
    { method: 'GET', path: ROOT, needs, handle: (request) => findPage(request) },
    { method: 'POST', path: ROOT, needs, handle: (request) => open(options, request) },
    { method: 'GET', path: one, needs, handle: (request) => show(options, request) },
    { method: 'POST', path: one, needs, handle: (request) => confirm(options, request) },
    { method: 'POST', path: `${one}/code`, needs, handle: (request) => makeCode(options, request) },
  ]
}

export const counterLink: SiteLink<Need> = { path: ROOT, text: words.title, needs }

/** Throws `counter-not-allowed` for who does not work as an officer. */
function officerOf({ who }: DeskRequest): CounterOfficer {
  if (who.officer === undefined) throw new Problem(proofingProblems['counter-not-allowed'])
  return { account: who.account, appointment: who.officer.appointment }
}

function findPage({ language, formKey, form: sent }: DeskRequest, isWrong = false): SitePage {
  const problems = isWrong ? [{ field: 'number', text: words.numberWrong[language] }] : []
  return {
    kind: 'page',
    status: isWrong ? 422 : 200,
    title: words.title[language],
    body: h(
      'div',
      { class: 'column' },
      errorSummary(problems, language),
      h('h1', null, words.title[language]),
      form(
        { action: ROOT, formKey },
        textField({
          name: 'number',
          label: words.number[language],
          hint: words.numberHint[language],
          value: sent.get('number') ?? '',
          inputMode: 'numeric',
          width: 20,
          longest: 20,
          autocomplete: 'off',
          ...(isWrong ? { error: words.numberWrong[language] } : {}),
        }),
        button({ text: words.find[language] }),
      ),
    ),
  }
}

async function open({ counter }: CounterPagesOptions, request: DeskRequest): Promise<SiteAnswer> {
  try {
    const { id } = await counter.open(officerOf(request), (request.form.get('number') ?? '').slice(0, 40))
    return { kind: 'redirect', to: `${ROOT}/visits/${id}` }
  } catch (error) {
    if (error instanceof Problem && error.code === 'proofing-no-match') return findPage(request, true)
    throw error
  }
}

const visitOf = ({ parameters }: DeskRequest): string => parameters.visit ?? ''

const shownBy = ({ ground, enrolAddress }: CounterPagesOptions) => ({
  evidences: ground.country.proofing.evidences,
  enrolAddress,
})

async function show(options: CounterPagesOptions, request: DeskRequest): Promise<SiteAnswer> {
  const visit = await options.counter.visit(officerOf(request), visitOf(request))
  return visitPage(request, { visit, ...shownBy(options) })
}

async function confirm(options: CounterPagesOptions, request: DeskRequest): Promise<SiteAnswer> {
  const [officer, id, { form: sent, language }] = [officerOf(request), visitOf(request), request]
  const evidences = ['first', 'second'].map((name) => ({
    kind: sent.get(name) ?? '',
    number: sent.get(`${name}-number`) ?? '',
  }))
  return await mending<SiteAnswer>(
    request,
    'first',
    async () => {
      await options.counter.proof(
        officer,
        id,
        { evidences, faceCompared: sent.get('face') === 'yes' },
        language,
      )
      return { kind: 'redirect', to: `${ROOT}/visits/${id}` }
    },
    async (problems) =>
      visitPage(request, { visit: await options.counter.visit(officer, id), ...shownBy(options), problems }),
  )
}

/** The page itself is the answer: the code is shown once, and lies in no address. */
async function makeCode(options: CounterPagesOptions, request: DeskRequest): Promise<SiteAnswer> {
  const [officer, id] = [officerOf(request), visitOf(request)]
  const code = await options.counter.enrolmentCode(officer, id)
  return visitPage(request, { visit: await options.counter.visit(officer, id), ...shownBy(options), code })
}
