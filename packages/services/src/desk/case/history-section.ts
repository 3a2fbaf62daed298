import type { CaseEvent } from '@sapan/casework'
import type { Language } from '@sapan/kernel'
import { personName, plainTime, timeline } from '@sapan/ui'
import { type ComponentChild, type ComponentChildren, h } from 'preact'
import { effectOf } from '../../effects/settled.ts'
import type { DeskCasesOptions } from '../options.ts'
import type { OpenCase } from './case-page.ts'
import { effectName } from './told-section.ts'
import { eventWords, words } from './words.ts'

/** What happened, the last first, with the officers who did it. */
export async function historySection(
  options: DeskCasesOptions,
  { events, definition }: OpenCase,
  language: Language,
): Promise<ComponentChild> {
  const names = await officersIn(options, events, language)
  return [
    h('h2', null, words.history[language]),
    timeline(
      events.toReversed().map((event) => ({
        time: plainTime(event.at, language),
        iso: new Date(event.at).toISOString(),
        title: [titleOf(event, names, language), toldOf(event, definition, language)],
        body: event.words?.text ? h('p', { class: 'as-written', dir: 'auto' }, event.words.text) : null,
      })),
    ),
  ]
}

/** Which register an event says was told. */
function toldOf(event: CaseEvent, definition: OpenCase['definition'], language: Language): string | null {
  const effect = effectOf(event)
  return effect === undefined ? null : `: ${effectName({ definition }, effect)[language]}`
}

function titleOf(
  { action, by, actor, assignee }: CaseEvent,
  names: ReadonlyMap<string, string>,
  language: Language,
): ComponentChildren {
  const named = (account: string | undefined) =>
    account === undefined ? undefined : (names.get(account) ?? words.officer[language])
  const doer = by === 'officer' ? named(actor) : undefined
  const to = action === 'assign' ? named(assignee) : undefined
  const people = [doer, to].flatMap((one, at) =>
    one === undefined ? [] : [at === 0 || doer === undefined ? ': ' : ' → ', personName(one, language)],
  )
  return [eventWords[action][language], ...people]
}

/** Of officers only: who applies is not named in the list of events. */
async function officersIn(
  { nameOf }: DeskCasesOptions,
  events: readonly CaseEvent[],
  language: Language,
): Promise<ReadonlyMap<string, string>> {
  const accounts = new Set(
    events.flatMap(({ by, actor, assignee }) => [by === 'officer' ? actor : undefined, assignee]),
  )
  const names = new Map<string, string>()
  for (const account of accounts) {
    const name = account === undefined ? undefined : await nameOf(account, language)
    if (account !== undefined && name !== undefined) names.set(account, name)
  }
  return names
}
