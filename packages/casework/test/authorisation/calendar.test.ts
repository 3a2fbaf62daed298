import { Problem, WorkingDays } from '@sapan/kernel'
import type { SiteRequest } from '@sapan/ui'
import { describe, expect, it } from 'vitest'
import type { CalendarDay } from '../../src/calendar/calendar-day.ts'
import type { CalendarOverlay } from '../../src/calendar/overlay.ts'
import { calendarRoutes } from '../../src/calendar/routes.ts'
import type { Officer } from '../../src/task/task.ts'

const office = {
  ...{ offset: '+07:00', opens: '08:30', closes: '16:30', weekend: [0, 6], knownUntil: '2027-12-31' },
  ...{ holidays: new Map(), workdays: new Set<string>() },
}
const operator = 'TH/GOV/DGA'
const officer = (agency: string): Officer => ({ account: 'a', agency, duties: ['administrator'] })

function room() {
  const entered: CalendarDay[] = []
  const calendar = {
    days: new WorkingDays(office),
    changed: async () => [],
    history: async () => [],
    change: async (day: CalendarDay) => void entered.push(day),
  } satisfies Partial<CalendarOverlay> as Partial<CalendarOverlay> as CalendarOverlay
  const routes = calendarRoutes<Officer, string>({
    calendar,
    clock: () => Date.parse('2026-11-22T10:00:00+07:00'),
    operator,
    officerOf: (who) => who,
    nameOf: async () => undefined,
    needs: 'administrator',
  })
  return { entered, routes }
}

const form = new URLSearchParams({
  'date-day': '4',
  'date-month': '1',
  'date-year': '2027',
  kind: 'holiday',
  th: 'วันหยุดพิเศษ',
  en: 'Special holiday',
  source: 'มติคณะรัฐมนตรี',
})

function request(who: Officer): SiteRequest<Officer> {
  return {
    method: 'POST',
    path: '/desk/calendar',
    parameters: {},
    query: new URLSearchParams(),
    form,
    language: 'en',
    who,
    formKey: null,
    userAgent: '',
    address: '',
  }
}

describe('entering a day of the cabinet (POST /desk/calendar)', () => {
  it('asks for the administrator’s duty', () => {
    expect(room().routes.map(({ needs }) => needs)).toEqual(['administrator', 'administrator'])
  })

  it('is for administrators of the agency that runs the system', async () => {
    const { routes, entered } = room()
    const post = routes.find(({ method }) => method === 'POST')
    expect(await post?.handle(request(officer(operator)))).toEqual({ kind: 'redirect', to: '/desk/calendar' })
    expect(entered).toHaveLength(1)
  })

  it('is not for those of another agency, who cannot see it either', async () => {
    const { routes, entered } = room()
    for (const { handle } of routes) {
      const asked = async () => await handle(request(officer('TH/GOV/RD')))
      await expect(asked()).rejects.toMatchObject({ code: 'calendar-not-yours' })
      await expect(asked()).rejects.toBeInstanceOf(Problem)
    }
    expect(entered).toEqual([])
  })
})
