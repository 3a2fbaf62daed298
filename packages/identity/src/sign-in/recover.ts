import { filled, isNationalId } from '@sapan/kernel'
import {
  button,
  dateField,
  type FieldProblem,
  form,
  inset,
  type SiteAnswer,
  type SitePage,
  sentDateParts,
  textField,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { countedAddress } from '../authenticators/throttle.ts'
import { dateFaults, readBirthDate, todayIn } from '../proofing/birth-date.ts'
import type { CardAnswers } from '../proofing/population-register.ts'
import type { SignIn } from '../provider/interactions.ts'
import { spokenProblem } from './arrive.ts'
import type { SignInOptions, SignInRequest } from './options.ts'
import { goOnProofed, portOf, type Recovering, recoveryPage } from './recovery-proofed.ts'
import { words } from './words.ts'

/** The three things that the population register is asked about. */
export function recoverPage(
  options: SignInOptions,
  request: SignInRequest,
  signIn: SignIn,
  wrong?: FieldProblem,
): SitePage {
  const { language } = request
  const body = [
    h('p', null, words.recoverHint[language]),
    inset(h('p', null, words.recoverOther[language])),
    proofForm(options, request, signIn, wrong),
    otherWays(options, request, signIn),
  ]
  return recoveryPage(language, signIn, wrong, body)
}

function otherWays({ outside }: SignInOptions, { language }: SignInRequest, { uid }: SignIn): ComponentChild {
  const way = (path: string, text: string) =>
    h('li', null, h('a', { href: `/sign-in/${uid}/recover/${path}` }, text))
  return h(
    'section',
    null,
    h('h2', null, words.otherWays[language]),
    h(
      'ul',
      null,
      outside === undefined
        ? null
        : way('outside', filled(words.recoverWith[language], { provider: outside.name[language] })),
      way('passport', words.recoverPassport[language]),
    ),
  )
}

function proofForm(
  { recovering }: SignInOptions,
  { language, formKey, form: sent }: SignInRequest,
  signIn: SignIn,
  wrong: FieldProblem | undefined,
): ComponentChild {
  const errorAt = (name: string) => (wrong?.field === name ? { error: wrong.text } : {})
  return form(
    { action: `/sign-in/${signIn.uid}/recover`, formKey },
    textField({
      name: 'number',
      label: words.recoverNumber[language],
      value: sent.get('number') ?? '',
      inputMode: 'numeric',
      autocomplete: 'off',
      width: 20,
      longest: 20,
      ...errorAt('number'),
    }),
    textField({
      name: 'code',
      label: words.recoverCode[language],
      hint: recovering?.cardCode.example,
      value: sent.get('code') ?? '',
      autocomplete: 'off',
      width: 20,
      longest: 20,
      ...errorAt('code'),
    }),
    dateField({
      name: 'birth-date',
      label: words.recoverBorn[language],
      language,
      value: sentDateParts(sent, 'birth-date'),
      ...errorAt('birth-date'),
    }),
    button({ text: words.recoverAsk[language] }),
  )
}

/** Asks the register. Who is found there and has an account goes on to add a passkey. */
export async function takeRecoverProof(
  options: SignInOptions,
  request: SignInRequest,
  signIn: SignIn,
): Promise<SiteAnswer> {
  const recovering = portOf(options)
  const { language, address } = request
  const answers = answersIn(recovering, request)
  if ('field' in answers) return recoverPage(options, request, signIn, answers)
  try {
    const proofed = await recovering.reproofing.byCard(countedAddress(address), answers)
    return await goOnProofed(options, request, signIn, proofed)
  } catch (error) {
    return recoverPage(options, request, signIn, { field: 'number', text: spokenProblem(error, language) })
  }
}

/** What was entered, or what is wrong with it. */
function answersIn(
  { cardCode, clock }: Recovering,
  { form: sent, language }: SignInRequest,
): CardAnswers | FieldProblem {
  const number = (sent.get('number') ?? '').replace(/[\s-]/g, '')
  if (!isNationalId(number)) return { field: 'number', text: words.recoverNumberWrong[language] }
  const code = (sent.get('code') ?? '').toUpperCase().replace(/\s/g, '')
  if (!new RegExp(cardCode.pattern).test(code))
    return { field: 'code', text: words.recoverCodeWrong[language] }
  const read = readBirthDate(sentDateParts(sent, 'birth-date'), todayIn(clock()))
  if ('fault' in read) return { field: 'birth-date', text: dateFaults[read.fault][language] }
  return { nationalId: number, cardCode: code, birthDates: read.dates }
}
