import { Problem } from '@sapan/kernel'
import type { SiteAnswer, SiteRequest, SiteRoute } from '@sapan/ui'
import type { OfficersGround } from '../../officers/act.ts'
import { checkRegister, type RegisterOptions } from '../../officers/check-register.ts'
import type { ImportJobs } from '../../officers/import/jobs.ts'
import { unreadable } from '../../officers/import/read-file.ts'
import type { Officers } from '../../officers/officers.ts'
import type { Need, Visitor } from '../../visitor.ts'
import { administratorNeeds } from '../administering.ts'
import { officerOf } from '../officer-of.ts'
import { entryPage, faultsOf, rawEntry } from './entry-page.ts'
import { entryValues } from './entry-values.ts'
import { chooseFilePage, importPage } from './import-pages.ts'
import { listPage } from './list-page.ts'
import { officerPage } from './officer-page.ts'
import { words } from './words.ts'

export interface OfficerRoutesOptions {
  readonly ground: OfficersGround
  readonly officers: Officers
  readonly imports: ImportJobs
  readonly register: Omit<RegisterOptions, 'officers'>
}

type Request = SiteRequest<Visitor>
type Handle = (request: Request) => Promise<SiteAnswer> | SiteAnswer

const fileBytes = 11 * 1024 * 1024

/**
 * `/desk/officers…`: an agency's officers, for its administrators. What is sent asks for a fresh proof, but a search and
 * a file that is only looked at: a form waits while they prove themselves, a file cannot.
 */
export function officerRoutes(options: OfficerRoutesOptions): SiteRoute<Visitor, Need>[] {
  const { country } = options.ground
  const { looks, acts } = administratorNeeds(country)
  const route = (method: 'GET' | 'POST', needs: Need) => (path: string, handle: Handle) => ({
    method,
    path,
    needs,
    handle,
  })
  const [get, getToAct] = [route('GET', looks), route('GET', acts)]
  const [post, postToLook] = [route('POST', acts), route('POST', looks)]
  return [
    get('/desk/officers', (request) => list(options, request)),
    postToLook('/desk/officers', (request) => list(options, request)),
    getToAct('/desk/officers/new', (request) => newEntry(request)),
    post('/desk/officers/new', (request) => add(options, request)),
    getToAct('/desk/officers/import', (request) => chooseFilePage(country, request)),
    {
      ...postToLook('/desk/officers/import', (request) => checkFile(options, request)),
      uploadBytes: fileBytes,
    },
    get('/desk/officers/import/:import', async (request) =>
      importPage(await options.imports.find(officerOf(request.who), named(request, 'import')), request),
    ),
    post('/desk/officers/import/:import', (request) => runImport(options, request)),
    get('/desk/officers/:officer', (request) => show(options, request)),
    getToAct('/desk/officers/:officer/change', (request) => changeEntry(options, request)),
    post('/desk/officers/:officer/change', (request) => change(options, request)),
    post('/desk/officers/:officer/duties', (request) => giveDuty(options, request)),
    post('/desk/officers/:officer/duties/:duty/end', async (request) => {
      const officer = named(request, 'officer')
      await options.officers.endDuty(officerOf(request.who), officer, named(request, 'duty'))
      return to(officer)
    }),
    post('/desk/officers/:officer/end', async (request) => {
      await options.officers.end(officerOf(request.who), named(request, 'officer'))
      return to(named(request, 'officer'))
    }),
    post('/desk/officers/:officer/check', (request) => askRegister(options, request)),
  ]
}

async function askRegister(
  { ground, register, officers }: OfficerRoutesOptions,
  request: Request,
): Promise<SiteAnswer> {
  const officer = named(request, 'officer')
  await checkRegister(ground, { ...register, officers }, officerOf(request.who), officer)
  return to(officer)
}

const named = ({ parameters }: Request, name: string): string => parameters[name] ?? ''
const to = (officer: string): SiteAnswer => ({ kind: 'redirect', to: `/desk/officers/${officer}` })

const states = ['invited', 'live', 'ended'] as const

