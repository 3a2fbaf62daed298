import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { field, page, text } from '../form/made.ts'
import { boatLicence, cel } from '../submission/made.ts'
import { officer } from '../submission/office.ts'
import { type ApiOffice, any, mali, openApiOffice, type Sent } from './office.ts'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let api: ApiOffice
beforeAll(async () => {
  const { form, fee: _, ...others } = boatLicence()
  const [boat, ...pages] = form.pages
  const more = [
    field('date', { id: 'built', label: text('Built on') }),
    field('yes-no', { id: 'engine', label: text('Engine') }),
    field('whole', { id: 'power', label: text('Power'), required: true, when: cel('answers.engine') }),
    field('file', { id: 'photo', label: text('Photograph') }),
  ]
  const wide = page('boat', [...(boat?.fields ?? []), ...more])
  api = await openApiOffice({ ...others, form: { ...form, pages: [wide, ...pages] } })
})
afterAll(() => api[Symbol.asyncDispose]())

async function asked(wanted: { fields?: string[]; files?: string[] } = {}) {
  const { submit, draft, cases } = api.office
  const id = await submit(await draft())
  const { caseVersion } = await cases.read(officer, id)
  const taken = await cases.take(officer, { case: id, version: caseVersion })
  const seen = { case: id, version: taken.caseVersion }
  await cases.ask(officer, seen, 'เรือสีอะไร', { fields: [], files: [], ...wanted })
  return `/api/applications/${id}`
}

const reply = (at: string, body: unknown, more: Partial<Sent> = {}) =>
  api.call(`${at}/reply`, { method: 'POST', body, as: mali, headers: any, ...more })
const replies = async (at: string) =>
  (await api.office.cases.read(officer, at.split('/').at(-1) ?? '')).replies ?? []
const pointers = ({ value }: Awaited<ReturnType<typeof reply>>): string[] =>
  value.errors.map(({ pointer }: { pointer: string }) => pointer)
function formOf(said: unknown, files: Readonly<Record<string, Buffer>>): FormData {
  const form = new FormData()
  form.set('reply', JSON.stringify(said))
  for (const [name, bytes] of Object.entries(files))
    form.set(name, new Blob([new Uint8Array(bytes)]), 'a.png')
  return form
}

describe('what an officer asks', () => {
  it('is found from the application, with what was handed in', async () => {
    const at = await asked({ fields: ['metres', 'photo'], files: ['ใบเสร็จค่าไม้'] })
    const { value } = await api.call(at, { as: mali })
    expect(value.links).toEqual({ reply: `${at}/reply`, withdraw: `${at}/withdraw` })
    const { value: wanted, etag } = await api.call(value.links.reply, { as: mali })
    expect(wanted).toMatchObject({
      text: 'เรือสีอะไร',
      fields: [
        { path: 'metres', type: 'whole', before: 4 },
        { path: 'photo', type: 'file' },
      ],
      documents: [{ part: 'extra-0', label: 'ใบเสร็จค่าไม้' }],
    })
    expect(etag).toBe((await api.call(at, { as: mali })).etag)
  })

  it('is nothing of a case of which nothing is asked', async () => {
    const at = `/api/applications/${await api.office.submit(await api.office.draft())}`
    expect((await api.call(`${at}/reply`, { as: mali })).value.code).toBe('case-transition-not-allowed')
    expect((await reply(at, { text: 'x' })).value.code).toBe('case-transition-not-allowed')
    expect((await api.call(at, { as: mali })).value.links).toEqual({ withdraw: `${at}/withdraw` })
  })
})

