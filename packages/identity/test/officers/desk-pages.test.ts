import type { FormPart, SiteAnswer, SiteRequest } from '@sapan/ui'
import { h } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { officerRoutes } from '../../src/desk/officers/routes.ts'
import { createImportJobs } from '../../src/officers/import/jobs.ts'
import type { Visitor } from '../../src/visitor.ts'
import { officersCountry } from './country.ts'
import { dopa, numberOf, OfficersHouse, type TestOfficer } from './house.ts'

let house: OfficersHouse
let administrator: TestOfficer
let routes: ReturnType<typeof officerRoutes>
beforeAll(async () => {
  house = await OfficersHouse.open()
  administrator = await house.administrator(dopa)
  const ground = { ...house.ground, country: officersCountry }
  routes = officerRoutes({
    ground,
    officers: house.officers,
    imports: createImportJobs(ground, house.officers),
    register: {
      ask: async () => ({
        status: 200,
        body: { officer: true, agency: { th: 'กรมการปกครอง', en: 'DOPA' } },
        exchange: 'exchange-1',
      }),
      agencyName: () => ({ th: 'กรมการปกครอง' }),
    },
  })
})
afterAll(() => house.ground.database.drop())

interface Sent {
  readonly form?: Record<string, string>
  readonly file?: string
  readonly language?: 'th' | 'en'
}

/** Asks a page as the administrator does. */
async function ask(method: 'GET' | 'POST', path: string, { form = {}, file, language = 'th' }: Sent = {}) {
  for (const route of routes) {
    const names = route.path.split('/').flatMap((part) => (part.startsWith(':') ? [part.slice(1)] : []))
    const pattern = new RegExp(`^${route.path.replaceAll(/:[a-z]+/g, '([^/]+)')}$`)
    const found = route.method === method ? pattern.exec(path) : null
    if (!found) continue
    const part: FormPart = { name: 'file', filename: 'a.csv', bytes: Buffer.from(file ?? '') } as FormPart
    const request: SiteRequest<Visitor> = {
      method,
      path,
      parameters: Object.fromEntries(names.map((name, i) => [name, found[i + 1] ?? ''])),
      query: new URLSearchParams(),
      form: new URLSearchParams(form),
      files: new Map(file === undefined ? [] : [['file', part]]),
      language,
      who: visitor(),
      formKey: null,
      userAgent: '',
      address: '',
    }
    return route.handle(request)
  }
  throw new Error(`no page ${path}`)
}

function visitor(): Visitor {
  const { account, appointment } = administrator
  const level = { ial: '2.3', aal: '2.2' }
  const officer = { appointment, agency: dopa, duties: ['administrator'] }
  return { account, name: '', session: 's', level, authenticatedAt: house.now, officer }
}

const text = (answer: SiteAnswer) =>
  answer.kind === 'page' ? renderToString(h('main', null, answer.body)) : answer.kind
const place = (answer: SiteAnswer) => (answer.kind === 'redirect' ? answer.to : text(answer))
const entry = { national_id: numberOf(801), given_name: 'วิชัย', family_name: 'มั่นคง', title_th: 'นักปกครอง' }

describe('the desk of an administrator', () => {
  it('adds an officer, gives a duty, asks the register, ends the duty, and ends the appointment', async () => {
    const officer = place(await ask('POST', '/desk/officers/new', { form: entry }))
    expect(officer).toMatch(/^\/desk\/officers\/[0-9a-f-]{36}$/)
    await ask('POST', `${officer}/duties`, {
      form: { duties: 'registrar', role: 'in-absence', on_behalf_of: 'นายอำเภอ' },
    })
    await ask('POST', `${officer}/check`)
    const page = text(await ask('GET', officer))
    for (const shown of [
      'วิชัย มั่นคง',
      'นายทะเบียน',
      'รักษาราชการแทน นายอำเภอ',
      'เป็นข้าราชการของหน่วยงานนี้',
      'exchange-1',
    ])
      expect(page).toContain(shown)
    const [, end = ''] = /action="([^"]+\/end)"/.exec(page) ?? []
    await ask('POST', end)
    expect(text(await ask('GET', officer))).toContain('ยังไม่มีหน้าที่')
    await ask('POST', `${officer}/end`)
    expect(text(await ask('GET', officer))).toContain('สิ้นสุดแล้ว')
  })

  it('says beside the field what is wrong, and keeps what was written', async () => {
    const answer = await ask('POST', '/desk/officers/new', {
      form: { ...entry, national_id: '123' },
      language: 'en',
    })
    expect(answer).toMatchObject({ kind: 'page', status: 422 })
    const page = text(answer)
    expect(page).toContain('href="#national_id"')
    expect(page).toContain('value="วิชัย"')
  })

  it('looks at a file before it brings it in, and shows the report afterwards', async () => {
    const file = `national_id,given_name,title_th,duties\n${numberOf(811)},วิชัย,นักปกครอง,registrar`
    const job = place(await ask('POST', '/desk/officers/import', { file }))
    expect(text(await ask('GET', job))).toContain('บันทึกทั้งหมดตามรายงาน')
    await ask('POST', job)
    expect(text(await ask('GET', job))).toContain('บันทึกเรียบร้อย')
    // Pressed twice: nothing happens twice.
    expect(place(await ask('POST', job))).toBe(job)
  })

  it('cannot bring in a file with a bad line', async () => {
    const job = place(
      await ask('POST', '/desk/officers/import', { file: 'national_id,given_name,title_th\n1,ก,ข' }),
    )
    const page = text(await ask('GET', job))
    expect(page).toContain('ยังไม่บันทึก')
    expect(page).not.toContain('บันทึกทั้งหมดตามรายงาน')
  })

  it('finds officers without their number in the address', async () => {
    await ask('POST', '/desk/officers/new', {
      form: { ...entry, national_id: numberOf(821), given_name: 'กมล' },
    })
    const page = text(await ask('POST', '/desk/officers', { form: { words: numberOf(821) } }))
    expect(page).toContain('กมล')
    expect(page).not.toMatch(new RegExp(`(href|action)="[^"]*${numberOf(821)}`))
    expect(text(await ask('POST', '/desk/officers', { form: { words: 'ไม่มีใคร' } }))).toContain('ไม่พบเจ้าหน้าที่')
  })

  it('is refused by every page that its duty is asked for', () => {
    expect(routes.every(({ needs }) => needs?.duties?.includes('administrator'))).toBe(true)
  })
})
