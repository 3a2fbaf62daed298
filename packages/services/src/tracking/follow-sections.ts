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

/** What happened, the latest first; of officers their agency alone, and who acted for whom it is about by name. */
export async function storySection(
  ground: Pick<ServicesGround, 'memberName' | 'rooms'>,
  { account, found }: { readonly account: string; readonly found: Pick<Case, 'party'> },
  definition: ServiceDefinition | undefined,
  story: readonly CaseEvent[],
  language: Language,
): Promise<ComponentChild> {
  const others = found.party === undefined ? [] : story.flatMap(({ actor }) => actor ?? [])
  const names = await namesOf(
    ground,
    others.filter((actor) => actor !== account),
  )
  const events = story.flatMap((event) => {
    const { action, at, words: written } = event
    const name = eventWords[action]
    const text = written?.text ?? toldText(ground, definition, event)?.[language]
    const by = event.actor === undefined ? undefined : names.get(event.actor)?.[language]
    return name === undefined
      ? []
      : [
          {
            time: plainTime(at, language),
            iso: new Date(at).toISOString(),
            title: name[language],
            body: [
              by === undefined
                ? null
                : h('p', { class: 'quiet' }, `${words.actedBy[language]} `, h('bdi', null, by)),
              text === undefined ? null : h('p', { class: 'as-written', dir: 'auto' }, text),
            ],
          },
        ]
  })
  return h('section', null, h('h2', null, words.story[language]), timeline([...events].reverse()))
}

/** The names of people who acted. */
async function namesOf(
  { rooms }: Pick<ServicesGround, 'rooms'>,
  accounts: readonly string[],
): Promise<ReadonlyMap<string, Text>> {
  const found = await Promise.all(
    [...new Set(accounts)].map(async (id): Promise<[string, Text][]> => {
      const name = (await rooms.accounts.find(id))?.name
      return name === undefined ? [] : [[id, { th: name.th || name.en, en: name.en || name.th }]]
    }),
  )
  return new Map(found.flat())
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
