import type { Language, Text } from '@sapan/kernel'
import { details, notification, tag } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { ServiceDefinition } from '../../definition/definition.ts'
import { askedFields } from '../../eligibility/asked.ts'
import type { JudgedRequirement, Judgement, Verdict } from '../../eligibility/judge.ts'
import { missingPaths, pathName, pathValue } from '../../eligibility/path-words.ts'
import { overallWords, verdictWords, checkWords as words } from './words.ts'

export interface ResultSetting {
  readonly definition: ServiceDefinition
  readonly language: Language
  readonly lawName: (code: string) => Text | undefined
}

const looks = { yes: 'success', no: 'danger', unknown: 'neutral' } as const satisfies Record<Verdict, string>

/** What came of it: all together, then condition by condition, with what decided and the law. */
export function resultView(setting: ResultSetting, { overall, judged }: Judgement): ComponentChild {
  const { language } = setting
  return h(
    'div',
    null,
    notification({
      kind: overall === 'yes' ? 'success' : overall === 'no' ? 'warning' : 'info',
      title: overallWords[overall][language],
      body: h('p', null, words.notBinding[language]),
      isNew: true,
    }),
    h('h2', null, words.conditions[language]),
    judged.map((one) => oneRequirement(setting, one)),
  )
}

function oneRequirement(setting: ResultSetting, judged: JudgedRequirement): ComponentChild {
  const { definition, language, lawName } = setting
  const { requirement, verdict, decidedBy } = judged
  const { name, otherwise, law } = requirement
  const reasons = decidedBy.map(({ path, value }) =>
    h('li', null, `${pathName(definition, path, language)}: ${pathValue(definition, path, value, language)}`),
  )
  return h(
    'section',
    null,
    h('h3', null, name[language], ' ', tag(verdictWords[verdict][language], looks[verdict])),
    reasons.length === 0 ? null : [h('p', null, words.because[language]), h('ul', null, reasons)],
    verdict === 'no'
      ? h('p', null, h('strong', null, words.instead[language]), `: ${otherwise[language]}`)
      : null,
    verdict === 'unknown' ? unknown(setting, judged) : null,
    details(
      { summary: words.law[language] },
      h('p', null, `${lawName(law.law)?.[language] ?? law.law} ${words.section[language]} ${law.section}`),
      h('p', null, law.about[language]),
    ),
  )
}

function unknown({ definition, language }: ResultSetting, { missing }: JudgedRequirement): ComponentChild {
  const paths = missingPaths(definition, missing)
  const names = new Set(paths.map((path) => pathName(definition, path, language)))
  const asked = askedFields(definition).map(({ id }) => `answers.${id}`)
  const isBelow = paths.some((path) => asked.includes(path))
  return [
    names.size === 0
      ? null
      : [
          h('p', null, words.missing[language]),
          h(
            'ul',
            null,
            [...names].map((name) => h('li', null, name)),
          ),
        ],
    h('p', null, words[isBelow ? 'below' : 'later'][language]),
  ]
}
