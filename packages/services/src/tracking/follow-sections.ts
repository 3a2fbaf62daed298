import type { Case, CaseEvent, CasePerson, CaseView } from '@sapan/casework'
import type { Language, Text } from '@sapan/kernel'
import { details, plainTime, table, tag, timeline } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { ServiceDefinition } from '../definition/definition.ts'
import { effectOf } from '../effects/settled.ts'
import type { ServicesGround } from '../ground.ts'
import { documentsWithin } from '../submission/reach.ts'
import type { TrackingOptions } from './options.ts'
import { eventWords } from './state-words.ts'
import { trackingWords as words } from './words.ts'

/** The sealed documents that came of a case. */
export async function documentsSection(
  { ground }: TrackingOptions,
  { person, found, language }: { person: CasePerson; found: Case; language: Language },
): Promise<ComponentChild> {
  const all = await ground.documentbox.list(person.account, await documentsWithin(ground, person.account))
  const own = all.filter(({ reference }) => reference === found.id)
  const entry = ({ id, title, number, ended }: (typeof own)[number]) =>
    h(
      'li',
      null,
      h('a', { href: `/me/documents/${id}` }, title[language]),
      h('br', null),
      h('span', { class: 'quiet' }, number),
      ' ',
      ended === undefined ? null : tag(words[ended.why][language], 'warning'),
    )
  return h(
    'section',
    null,
    h('h2', null, words.documents[language]),
    own.length === 0
      ? h('p', { class: 'quiet' }, words.noDocuments[language])
      : h('ul', null, own.map(entry)),
  )
}

/** What happened, the latest first, without who did it. */
export function storySection(
  ground: Pick<ServicesGround, 'memberName'>,
  definition: ServiceDefinition | undefined,
  story: readonly CaseEvent[],
  language: Language,
): ComponentChild {
  const events = story.flatMap((event) => {
    const { action, at, words: written } = event
    const name = eventWords[action]
    const text = written?.text ?? toldText(ground, definition, event)?.[language]
    return name === undefined
      ? []
      : [
          {
            time: plainTime(at, language),
            iso: new Date(at).toISOString(),
            title: name[language],
            ...(text === undefined ? {} : { body: h('p', { class: 'as-written', dir: 'auto' }, text) }),
          },
        ]
  })
  return h('section', null, h('h2', null, words.story[language]), timeline([...events].reverse()))
}

/** What a register was told, and whose register it is. */
function toldText(
  { memberName }: Pick<ServicesGround, 'memberName'>,
  definition: ServiceDefinition | undefined,
  event: CaseEvent,
): Text | undefined {
  const id = effectOf(event)
  const effect = definition?.workflow.effects.find((one) => one.id === id)
  if (effect === undefined) return undefined
  const member = effect.service.split('/').slice(0, 3).join('/')
  const owner = memberName(member) ?? { th: member, en: member }
  return { th: `${effect.name.th} (${owner.th})`, en: `${effect.name.en} (${owner.en})` }
}

/** When officers opened it: their agency, not their names. */
export function viewsSection(
  { memberName }: Pick<ServicesGround, 'memberName'>,
  { agency }: Case,
  views: readonly CaseView[],
  language: Language,
): ComponentChild {
  const who = `${words.viewer[language]}${language === 'en' ? ' ' : ''}${memberName(agency)?.[language] ?? agency}`
  const list = table({
    caption: words.views[language],
    isCaptionHidden: true,
    columns: [{ title: words.views[language] }, { title: words.when[language] }],
    rows: views.map(({ at }) => [who, plainTime(at, language)]),
  })
  return details(
    { summary: words.views[language] },
    views.length === 0 ? h('p', null, words.noViews[language]) : list,
    h('p', null, h('a', { href: '/me/usage' }, words.allViews[language])),
  )
}
