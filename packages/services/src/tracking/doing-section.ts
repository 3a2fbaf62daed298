import type { Case, CaseEvent, CasePerson } from '@sapan/casework'
import type { Language } from '@sapan/kernel'
import { button, form, inset, linkButton, plainTime } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { ServiceDefinition } from '../definition/definition.ts'
import { mayCopy } from './copy.ts'
import { doingsOf } from './doings.ts'
import { mayAct, onlyLooking } from './may-act.ts'
import type { TrackingOptions, TrackingRequest } from './options.ts'
import { paymentSection } from './payment-section.ts'
import { trackingWords as words } from './words.ts'

export interface Doing {
  readonly definition: ServiceDefinition | undefined
  readonly found: Case
  readonly person: CasePerson
  /** The same with those alone for whom they may act in it. */
  readonly actor: CasePerson
  /** The last thing that an officer asked. */
  readonly asked: CaseEvent | undefined
}

/** What the person has to do, then what they can do; for who may only look, why. */
export async function doingSection(
  options: TrackingOptions,
  request: TrackingRequest,
  doing: Doing,
): Promise<ComponentChild> {
  const { language, who } = request
  const { ground } = options
  const { found, person, actor } = doing
  const isActing = mayAct(found, actor)
  const must = isActing
    ? [await paymentSection(ground, who.account, found, language), question(doing, language)].filter(Boolean)
    : []
  const can = [
    ...choices(options, request, doing, isActing),
    copying(request, doing, await mayCopy(options, who, found)),
  ].filter(Boolean)
  return [
    isActing ? null : await onlyLooking(ground, found, person, language),
    must.length === 0 ? null : h('section', null, h('h2', null, words.doNow[language]), must),
    can.length === 0
      ? null
      : h('section', null, h('h2', null, words.canDo[language]), h('ul', { class: 'plain' }, can)),
  ]
}

function question({ found, asked }: Doing, language: Language): ComponentChild {
  if (found.state !== 'awaiting-information') return null
  return inset(
    h('p', null, h('strong', null, words.asked[language])),
    h('p', { class: 'as-written' }, asked?.words?.text ?? ''),
    h('p', null, linkButton({ text: words.reply[language], href: `/me/applications/${found.id}/reply` })),
  )
}

function choices(
  { ground }: TrackingOptions,
  { language }: TrackingRequest,
  { found }: Doing,
  isActing: boolean,
): ComponentChild[] {
  const at = `/me/applications/${found.id}`
  const link = (href: string, text: string, more?: string) =>
    h('li', null, h('a', { href }, text), more === undefined ? null : ` (${more})`)
  const { appealUntil } = found
  const doings = isActing ? doingsOf(found, ground.clock()) : []
  return [
    link(`${at}/receipt`, words.receipt[language]),
    appealUntil !== undefined && doings.includes('appeal')
      ? link(
          `${at}/appeal`,
          words.appeal[language],
          `${words.appealTill[language]} ${plainTime(appealUntil, language)}`,
        )
      : null,
    doings.includes('withdraw') ? link(`${at}/withdraw`, words.withdraw[language]) : null,
  ]
}

/** Applying again with the same answers, once it is over. */
function copying(
  { language, formKey }: TrackingRequest,
  { found, definition }: Doing,
  isOffered: boolean,
): ComponentChild {
  if (found.endedAt === undefined || definition === undefined || !isOffered) return null
  const press = button({ text: words.copy[language], kind: 'secondary' })
  return h('li', null, form({ action: `/me/applications/${found.id}/copy`, formKey, inline: true }, press))
}
