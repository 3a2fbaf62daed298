import { type Report, reasonTexts, type SignatureReport } from '@sapan/documents/check'
import type { Language, Text } from '@sapan/kernel'
import { type ComponentChild, h } from 'preact'
import type { CarriedData } from '../checking/carried-data.ts'
import { insideView } from './inside-view.ts'
import { facts, type Pair, toneMark } from './parts.ts'
import { issuerOf, signerName } from './signer.ts'
import { plainTime } from './time.ts'
import { changeWords, severityWords, stampWords, toneOf, toneWords, verdictOf, words } from './words.ts'

/*
 * The report as people read it: on the page of the portal, and in the checker that runs in a browser. Nothing here
 * knows of a server.
 */

export interface ReportViewOptions {
  readonly language: Language
  /** Address of a picture of the first page: `data:` or `blob:`. */
  readonly picture?: string | undefined
  /** Data inside the file, to be read beside the picture. */
  readonly data?: readonly CarriedData[] | undefined
}

/** What was found, in the order in which people ask. */
export function reportView(report: Report, options: ReportViewOptions): ComponentChild {
  const { language } = options
  return h(
    'div',
    { class: 'report' },
    verdictPanel(report, language),
    report.signatures.length === 0 ? null : signatureList(report, language),
    insideView(report, options),
    remarks(report, language),
  )
}

function verdictPanel(report: Report, language: Language): ComponentChild {
  const { tone, title, meaning } = verdictOf(report)
  const name = report.file.name
  return h(
    'section',
    { class: `verdict ${tone}`, 'aria-labelledby': 'verdict' },
    h('h1', { id: 'verdict' }, toneMark(tone), h('span', null, title[language])),
    h('p', null, meaning[language]),
    h(
      'p',
      { class: 'quiet' },
      name === undefined ? null : h('strong', { class: 'break' }, name),
      name === undefined ? null : h('br', null),
      `${words.checkedAt[language]} ${plainTime(report.at, language)}`,
    ),
  )
}

function signatureList({ signatures }: Report, language: Language): ComponentChild {
  return h(
    'section',
    null,
    h('h2', null, words.signatures[language]),
    ...signatures.map((signature, index) =>
      signatureCard(signature, signatures.length > 1 ? index + 1 : undefined, language),
    ),
  )
}

function signatureCard(
  signature: SignatureReport,
  number: number | undefined,
  language: Language,
): ComponentChild {
  const tone = toneOf(signature.indication)
  const name = signerName(signature, language)
  return h(
    'article',
    { class: `card ${tone}` },
    h(
      'h3',
      null,
      h('span', { class: 'break' }, number === undefined ? name : `${number}. ${name}`),
      h('span', { class: `tag ${tone}` }, toneMark(tone), toneWords[tone][language]),
    ),
    facts(signatureFacts(signature, language)),
    signatureDetails(signature, language),
  )
}

function signatureFacts(signature: SignatureReport, language: Language): Pair[] {
  const { signer, indication, subIndication, reason, location, covers = [] } = signature
  const issuer = issuerOf(signature)
  return [
    ...(indication !== 'TOTAL-PASSED' && subIndication !== undefined
      ? ([
          [words.why[language], h('strong', null, reasonTexts[subIndication].means[language])],
          [words.next[language], reasonTexts[subIndication].next[language]],
        ] as Pair[])
      : []),
    [words.changed[language], changeWords(signature)[language]],
    [words.signedAt[language], signingTime(signature, language)],
    ...(signer?.organisation === undefined || signer.organisation === signer.name
      ? []
      : [[words.organisation[language], signer.organisation] as Pair]),
    ...(issuer === undefined ? [] : [[issuer.label[language], issuer.name] as Pair]),
    ...(reason ? [[words.reason[language], reason] as Pair] : []),
    ...(location ? [[words.place[language], location] as Pair] : []),
    ...(covers.length > 0 ? [[words.covers[language], covers.join(', ')] as Pair] : []),
  ]
}

/** How long a time-stamp takes: what the signer says is then as good as proved. */
const nearby = 10 * 60_000

