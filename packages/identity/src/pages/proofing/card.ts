import { formatNationalId, isNationalId, Problem, uuidv7 } from '@sapan/kernel'
import {
  backLink,
  button,
  dateField,
  errorSummary,
  type FieldProblem,
  form,
  type SiteAnswer,
  type SitePage,
  type SiteRoute,
  summaryList,
  textField,
} from '@sapan/ui'
import { h } from 'preact'
import { dateFaults, readBirthDate, todayIn } from '../../proofing/birth-date.ts'
import type { ProofingGround } from '../../proofing/ground.ts'
import { proveByPopulationRegister } from '../../proofing/population-register.ts'
import { type Draft, dropDraft, keepDraft, readDraft } from '../../proofing/store/drafts.ts'
import type { Need, Visitor } from '../../visitor.ts'
import type { ProofingPagesOptions } from './options.ts'
import { errorAt, mending, type ProofingRequest, question } from './question.ts'
import { words } from './words.ts'

const METHOD = 'population-register'
const ROOT = '/me/proofing/card'
const STEPS = ['number', 'code', 'birth-date', 'check'] as const

/** The national ID card: number, code, date of birth, check your answers. */
export function cardRoutes({ ground }: ProofingPagesOptions): SiteRoute<Visitor, Need>[] {
  return STEPS.flatMap((step, at): SiteRoute<Visitor, Need>[] => {
    const path = `${ROOT}/${step}`
    return [
      { method: 'GET', path, needs: {}, handle: (request) => show(ground, request, at) },
      { method: 'POST', path, needs: {}, handle: (request) => take(ground, request, at) },
    ]
  })
}

/** A step is shown when those before are answered; else the first that is not. */
async function show(ground: ProofingGround, request: ProofingRequest, at: number): Promise<SiteAnswer> {
  const draft = await readDraft(ground, request.who.account, METHOD)
  const open = STEPS.findIndex((step) => step === 'check' || draft[step] === undefined)
  if (at > open) return { kind: 'redirect', to: `${ROOT}/${STEPS[open]}` }
  return pageOf(ground, request, at, draft, [])
}

async function take(ground: ProofingGround, request: ProofingRequest, at: number): Promise<SiteAnswer> {
  const { account } = request.who
  const draft = await readDraft(ground, account, METHOD)
  const step = STEPS[at]
  if (step === 'check' || step === undefined) return await send(ground, request, draft)
  const sent = sentOf(request, step)
  const problem = problemOf(ground, request, step, sent)
  if (problem !== undefined)
    return pageOf(ground, request, at, { ...draft, [step]: sent }, [{ field: step, text: problem }])
  await keepDraft(ground, account, METHOD, { act: uuidv7(ground.clock()), ...draft, [step]: sent })
  const isAnswered = STEPS.every((one) => one === 'check' || one === step || draft[one] !== undefined)
  return { kind: 'redirect', to: `${ROOT}/${isAnswered ? 'check' : STEPS[at + 1]}` }
}

function sentOf({ form: sent }: ProofingRequest, step: string): string {
  const part = (name: string) => (sent.get(name) ?? '').trim().slice(0, 100)
  if (step !== 'birth-date') return part(step)
  return ['day', 'month', 'year'].map((name) => part(`${step}-${name}`).replaceAll('/', '')).join('/')
}

function problemOf(
  ground: ProofingGround,
  { language }: ProofingRequest,
  step: string,
  sent: string,
): string | undefined {
  if (step === 'number') return isNationalId(digitsOf(sent)) ? undefined : words.numberWrong[language]
  if (step === 'code') return cardCodeOf(ground, sent) ? undefined : words.codeWrong[language]
  const read = readBirthDate(writtenDate(sent), todayIn(ground.clock()))
  return 'fault' in read ? dateFaults[read.fault][language] : undefined
}

const digitsOf = (written: string): string => written.replace(/[\s-]/g, '')

function cardCodeOf({ country }: ProofingGround, written: string): string | undefined {
  const code = written.toUpperCase().replace(/\s/g, '')
  return new RegExp(country.proofing.cardCode.pattern).test(code) ? code : undefined
}

function writtenDate(sent: string): { day: string; month: string; year: string } {
  const [day = '', month = '', year = ''] = sent.split('/')
  return { day, month, year }
}

