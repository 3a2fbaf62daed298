import { filled, type Text } from '@sapan/kernel'
import {
  button,
  details,
  form,
  linkButton,
  notification,
  plainCountry,
  plainTime,
  type SitePage,
  type SummaryRow,
  summaryList,
  table,
  tag,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { type Account, nameOf, type OwnIdentifier, type Profile } from '../../account/account.ts'
import { maskedIdentifier } from '../../account/masked.ts'
import { mayAskAgain } from '../../proofing/ask-again.ts'
import { methodOf } from '../../proofing/country.ts'
import type { Evidence } from '../../proofing/evidence.ts'
import { evidenceOfAccount } from '../../proofing/store/evidence.ts'
import { shownBirthDate } from '../proofing/shown-date.ts'
import { shownName } from '../proofing/shown-name.ts'
import type { DataPagesOptions, DataRequest } from './options.ts'
import { words } from './words.ts'

/** What is kept of a person: who they are and where from, their numbers masked, how they proved it. */
export async function dataPage(options: DataPagesOptions, request: DataRequest): Promise<SitePage> {
  const { ground } = options
  const { language, who, query } = request
  const [account, profile, identifiers, evidence, canAsk] = await Promise.all([
    ground.accounts.find(who.account),
    ground.accounts.profileOf(who.account),
    ground.accounts.identifiersOf(who.account),
    evidenceOfAccount(ground.pool, who.account),
    mayAskAgain(ground, who.account),
  ])
  const title = words.title[language]
  return {
    kind: 'page',
    title,
    body: [
      query.has('asked')
        ? notification({ kind: 'success', title: words.asked[language], isNew: true })
        : null,
      h('h1', null, title),
      h('p', { class: 'column' }, words.lead[language]),
      personPart(options, request, profile, canAsk),
      numbersPart(options, request, identifiers),
      evidencePart(options, request, evidence),
      account === undefined ? null : restPart(request, account),
      h(
        'section',
        { class: 'column' },
        h('h2', null, words.take[language]),
        h('p', null, words.takeHint[language]),
        linkButton({ text: words.download[language], href: '/me/data/file', kind: 'secondary' }),
      ),
    ],
  }
}

function personPart(
  options: DataPagesOptions,
  request: DataRequest,
  profile: Profile | undefined,
  canAsk: boolean,
): ComponentChild {
  const { language, formKey } = request
  if (profile === undefined)
    return h(
      'section',
      null,
      h('h2', null, words.person[language]),
      h('p', null, words.noPerson[language]),
      h('p', null, h('a', { href: '/me/proofing' }, words.prove[language])),
    )
  const owner = ownerOf(options, profile.source)
  const time = plainTime(profile.fetchedAt, language)
  const source =
    owner === undefined
      ? filled(words.yourself[language], { time })
      : filled(words.source[language], { source: owner[language], time })
  const wrong =
    owner === undefined
      ? [words.wrongSelf[language], ' ', h('a', { href: '/me/proofing/name' }, words.change[language])]
      : filled(words.wrongOwner[language], { source: owner[language] })
  return h(
    'section',
    null,
    h('h2', null, words.person[language]),
    summaryList(personRows(profile, language)),
    h('p', { class: 'quiet' }, source),
    details({ summary: words.wrong[language] }, h('p', null, wrong)),
    canAsk
      ? form(
          { action: '/me/data/ask', formKey },
          h('p', { class: 'column' }, words.askHint[language]),
          button({ text: words.ask[language], kind: 'secondary' }),
        )
      : null,
  )
}

function personRows(profile: Profile, language: 'th' | 'en'): SummaryRow[] {
  const { th, en } = nameOf(profile)
  const { birthDate, sex, nationality } = profile
  const row = (key: Text, value: ComponentChild | undefined): SummaryRow[] =>
    value === undefined || value === '' ? [] : [{ key: key[language], value }]
  const sexes: Readonly<Record<string, Text>> = { male: words.male, female: words.female }
  return [
    ...row(words.name, shownName(th || en)),
    ...(en !== '' && en !== th ? row(words.nameEn, shownName(en)) : []),
    ...row(words.born, birthDate && shownBirthDate(birthDate, language)),
    ...row(words.sex, sex && (sexes[sex]?.[language] ?? sex)),
    ...row(words.nationality, nationality && plainCountry(nationality, language)),
  ]
}

/** Whose the data is; undefined for what the person said themselves. */
function ownerOf({ ground, memberName }: DataPagesOptions, source: string): Text | undefined {
  const { code, name } = ground.country.proofing.outsideProvider
  return source === code ? name : memberName(source)
}

function numbersPart(
  { ground }: DataPagesOptions,
  { language }: DataRequest,
  identifiers: readonly OwnIdentifier[],
): ComponentChild {
  const { code, name } = ground.country.proofing.outsideProvider
  const names: Readonly<Record<string, Text>> = {
    'national-id': words.nationalId,
    'foreigner-number': words.foreigner,
    passport: words.passport,
    email: words.email,
  }
  const keyOf = (scheme: string) => {
    const provider = scheme === `external:${code}` ? name[language] : scheme.replace('external:', '')
    return names[scheme]?.[language] ?? filled(words.outside[language], { provider })
  }
  const rows = identifiers.map((one) => ({
    key: keyOf(one.scheme),
    value: [
      h('bdi', { class: 'number' }, maskedIdentifier(one)),
      ' ',
      one.proved ? tag(words.proved[language], 'success') : tag(words.said[language], 'neutral'),
    ],
    action:
      one.scheme === 'email'
        ? { href: '/me/notices/email', text: words.change[language], label: words.email[language] }
        : undefined,
  }))
  return h(
    'section',
    null,
    h('h2', null, words.numbers[language]),
    rows.length === 0 ? h('p', null, words.noNumbers[language]) : summaryList(rows),
  )
}

function evidencePart(
  { ground }: DataPagesOptions,
  { language }: DataRequest,
  evidence: readonly Evidence[],
): ComponentChild {
  const columns = [words.when, words.how, words.level, words.record].map((text) => ({
    title: text[language],
  }))
  const rows = evidence.map(({ id, at, method, levelAfter }) => [
    plainTime(at, language),
    methodOf(ground.country.proofing, method).name[language],
    `IAL ${levelAfter}`,
    h('span', { class: 'number' }, id),
  ])
  return h(
    'section',
    null,
    h('h2', null, words.evidence[language]),
    rows.length === 0
      ? h('p', null, words.noEvidence[language])
      : table({ caption: words.evidence[language], isCaptionHidden: true, columns, rows }),
  )
}

function restPart({ language }: DataRequest, account: Account): ComponentChild {
  const spoken = account.language === 'th' ? words.thai : words.english
  return h(
    'section',
    null,
    h('h2', null, words.rest[language]),
    summaryList([
      {
        key: words.language[language],
        value: spoken[language],
        source: words.languageHint[language],
      },
      { key: words.opened[language], value: plainTime(account.createdAt, language) },
    ]),
  )
}
