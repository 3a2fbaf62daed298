import type { Case } from '@sapan/casework'
import { inTransaction, type Language, type Text } from '@sapan/kernel'
import {
  backLink,
  button,
  buttonGroup,
  errorSummary,
  form,
  notification,
  plainTime,
  radios,
  type SiteAnswer,
  summaryList,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { handedIn } from '../application/handed-in.ts'
import { applicationNow, applicationOf } from '../application/of-case.ts'
import { workflowValues } from '../effects/values.ts'
import type { ServicesGround } from '../ground.ts'
import { consenterOf } from '../submission/actor.ts'
import { type AskedParty, askedParties, partyKey } from '../submission/plan.ts'
import { submissionProblem } from '../submission/problems.ts'
import type { TrackingOptions, TrackingRequest } from './options.ts'
import { trackingWords } from './words.ts'

const words = {
  title: { th: 'มีผู้ขอความยินยอมของคุณ', en: 'Somebody needs your consent' },
  who: { th: 'ผู้ยื่น', en: 'Applicant' },
  what: { th: 'เรื่อง', en: 'For what' },
  agency: { th: 'หน่วยงาน', en: 'Agency' },
  till: { th: 'ตอบภายใน', en: 'Answer by' },
  about: {
    th: 'คุณไม่จำเป็นต้องยินยอม หากไม่ยินยอมหรือไม่ตอบ เรื่องนี้จะสิ้นสุดโดยไม่มีผลต่อคุณ ผู้ยื่นจะทราบว่าคุณตอบอย่างไร',
    en: 'You do not have to agree. If you don’t, or don’t answer, the application ends without consequences for you. The applicant learns what you said.',
  },
  agreedTo: { th: 'สิ่งที่คุณถูกขอให้ยินยอม', en: 'What you are asked to agree to' },
  yes: { th: 'ยินยอม', en: 'I agree' },
  no: { th: 'ไม่ยินยอม', en: 'I do not agree' },
  choose: { th: 'เลือกว่ายินยอมหรือไม่', en: 'Choose whether you agree' },
  send: { th: 'ส่งคำตอบ', en: 'Send the answer' },
  thanks: { th: 'บันทึกคำตอบของคุณแล้ว', en: 'Your answer is recorded' },
  afterYes: {
    th: 'หน่วยงานพิจารณาเรื่องนี้ต่อเมื่อทุกคนที่ถูกถามยินยอมแล้ว ผู้ยื่นได้รับแจ้งผล คุณไม่ต้องทำอะไรอีก',
    en: 'Once everybody who was asked agrees, the agency goes on with it and tells the applicant. You do not need to do anything else.',
  },
  afterNo: {
    th: 'เรื่องนี้สิ้นสุดโดยไม่มีผลต่อคุณ และเราแจ้งผู้ยื่นแล้ว หากตอบผิด ให้ผู้ยื่นยื่นใหม่ แล้วคุณจะถูกถามอีกครั้ง',
    en: 'The application ends without consequences for you, and the applicant is told. If you chose this by mistake, they can apply again, and you will be asked again.',
  },
} as const satisfies Record<string, Text>

/** What somebody is asked to agree to. Only for the person with that number; who has none yet finds it once it is proved. */
export async function consentPage(
  options: TrackingOptions,
  request: TrackingRequest,
  error?: Text,
): Promise<SiteAnswer> {
  const { language } = request
  const { found, asked } = await askedOf(options.ground, request)
  const { name } = applicationOf(found).applicant
  const title = words.title[language]
  const row = (key: Text, value: string) => ({ key: key[language], value })
  const { memberName } = options.ground
  return {
    kind: 'page',
    ...(error === undefined ? {} : { status: 422 }),
    title,
    body: h(
      'div',
      { class: 'column' },
      backLink('/me/applications', language, trackingWords.list[language]),
      error === undefined ? null : errorSummary([{ field: 'agrees', text: error[language] }], language),
      h('h1', null, title),
      summaryList([
        row(words.who, name[language] || name.th),
        row(words.what, found.title[language]),
        row(words.agency, memberName(found.agency)?.[language] ?? found.agency),
        ...(found.lapseAt === undefined ? [] : [row(words.till, plainTime(found.lapseAt, language))]),
      ]),
      agreedTo(options, found, asked, language),
      h('p', null, words.about[language]),
      consentForm(request, found, asked, error),
    ),
  }
}

/** The answers that they are asked to agree to, of the whole application these alone. */
function agreedTo(
  { ground, places }: TrackingOptions,
  found: Case,
  { consent: { shows = [] } }: AskedParty,
  language: Language,
): ComponentChild {
  const definition = ground.definitions.version(found.service, found.version)
  if (definition === undefined || shows.length === 0) return null
  const application = applicationNow(definition, found, ground.days)
  const day = ground.days.dateOf(application.submittedAt)
  const { pages } = handedIn(definition, application, { language, places, day })
  const rows = pages.flatMap(({ answers }) =>
    answers
      .filter(({ field, text }) => shows.includes(field.id) && text !== undefined)
      .map(({ label, text }) => ({
        key: label,
        value: h('span', { class: 'as-written', dir: 'auto' }, text),
      })),
  )
  return [h('h2', null, words.agreedTo[language]), summaryList(rows)]
}

function consentForm(
  { language, formKey }: TrackingRequest,
  found: Case,
  asked: AskedParty,
  error: Text | undefined,
): ComponentChild {
  return form(
    { action: `/me/applications/asked/${found.id}`, formKey },
    h('input', { type: 'hidden', name: 'consent', value: asked.consent.id }),
    radios({
      name: 'agrees',
      label: asked.consent.asks[language],
      choices: [
        { value: 'yes', text: words.yes[language] },
        { value: 'no', text: words.no[language] },
      ],
      ...(error === undefined ? {} : { error: error[language] }),
    }),
    buttonGroup(button({ text: words.send[language] })),
  )
}

/** Takes the answer. */
export async function takeConsent(options: TrackingOptions, request: TrackingRequest): Promise<SiteAnswer> {
  const { ground } = options
  const { language } = request
  const answer = request.form.get('agrees')
  if (answer !== 'yes' && answer !== 'no') return await consentPage(options, request, words.choose)
  const { found, asked, person } = await askedOf(ground, request)
  await inTransaction(ground.pool, async (client) => {
    const given = { consent: asked.consent.id, agrees: answer === 'yes' }
    await ground.cases.consent(client, person, found.id, given)
  })
  const title = words.thanks[language]
  const body = [
    backLink('/me/applications', language, trackingWords.list[language]),
    h('h1', null, title),
    notification({
      kind: answer === 'yes' ? 'success' : 'info',
      title: words[answer][language],
      isNew: true,
    }),
    h('p', null, (answer === 'yes' ? words.afterYes : words.afterNo)[language]),
  ]
  return { kind: 'page', title, body: h('div', { class: 'column' }, body) }
}

/** The consent that this person is asked for. Throws `case-not-found`, and `application-not-found` where nothing is asked any more. */
async function askedOf(ground: ServicesGround, { who, parameters }: TrackingRequest) {
  const person = await consenterOf(ground, who.account)
  const seen = await ground.cases.find(person, parameters.case ?? '')
  const found = await ground.cases.byId(ground.pool, seen.id)
  const asked = found && partiesAsked(ground, found).find((one) => isOf(ground, one, person.parties))
  if (found === undefined || asked === undefined) throw submissionProblem('application-not-found')
  return { person, found, asked }
}

function isOf(ground: ServicesGround, { number }: AskedParty, parties: readonly string[]): boolean {
  return parties.includes(partyKey(ground, { scheme: 'national-id', id: number }))
}

function partiesAsked(ground: ServicesGround, found: Case): readonly AskedParty[] {
  const definition = ground.definitions.version(found.service, found.version)
  if (definition === undefined || found.content === null) return []
  const values = workflowValues({ definition, case: found, days: ground.days, effects: {} })
  return askedParties(definition, values, []).filter(({ consent }) =>
    found.awaitedConsents.includes(consent.id),
  )
}