async function list({ ground, officers }: OfficerRoutesOptions, request: Request): Promise<SiteAnswer> {
  const { method, query, form: search, language, formKey, who } = request
  const given = (name: string) => search.get(name)?.trim() || undefined
  const state = given('state')
  const filter = {
    words: given('words'),
    duty: given('duty'),
    state: states.find((each) => each === state),
  }
  const after = query.get('after')
  const page = await officers.list(officerOf(who), filter, {
    ...(after === null ? {} : { after }),
    ...(method === 'POST' ? { size: 200 } : {}),
  })
  return listPage({ page, search, formKey, country: ground.country, language, now: ground.clock() })
}

const newPage = ({ language, formKey }: Request) => ({
  language,
  formKey,
  action: '/desk/officers/new',
  title: words.add[language],
  isNew: true,
})

function newEntry(request: Request): SiteAnswer {
  return entryPage({ ...newPage(request), values: new URLSearchParams() })
}

async function add({ officers }: OfficerRoutesOptions, request: Request): Promise<SiteAnswer> {
  const { form: values, who } = request
  try {
    const { id } = await officers.add(officerOf(who), rawEntry(values))
    return to(id)
  } catch (error) {
    const faults = faultsOf(error)
    if (!faults) throw error
    return entryPage({ ...newPage(request), values, faults })
  }
}

const changePage = (request: Request) => ({
  language: request.language,
  formKey: request.formKey,
  action: `/desk/officers/${named(request, 'officer')}/change`,
  title: words.change[request.language],
  isNew: false,
})

async function changeEntry(
  { officers, ground }: OfficerRoutesOptions,
  request: Request,
): Promise<SiteAnswer> {
  const record = await officers.find(officerOf(request.who), named(request, 'officer'))
  return entryPage({ ...changePage(request), values: entryValues(record, ground.country) })
}

async function change({ officers }: OfficerRoutesOptions, request: Request): Promise<SiteAnswer> {
  const { form: values, who } = request
  try {
    await officers.change(officerOf(who), named(request, 'officer'), rawEntry(values))
    return to(named(request, 'officer'))
  } catch (error) {
    const faults = faultsOf(error)
    if (!faults) throw error
    return entryPage({ ...changePage(request), values, faults })
  }
}

async function show(
  { officers, ground }: OfficerRoutesOptions,
  request: Request,
  more: Pick<Parameters<typeof officerPage>[0], 'faults' | 'sent'> = {},
): Promise<SiteAnswer> {
  const by = officerOf(request.who)
  const officer = await officers.find(by, named(request, 'officer'))
  const history = await officers.historyOf(by, officer.id)
  const { language, formKey } = request
  const { country, clock } = ground
  return officerPage({ officer, history, country, language, formKey, now: clock(), ...more })
}

async function giveDuty(options: OfficerRoutesOptions, request: Request): Promise<SiteAnswer> {
  const { form: sent, who } = request
  const field = (name: string) => sent.get(name) ?? ''
  try {
    await options.officers.giveDuty(officerOf(who), named(request, 'officer'), {
      duty: field('duties'),
      role: field('role'),
      behalf: field('on_behalf_of'),
      from: field('duty_from'),
      till: field('duty_till'),
    })
    return to(named(request, 'officer'))
  } catch (error) {
    const faults = faultsOf(error)
    if (!faults) throw error
    return show(options, request, { faults, sent })
  }
}

async function checkFile({ imports }: OfficerRoutesOptions, request: Request): Promise<SiteAnswer> {
  const file = request.files?.get('file')
  if (!file || file.bytes.length === 0) throw unreadable('ยังไม่ได้เลือกไฟล์', 'No file was chosen')
  const id = await imports.check(officerOf(request.who), file.bytes)
  return { kind: 'redirect', to: `/desk/officers/import/${id}` }
}

async function runImport({ imports }: OfficerRoutesOptions, request: Request): Promise<SiteAnswer> {
  const id = named(request, 'import')
  try {
    await imports.run(officerOf(request.who), id)
  } catch (error) {
    // A second press: the page shows what came of the first.
    if (!(error instanceof Problem) || error.code !== 'officer-import-over') throw error
    await imports.find(officerOf(request.who), id)
  }
  return { kind: 'redirect', to: `/desk/officers/import/${id}` }
}
