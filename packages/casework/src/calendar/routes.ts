import { type Clock, type Language, Problem } from '@sapan/kernel'
import {
  dateParts,
  readDate,
  type SiteAnswer,
  type SiteRequest,
  type SiteRoute,
  sentDateParts,
} from '@sapan/ui'
import type { Officer } from '../task/task.ts'
import { type CalendarDay, dayKinds } from './calendar-day.ts'
import type { CalendarOverlay } from './overlay.ts'
import { type CalendarErrors, type CalendarWritten, calendarPage } from './page.ts'
import { calendarProblems } from './problems.ts'
import { calendarWords as words } from './words.ts'

export interface CalendarPagesOptions<Who, Need> {
  readonly calendar: CalendarOverlay
  readonly clock: Clock
  /** The member that keeps the calendar: who runs the system. */
  readonly operator: string
  readonly officerOf: (who: Who) => Officer
  /** In the language, where the name is known in it. */
  readonly nameOf: (account: string, language: Language) => Promise<string | undefined>
  readonly needs: Need
}

const path = '/desk/calendar'
const longest = 200

/** `/desk/calendar`: the cabinet's days, for administrators of the agency that runs the system. */
export function calendarRoutes<Who, Need>(options: CalendarPagesOptions<Who, Need>): SiteRoute<Who, Need>[] {
  const { needs } = options
  return [
    { method: 'GET', path, needs, handle: (request) => shown(options, request) },
    { method: 'POST', path, needs, handle: (request) => take(options, request) },
  ]
}

async function shown<Who, Need>(
  { calendar, operator, officerOf, nameOf }: CalendarPagesOptions<Who, Need>,
  { who, language, formKey, query }: SiteRequest<Who>,
  sent?: { readonly written: CalendarWritten; readonly errors: CalendarErrors },
): Promise<SiteAnswer> {
  if (officerOf(who).agency !== operator) throw new Problem(calendarProblems['calendar-not-yours'])
  const [changed, history] = await Promise.all([calendar.changed(), calendar.history()])
  const actors = [...new Set(history.map(({ actor }) => actor))]
  const names = new Map(
    await Promise.all(actors.map(async (one) => [one, await nameOf(one, language)] as const)),
  )
  const day = changed.find(({ date }) => date === query.get('date'))
  const written = sent?.written ?? (day && writtenOf(day, language))
  return calendarPage({ changed, history, names, language, formKey, written, errors: sent?.errors ?? {} })
}

function writtenOf({ date, kind, name, source }: CalendarDay, language: 'th' | 'en'): CalendarWritten {
  return { date: dateParts(date, language), kind, th: name.th, en: name.en, source }
}

async function take<Who, Need>(
  options: CalendarPagesOptions<Who, Need>,
  request: SiteRequest<Who>,
): Promise<SiteAnswer> {
  const { calendar, clock, operator, officerOf } = options
  const officer = officerOf(request.who)
  if (officer.agency !== operator) throw new Problem(calendarProblems['calendar-not-yours'])
  const { form, language } = request
  const text = (name: string) => (form.get(name) ?? '').trim()
  const date = readDate(form, 'date')
  const kind = dayKinds.find((one) => one === form.get('kind'))
  const written = {
    date: sentDateParts(form, 'date'),
    ...(kind && { kind }),
    ...{ th: text('th'), en: text('en'), source: text('source') },
  }
  const isPast = date.kind === 'date' && date.iso < calendar.days.dateOf(clock())
  const errors: CalendarErrors = {
    ...(date.kind !== 'date' && { date: words.dateWrong[language] }),
    ...(isPast && { date: calendarProblems['calendar-day-past'].next[language] }),
    ...(kind === undefined && { kind: words.kindMissing[language] }),
    ...Object.fromEntries(
      (['th', 'en', 'source'] as const)
        .filter((name) => written[name] === '' || written[name].length > longest)
        .map((name) => [name, words.textWrong[language]]),
    ),
  }
  if (Object.keys(errors).length > 0 || date.kind !== 'date' || kind === undefined)
    return { ...(await page(options, request, { written, errors })), status: 422 }
  const { th, en, source } = written
  await calendar.change({ date: date.iso, kind, name: { th, en }, source }, officer.account)
  return { kind: 'redirect', to: path }
}

async function page<Who, Need>(...asked: Parameters<typeof shown<Who, Need>>) {
  const answer = await shown(...asked)
  if (answer.kind !== 'page') throw new TypeError('a page was expected')
  return answer
}