/** The signer's own word, unless a time-stamp bounds it. */
export function signingTime(
  { bestSignatureTime, claimedAt, timestamps }: SignatureReport,
  language: Language,
): string {
  const stamped = timestamps.some(({ indication }) => indication === 'TOTAL-PASSED')
  if (bestSignatureTime !== undefined && stamped) {
    const proved = plainTime(bestSignatureTime, language)
    const claimed = claimedAt === undefined ? proved : plainTime(claimedAt, language)
    const isNear = Math.abs(Date.parse(claimedAt ?? '') - Date.parse(bestSignatureTime)) < nearby
    if (isNear) return `${claimed} (${words.provenTime[language]}${claimed === proved ? '' : ` ${proved}`})`
    // What is proved comes first: the time that the signer names may be any.
    const said = claimedAt === undefined ? '' : `; ${words.says[language]} ${claimed}`
    return `${words.before[language]} ${proved} (${words.provenTime[language]}${said})`
  }
  if (claimedAt === undefined) return words.noTime[language]
  return `${plainTime(claimedAt, language)} (${words.claimedTime[language]})`
}

function signatureDetails(signature: SignatureReport, language: Language): ComponentChild {
  const { checks, timestamps } = signature
  return h(
    'details',
    null,
    h('summary', null, words.details[language]),
    h(
      'ul',
      { class: 'checks' },
      ...checks.map(({ passed, text, detail }) => checkLine(passed, text, detail, language)),
    ),
    timestamps.length === 0 ? null : h('h4', null, words.timestamps[language]),
    timestamps.length === 0
      ? null
      : h(
          'ul',
          { class: 'checks' },
          ...timestamps.map(({ indication, at, authority, kind }) => {
            const text = [at && plainTime(at, language), authority, stampWords[kind][language]]
              .filter(Boolean)
              .join(' · ')
            return checkLine(indication === 'TOTAL-PASSED', { th: text, en: text }, undefined, language)
          }),
        ),
    facts(technicalFacts(signature, language)),
  )
}

function checkLine(
  passed: boolean,
  text: Text,
  detail: string | undefined,
  language: Language,
): ComponentChild {
  const tone = passed ? 'good' : 'bad'
  return h(
    'li',
    { class: tone },
    toneMark(tone),
    h('span', { class: 'hidden' }, `${words[passed ? 'passed' : 'failed'][language]}: `),
    h(
      'span',
      null,
      text[language],
      detail === undefined || passed ? null : h('code', { lang: 'en' }, detail),
    ),
  )
}

function technicalFacts(signature: SignatureReport, language: Language): Pair[] {
  const { level, indication, subIndication, algorithms, signer } = signature
  const used = [algorithms.key, algorithms.signature, algorithms.digest].filter(Boolean).join(', ')
  return [
    [
      words.result[language],
      h('code', null, subIndication ? `${indication} / ${subIndication}` : indication),
    ],
    [words.level[language], level],
    ...(used === '' ? [] : [[words.algorithms[language], used] as Pair]),
    ...(signer === undefined
      ? []
      : ([
          [words.serial[language], h('code', null, signer.serial)],
          [
            words.validity[language],
            `${plainTime(signer.notBefore, language)} ${words.until[language]} ${plainTime(signer.notAfter, language)}`,
          ],
          [words.fingerprint[language], h('code', { class: 'break' }, signer.fingerprint)],
        ] as Pair[])),
  ]
}

function remarks(report: Report, language: Language): ComponentChild {
  const findings = [
    ...report.findings,
    ...report.signatures.flatMap((signature) => signature.findings),
    // Said above: at the top, or beside the data.
  ].filter(({ code }) => code !== 'no-signature' && code !== 'embedded-differs')
  if (findings.length === 0) return null
  return h(
    'section',
    null,
    h('h2', null, words.remarks[language]),
    h(
      'ul',
      { class: 'remarks' },
      ...findings.map(({ severity, text, detail }) =>
        h(
          'li',
          { class: severity },
          h('strong', null, `${severityWords[severity][language]}: `),
          text[language],
          detail === undefined ? null : h('code', { lang: 'en', class: 'break' }, detail),
        ),
      ),
    ),
  )
}
