import { formatNationalId, type Language } from '@sapan/kernel'
import {
  backLink,
  button,
  checkbox,
  errorSummary,
  type FieldProblem,
  form,
  notification,
  plainCountry,
  plainTime,
  type SitePage,
  type SiteRequest,
  type SummaryRow,
  select,
  summaryList,
  textField,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { encodeQR } from 'qr'
import { shownBirthDate } from '../../pages/proofing/shown-date.ts'
import { shownName } from '../../pages/proofing/shown-name.ts'
import type { EnrolmentCode } from '../../proofing/counter/enrolment-code.ts'
import type { Visit } from '../../proofing/counter/visit.ts'
import type { EvidenceTerm } from '../../proofing/country.ts'
import type { Visitor } from '../../visitor.ts'
import { words } from './words.ts'

export type DeskRequest = SiteRequest<Visitor>

interface Shown {
  readonly visit: Visit
  readonly evidences: readonly EvidenceTerm[]
  readonly problems?: readonly FieldProblem[]
  /** Shown once, right after it was made. */
  readonly code?: EnrolmentCode
  /** Where the person enters the code. */
  readonly enrolAddress: string
}

/** A visitor: whom the register has, then the check, then the code for a passkey. */
export function visitPage(request: DeskRequest, shown: Shown): SitePage {
  const { language } = request
  const { visit, problems = [] } = shown
  return {
    kind: 'page',
    status: problems.length === 0 ? 200 : 422,
    title: words.title[language],
    body: h(
      'div',
      { class: 'column' },
      backLink('/desk/proofing', language, words.nextPerson[language]),
      errorSummary(problems, language),
      h('h1', null, words.title[language]),
      registered(visit, language),
      visit.state === 'open' ? checkForm(request, shown) : codePart(request, shown),
    ),
  }
}

function registered({ person: { identifier, profile } }: Visit, language: Language): ComponentChild {
  const { givenName, familyName, birthDate, nationality, source, fetchedAt } = profile
  const row = (key: keyof typeof words, value: ComponentChild): SummaryRow => ({
    key: words[key][language],
    value,
  })
  return h(
    'section',
    { 'aria-labelledby': 'registered' },
    h('h2', { id: 'registered' }, words.asRegistered[language]),
    summaryList([
      row('name', shownName(`${givenName.th} ${familyName.th}`)),
      row('english', shownName(`${givenName.en} ${familyName.en}`)),
      row('number13', formatNationalId(identifier.value)),
      ...(birthDate === undefined ? [] : [row('born', shownBirthDate(birthDate, language))]),
      ...(nationality === undefined ? [] : [row('nationality', plainCountry(nationality, language))]),
      row('source', `${source}, ${plainTime(fetchedAt, language)}`),
    ]),
  )
}

function checkForm({ language, formKey, form: sent }: DeskRequest, shown: Shown): ComponentChild {
  const { visit, evidences, problems = [] } = shown
  const [problem] = problems
  const choices = (list: readonly EvidenceTerm[]) =>
    list.map(({ code, name }) => ({ value: code, text: name[language] }))
  const kind = (name: 'first' | 'second', list: readonly EvidenceTerm[]) =>
    select({
      name,
      label: words[name][language],
      choices: choices(list),
      value: sent.get(name) ?? undefined,
      empty: words.choose[language],
      ...(problem?.field === name ? { error: problem.text } : {}),
    })
  const documentNumber = (name: 'first' | 'second') =>
    textField({
      name: `${name}-number`,
      label: `${words.documentNumber[language]}: ${words[name][language]}`,
      hint: words.documentHint[language],
      value: sent.get(`${name}-number`) ?? '',
      width: 20,
      longest: 40,
      autocomplete: 'off',
    })
  return form(
    { action: `/desk/proofing/visits/${visit.id}`, formKey },
    kind(
      'first',
      evidences.filter(({ photo }) => photo),
    ),
    documentNumber('first'),
    kind('second', evidences),
    documentNumber('second'),
    checkbox({ name: 'face', label: words.face[language], isChecked: sent.get('face') === 'yes' }),
    button({ text: words.confirm[language] }),
  )
}

function codePart({ language, formKey }: DeskRequest, { visit, code, enrolAddress }: Shown): ComponentChild {
  return h(
    'div',
    null,
    notification({ kind: 'success', title: words.done[language], isNew: code === undefined }),
    h('h2', null, words.codeTitle[language]),
    code === undefined ? null : codeShown(code, enrolAddress, language),
    form(
      { action: `/desk/proofing/visits/${visit.id}/code`, formKey },
      button({
        text: words[code === undefined ? 'makeCode' : 'newCode'][language],
        kind: code ? 'secondary' : 'main',
      }),
    ),
    h('p', null, h('a', { href: '/desk/proofing' }, words.nextPerson[language])),
  )
}

/** The code is no part of the address that is asked for: what follows # stays in the telephone. */
function codeShown({ code, expiresAt }: EnrolmentCode, address: string, language: Language): ComponentChild {
  return h(
    'div',
    null,
    h('p', null, words.codeText[language]),
    h('div', {
      class: 'qr',
      role: 'img',
      'aria-label': words.qr[language],
      dangerouslySetInnerHTML: { __html: encodeQR(`${address}#${code}`, 'svg', { ecc: 'medium', scale: 4 }) },
    }),
    summaryList([
      { key: enrolAddress(address), value: h('a', { href: address }, address) },
      { key: words.code[language], value: h('strong', null, code) },
      { key: words.until[language], value: plainTime(expiresAt, language) },
    ]),
  )
}

function enrolAddress(address: string): string {
  return new URL(address).host
}