function pageOf(
  ground: ProofingGround,
  request: ProofingRequest,
  at: number,
  draft: Draft,
  problems: readonly FieldProblem[],
): SitePage {
  const step = STEPS[at]
  if (step === 'check' || step === undefined) return checkPage(request, draft, problems)
  const back = at === 0 ? '/me/proofing' : `${ROOT}/${STEPS[at - 1]}`
  const asked = { action: `${ROOT}/${step}`, back, send: words.continue, problems }
  return question(request, { ...asked, ...questionOf(ground, request, step, draft, problems) })
}

function questionOf(
  { country }: ProofingGround,
  { language }: ProofingRequest,
  step: 'number' | 'code' | 'birth-date',
  draft: Draft,
  problems: readonly FieldProblem[],
) {
  const common = { name: step, isHeading: true, ...errorAt(problems, step) }
  const value = draft[step]
  if (step === 'birth-date') {
    const field = {
      ...common,
      label: words.born[language],
      hint: words.bornHint[language],
      language,
      isBirthday: true,
    }
    return {
      title: words.born,
      fields: dateField({ ...field, value: value === undefined ? undefined : writtenDate(value) }),
    }
  }
  const isNumber = step === 'number'
  const hint = isNumber
    ? words.numberHint[language]
    : `${words.codeHint[language]} ${country.proofing.cardCode.example}`
  const field = {
    ...common,
    label: words[step][language],
    hint,
    value,
    width: 20,
    longest: 20,
    autocomplete: 'off',
  } as const
  return { title: words[step], fields: textField(isNumber ? { ...field, inputMode: 'numeric' } : field) }
}

function checkPage(
  { language, formKey }: ProofingRequest,
  draft: Draft,
  problems: readonly FieldProblem[],
): SitePage {
  const row = (step: 'number' | 'code' | 'birth-date', key: string, value: string) => ({
    key,
    value: h('span', { id: step }, value),
    action: {
      href: `${ROOT}/${step}`,
      text: words.change[language],
      label: `${words.change[language]}: ${key}`,
    },
  })
  const number = digitsOf(draft.number ?? '')
  return {
    kind: 'page',
    status: problems.length === 0 ? 200 : 422,
    title: words.check[language],
    body: h(
      'div',
      { class: 'column' },
      backLink(`${ROOT}/birth-date`, language),
      errorSummary(problems, language),
      h('h1', null, words.check[language]),
      summaryList([
        row('number', words.numberHint[language], isNationalId(number) ? formatNationalId(number) : number),
        row('code', words.code[language], draft.code ?? ''),
        row('birth-date', words.born[language], (draft['birth-date'] ?? '').replaceAll('/', ' / ')),
      ]),
      h('p', null, words.checkText[language]),
      form({ action: `${ROOT}/check`, formKey }, button({ text: words.askRegister[language] })),
      h('p', null, h('a', { href: '/me/proofing' }, words.otherWays[language])),
    ),
  }
}

async function send(ground: ProofingGround, request: ProofingRequest, draft: Draft): Promise<SiteAnswer> {
  const { account, session } = request.who
  const { act, number, code } = draft
  const read = readBirthDate(writtenDate(draft['birth-date'] ?? ''), todayIn(ground.clock()))
  const cardCode = cardCodeOf(ground, code ?? '')
  // Sent again after it was done, or left for too long.
  if (act === undefined || number === undefined || cardCode === undefined || 'fault' in read)
    return { kind: 'redirect', to: '/me/proofing' }
  const answers = { nationalId: digitsOf(number), cardCode, birthDates: read.dates }
  return await mending<SiteAnswer>(
    request,
    'number',
    async () => {
      await proveByPopulationRegister(ground, { account, act, session }, answers).catch(
        async (error: unknown) => {
          if (isOver(error)) await dropDraft(ground, account, METHOD)
          throw error
        },
      )
      await dropDraft(ground, account, METHOD)
      return { kind: 'redirect', to: '/me/proofing/done' }
    },
    (problems) => checkPage(request, draft, problems),
  )
}

/** What no other try mends. */
function isOver(error: unknown): boolean {
  return error instanceof Problem && ['proofing-number-in-use', 'proofing-other-person'].includes(error.code)
}
