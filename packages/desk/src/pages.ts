import type { Need, Visitor } from '@sapan/identity'
import { Problem } from '@sapan/kernel'
import {
  button,
  emptyState,
  form,
  linkButton,
  type SiteAnswer,
  type SitePage,
  type SiteRequest,
  type SiteRoute,
  table,
  tag,
  tile,
  tiles,
} from '@sapan/ui'
import { h } from 'preact'
import { linksOf } from './frame.ts'
import type { DeskAppointment, DeskOptions } from './options.ts'
import { deskProblems } from './problems.ts'
import { words } from './words.ts'

type Request = SiteRequest<Visitor | undefined>

/** The desk's own pages: what there is to do, as what one works, and the keys. */
export function deskPages(options: DeskOptions): SiteRoute<Visitor | undefined, Need>[] {
  return [
    { method: 'GET', path: '/', handle: (request) => startPage(options, request) },
    {
      method: 'GET',
      path: '/desk/appointments',
      needs: {},
      handle: (request) => appointmentsPage(options, request),
    },
    {
      method: 'POST',
      path: '/desk/appointments',
      needs: {},
      handle: (request) => chooseAppointment(options, request),
    },
    { method: 'GET', path: '/desk/keys', handle: (request) => keysPage(options, request) },
  ]
}

function startPage({ links }: DeskOptions, { who, language }: Request): SitePage {
  const title = words.home[language]
  if (who === undefined) {
    const body = h(
      'div',
      { class: 'column' },
      h('h1', null, words.welcome[language]),
      h('p', { class: 'lead' }, words.welcomeText[language]),
      linkButton({ text: words.signIn[language], href: '/sign-in' }),
    )
    return { kind: 'page', title: words.welcome[language], body }
  }
  const mine = linksOf(links, who)
  const shown = mine.map(({ path, text, about }) =>
    tile({ title: text[language], href: path, body: about[language] }),
  )
  const body = [
    h('h1', null, title),
    h('p', { class: 'lead' }, words.lead[language]),
    shown.length > 0
      ? tiles(...shown)
      : emptyState(words.nothing[language], h('p', null, words.nothingNext[language])),
  ]
  return { kind: 'page', title, body }
}

async function appointmentsPage(options: DeskOptions, request: Request): Promise<SitePage> {
  const { language, who } = request
  const all = await options.appointmentsOf(signedIn(who).account)
  const title = words.appointments[language]
  const body = [
    h('h1', null, title),
    h('p', { class: 'lead' }, words.appointmentsLead[language]),
    all.length === 0
      ? emptyState(words.none[language], h('p', null, words.noneNext[language]))
      : h(
          'ul',
          { class: 'task-list' },
          all.map((one) => appointmentRow(one, request)),
        ),
  ]
  return { kind: 'page', title, body }
}

function appointmentRow({ id, title, agencyName }: DeskAppointment, { language, who, formKey }: Request) {
  const isCurrent = who?.officer?.appointment === id
  return h(
    'li',
    null,
    h('div', null, h('strong', null, title[language]), h('p', { class: 'quiet' }, agencyName[language])),
    isCurrent
      ? tag(words.as[language], 'success')
      : form(
          { action: '/desk/appointments', formKey, inline: true },
          h('input', { type: 'hidden', name: 'appointment', value: id }),
          button({
            text: words.choose[language],
            kind: 'secondary',
            label: `${words.choose[language]}: ${title[language]}, ${agencyName[language]}`,
          }),
        ),
  )
}

/** Throws `desk-appointment-unknown`, for another's too. */
async function chooseAppointment(options: DeskOptions, { who, form: sent }: Request): Promise<SiteAnswer> {
  const { account, session } = signedIn(who)
  const id = sent.get('appointment')
  const all = await options.appointmentsOf(account)
  const found = all.find((one) => one.id === id)
  if (found === undefined) {
    options.log.warn({ account }, 'an appointment was asked for that is not there, or is of another account')
    throw new Problem(deskProblems['desk-appointment-unknown'])
  }
  await options.relyingParty.choose({ account, session }, { appointment: found.id })
  return { kind: 'redirect', to: '/' }
}

function keysPage({ links }: DeskOptions, { language, who }: Request): SitePage {
  const title = words.keys[language]
  const key = (...names: string[]) => names.map((name) => [h('kbd', null, name), ' '])
  const places = linksOf(links, who).flatMap(({ key: letter, text }) =>
    letter === undefined ? [] : [[key('g', letter), text[language]]],
  )
  const rows = [[key('?'), words.keysThis[language]], [key('m'), words.keysMain[language]], ...places]
  const body = h(
    'div',
    { class: 'column' },
    h('h1', null, title),
    h('p', null, words.keysLead[language]),
    table({
      caption: title,
      isCaptionHidden: true,
      columns: [{ title: words.keysColumn[language] }, { title: words.doesColumn[language] }],
      rows,
    }),
  )
  return { kind: 'page', title, body }
}

function signedIn(who: Visitor | undefined): Visitor {
  if (who === undefined) throw new Error('a page of officers was opened by nobody')
  return who
}