describe('a reply by program', () => {
  it('takes words and answers of the case as it was seen, and once under a key', async () => {
    const at = await asked({ fields: ['metres', 'built'] })
    const { etag } = await api.call(at, { as: mali })
    const body = { text: ' แดง ', answers: { built: '2024-02-29' } }
    expect((await reply(at, body, { headers: {} })).status).toBe(428)
    const stale = await reply(at, body, { headers: { 'if-match': etag.replace(/\d+"$/, '1"') } })
    expect([stale.status, stale.value.code]).toEqual([412, 'api-precondition-failed'])
    const headers = { 'if-match': etag, 'idempotency-key': '"reply-1"' }
    const first = await reply(at, body, { headers })
    expect([first.status, first.value.state, first.etag === etag]).toEqual([200, 'awaiting-decision', false])
    expect((await reply(at, body, { headers })).value).toEqual(first.value)
    // What is left out stays as it was handed in.
    expect(await replies(at)).toEqual([
      { text: 'แดง', answers: { metres: 4, built: '2024-02-29' }, files: [] },
    ])
    expect((await reply(at, body)).value.code).toBe('case-transition-not-allowed')
  })

  it('gets one through of two at once', async () => {
    const at = await asked()
    const headers = { 'if-match': (await api.call(at, { as: mali })).etag }
    const both = await Promise.all(['ก', 'ข'].map((text) => reply(at, { text }, { headers })))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412])
  })

  it('is told where it is wrong, and then nothing of it is kept', async () => {
    const at = await asked({ fields: ['metres', 'engine'], files: ['ใบเสร็จค่าไม้'] })
    for (const [body, pointer] of [
      [{ text: 'ก'.repeat(4001) }, '/text'],
      [{ text: 'a\u202eb' }, '/text'],
      [{ text: '\ud83d' }, '/text'],
      [{ text: 'x', answers: { metres: 'ห้า' } }, '/answers/metres'],
      [{ text: 'x', answers: { metres: null } }, '/answers/metres'],
      [{ text: 'x', answers: { metres: [{}] } }, '/answers/metres'],
      [{ text: 'x', answers: { boat: 'เรือรบ' } }, '/answers/boat'],
      [{ text: 'x', answers: { 'a/b~c': 1 } }, '/answers/a~1b~0c'],
      [{ text: 'x', answers: { power: 40 } }, '/answers/power'],
      [{ text: 'x', answers: { engine: true } }, '/answers/power'],
      [{ text: 'x', answers: [] }, '/answers'],
      [{}, '/extra-0'],
      [formOf({ text: 'x' }, { photo: png }), '/photo'],
      [formOf({ text: 'x' }, { boat: png }), '/boat'],
      [formOf({ text: 'x' }, { 'extra-0': Buffer.from('MZ bad') }), '/extra-0'],
    ] as const) {
      const answer = await reply(at, body)
      expect([answer.status, answer.type, pointers(answer)]).toEqual([
        422,
        'application/problem+json',
        [pointer],
      ])
    }
    expect(await replies(at)).toEqual([])
    const { rowCount } = await api.office.database.pool.query('select from services.draft_file')
    expect(rowCount).toBe(0)
  })

  it('answers what its answers bring up with them', async () => {
    const at = await asked({ fields: ['engine'] })
    expect((await reply(at, { answers: { engine: true, power: 40 } })).status).toBe(200)
    expect(await replies(at)).toMatchObject([{ answers: { engine: true, power: 40 } }])
  })

  it('brings files for fields and for documents in a form', async () => {
    const at = await asked({ fields: ['photo', 'metres'], files: ['ใบเสร็จค่าไม้'] })
    const sent = formOf({ answers: { metres: 5 } }, { photo: png, 'extra-0': png })
    expect((await reply(at, sent)).status).toBe(200)
    expect(await replies(at)).toMatchObject([
      {
        answers: { metres: 5, photo: { name: 'a.png', mediaType: 'image/png' } },
        files: [{ label: 'ใบเสร็จค่าไม้', file: { mediaType: 'image/png' } }],
      },
    ])
  })

  it('speaks none of the inputs by which only the page remembers', async () => {
    const at = await asked({ fields: ['metres'], files: ['ใบเสร็จค่าไม้'] })
    for (const name of ['place', 'remove-file', 'more', 'extra-0-kept', 'metres', 'text']) {
      const form = formOf({ text: 'x' }, {})
      form.set(name, 'x')
      expect((await reply(at, form)).value.code).toBe('api-body-malformed')
      expect((await reply(at, { [name]: 7 })).status).toBe(400)
    }
    const twice = formOf({ text: 'x' }, {})
    twice.append('reply', '{}')
    expect((await reply(at, twice)).value.code).toBe('api-body-malformed')
  })
})
