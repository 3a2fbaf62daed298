import type { Clock, Text } from '@sapan/kernel'
import { filled, Problem } from '@sapan/kernel'
import {
  button,
  checkboxes,
  dateField,
  dateParts,
  errorSummary,
  form,
  plainDate,
  plainTime,
  readDate,
  type SiteAnswer,
  type SitePage,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { FrozenSpan } from '../account/freezing.ts'
import { type GivenLately, type GivenRooms, givenName, givenSince } from '../account/given-lately.ts'
import type { Proof } from '../authenticators/authenticator.ts'
import type { Ceremonies, Ceremony } from '../authenticators/store/ceremonies.ts'
import { recoveryProblems } from '../problems/recovery.ts'
import type { SignIn } from '../provider/interactions.ts'
import { arrive, spokenProblem } from './arrive.ts'
import { boundOf } from './bound.ts'
import type { SignInOptions, SignInRequest } from './options.ts'

/** What the review of a frozen account stands on. */
export interface Reviewing {
  readonly clock: Clock
  readonly ceremonies: Ceremonies
  readonly rooms: GivenRooms
  /** Of the country: from how many days before the freeze on things are shown, unless the person asks for more or less. */
  readonly days: number
}

const reviewSeconds = 1800
const day = 86_400_000

interface Shown {
  readonly ceremony: string
  readonly proof: Proof
  readonly span: FrozenSpan
  /** Milliseconds since 1970. */
  readonly since: number
  readonly problem?: string
}

/**
 * Whoever may open the account looks first at what was given lately: only what they say is theirs goes on. Throws
 * `unfreeze-refused` for a proof that opens nothing.
 */
export async function reviewPage(
  options: SignInOptions,
  request: SignInRequest,
  signIn: SignIn,
  proof: Proof,
): Promise<SitePage> {
  const { ceremonies, days } = options.reviewing
  const span = await spanOf(options, proof)
  const { account, aal, amr, authenticators, at } = proof
  const kept = { account, aal, amr: [...amr], authenticators: [...authenticators], at }
  const ceremony = await ceremonies.begin(ceremonyOf(signIn), { proof: kept }, reviewSeconds)
  return shown(options, request, signIn, { ceremony, proof, span, since: span.frozenAt - days * day })
}

/** The same page from another date on. */
export async function takeReviewDate(
  options: SignInOptions,
  request: SignInRequest,
  signIn: SignIn,
): Promise<SiteAnswer> {
  const { form: sent, language } = request
  const before = await lookedAt(options, request, signIn)
  const date = readDate(sent, 'since')
  if (date.kind === 'date')
    return shown(options, request, signIn, { ...before, since: Date.parse(`${date.iso}T00:00:00+07:00`) })
  return shown(options, request, signIn, { ...before, problem: words.dateWrong[language] })
}

/** What was not confirmed is withdrawn; then the account opens, and the sign-in goes on. */
export async function takeReview(
  options: SignInOptions,
  request: SignInRequest,
  signIn: SignIn,
): Promise<SiteAnswer> {
  const { reviewing, freezing, pool, history } = options
  const review = await lookedAt(options, request, signIn)
  const { proof, ceremony } = review
  const confirmed = new Set(request.form.getAll('keep'))
  const given = await toReview(options, review)
  const withdrawn = given.filter((one) => !confirmed.has(givenName(one)))
  const by = { account: proof.account, session: boundOf(signIn), authenticatedAt: proof.at }
  try {
    for (const { kind, id } of withdrawn) await reviewing.rooms[kind].withdraw(by, id)
  } catch (error) {
    return shown(options, request, signIn, { ...review, problem: spokenProblem(error, request.language) })
  }
  await reviewing.ceremonies.finish(pool, ceremony, ceremonyOf(signIn))
  await freezing.unfreeze(proof)
  await history.record(pool, {
    account: proof.account,
    kind: 'given-reviewed',
    detail: { kept: String(given.length - withdrawn.length), withdrawn: String(withdrawn.length) },
  })
  return arrive(options, request, signIn, proof)
}

async function spanOf({ freezing }: SignInOptions, proof: Proof): Promise<FrozenSpan> {
  const span = await freezing.mayOpen(proof)
  if (span === undefined) throw new Problem(recoveryProblems['unfreeze-refused'])
  return span
}

/** What was begun in this visit, with the date of the page that was sent. */
async function lookedAt(
  options: SignInOptions,
  { form: sent }: SignInRequest,
  signIn: SignIn,
): Promise<Shown> {
  const { ceremonies, days } = options.reviewing
  const ceremony = sent.get('ceremony') ?? ''
  const { proof } = (await ceremonies.look(ceremony, ceremonyOf(signIn))) as { proof: Proof }
  const span = await spanOf(options, proof)
  const asked = sent.get('from') ?? ''
  const since = /^\d{1,15}$/.test(asked) ? Number(asked) : span.frozenAt - days * day
  return { ceremony, proof, span, since }
}

/** Ways of signing in that are younger than is trusted go anyway; the one that was used stays. */
async function toReview({ reviewing }: SignInOptions, { proof, span, since }: Shown): Promise<GivenLately[]> {
  const given = await givenSince(reviewing.rooms, proof.account, since)
  return given.filter(
    ({ kind, id, at }) =>
      kind !== 'authenticator' || (at <= span.trustedUntil && !proof.authenticators.includes(id)),
  )
}

async function shown(
  options: SignInOptions,
  request: SignInRequest,
  signIn: SignIn,
  review: Shown,
): Promise<SitePage> {
  const { language } = request
  const { since, span, problem } = review
  const days = Math.ceil((span.frozenAt - span.trustedUntil) / day)
  const given = await toReview(options, review)
  const sent = request.form.getAll('keep')
  const title = words.title[language]
  const hint = given.length === 0 ? words.nothing : words.hint
  return {
    kind: 'page',
    title,
    status: problem === undefined ? 200 : 422,
    formTargets: [signIn.client.origin],
    body: h(
      'div',
      { class: 'column' },
      errorSummary(problem === undefined ? [] : [{ field: 'since-day', text: problem }], language),
      h('h1', null, title),
      h('p', { class: 'lead' }, words.lead[language]),
      h('p', null, filled(hint[language], { date: plainDate(since, language) })),
      h('p', null, filled(words.young[language], { days })),
      openForm(request, signIn, review, { given, sent }),
      dateForm(request, signIn, review),
    ),
  }
}

function hidden({ ceremony, since }: Shown): ComponentChild[] {
  return [
    h('input', { type: 'hidden', name: 'ceremony', value: ceremony }),
    h('input', { type: 'hidden', name: 'from', value: String(since) }),
  ]
}

function openForm(
  { language, formKey }: SignInRequest,
  { uid }: SignIn,
  review: Shown,
  { given, sent }: { readonly given: readonly GivenLately[]; readonly sent: readonly string[] },
): ComponentChild {
  return form(
    { action: `/sign-in/${uid}/review`, formKey },
    hidden(review),
    given.length === 0
      ? null
      : checkboxes({
          name: 'keep',
          label: words.mine[language],
          hint: words.mineHint[language],
          values: sent,
          choices: given.map((one) => ({
            value: givenName(one),
            text: one.text[language],
            hint: plainTime(one.at, language),
          })),
        }),
    button({ text: given.length === 0 ? words.open[language] : words.openSome[language] }),
  )
}

function dateForm(
  { language, formKey, form: sent }: SignInRequest,
  { uid }: SignIn,
  review: Shown,
): ComponentChild {
  const iso = new Date(review.since + 7 * 3_600_000).toISOString().slice(0, 10)
  const { problem } = review
  return form(
    { action: `/sign-in/${uid}/review/date`, formKey },
    hidden(review),
    dateField({
      name: 'since',
      label: words.since[language],
      hint: words.sinceHint[language],
      language,
      value:
        problem === undefined
          ? dateParts(iso, language)
          : {
              day: sent.get('since-day') ?? '',
              month: sent.get('since-month') ?? '',
              year: sent.get('since-year') ?? '',
            },
      ...(problem !== undefined && { error: problem }),
    }),
    button({ text: words.show[language], kind: 'secondary' }),
  )
}

function ceremonyOf(signIn: SignIn): Ceremony {
  return { kind: 'open-again', bound: boundOf(signIn) }
}

const words = {
  title: { th: 'ตรวจสิ่งที่ให้ไว้ก่อนเปิดบัญชี', en: 'Before your account opens: what was given lately' },
  lead: {
    th: 'บัญชีของคุณยังถูกระงับอยู่ ผู้อื่นอาจให้สิ่งเหล่านี้ในชื่อของคุณ',
    en: 'Your account is still frozen. Somebody else may have given these in your name.',
  },
  hint: {
    th: 'เลือกเฉพาะสิ่งที่คุณทำเองตั้งแต่ {date} สิ่งที่ไม่เลือกจะถูกยกเลิกถาวร สิ่งที่ให้ไว้ก่อนหน้านั้นใช้ต่อได้',
    en: 'Tick only what you did yourself since {date}. What is not ticked is withdrawn for good. What was given before goes on.',
  },
  nothing: {
    th: 'ไม่มีความยินยอม บริการที่ให้รู้ข้อมูล การทำการแทน ข้อเสนอ หรือวิธีเข้าสู่ระบบที่เพิ่มตั้งแต่ {date}',
    en: 'No consent, service that is told about you, mandate, offer or way of signing in was added since {date}.',
  },
  young: {
    th: 'วิธีเข้าสู่ระบบที่เพิ่มก่อนระงับไม่ถึง {days} วัน หรือหลังจากนั้น จะถูกลบเสมอ',
    en: 'Ways of signing in that were added less than {days|day|days} before the freeze, or since, are always removed.',
  },
  mine: { th: 'สิ่งที่ฉันทำเอง', en: 'I did this myself' },
  mineHint: {
    th: 'ไม่แน่ใจ ไม่ต้องเลือก ให้ใหม่ภายหลังได้',
    en: 'If you are not sure, leave it out: you can give it again.',
  },
  open: { th: 'เปิดใช้บัญชี', en: 'Open my account' },
  openSome: { th: 'เปิดใช้บัญชี และยกเลิกสิ่งที่ไม่เลือก', en: 'Open my account, withdraw the rest' },
  since: { th: 'ดูตั้งแต่วันอื่น', en: 'Look from another day on' },
  sinceHint: {
    th: 'วันที่คุณคิดว่าผู้อื่นอาจเริ่มเข้าถึงบัญชี',
    en: 'The day from which somebody else may have been in your account.',
  },
  show: { th: 'แสดงรายการ', en: 'Show the list' },
  dateWrong: { th: 'กรอกวัน เดือน และปีที่มีจริง', en: 'Enter a day, month and year that exist.' },
} as const satisfies Record<string, Text>
