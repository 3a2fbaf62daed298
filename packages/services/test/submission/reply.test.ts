import { describe, expect, it } from 'vitest'
import { askable } from '../../src/application/askable.ts'
import { workflowValues } from '../../src/effects/values.ts'
import { contentOf, field, page, text } from '../form/made.ts'
import { boatLicence, cel } from './made.ts'
import { type BoatOffice, boatOffice, filledIn, officer, people } from './office.ts'
import { portal } from './portal.ts'

const { mali, somchai } = people

/** The smallest picture that browsers show. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

const over = {
  form: {
    ...boatLicence().form,
    pages: [
      page('boat', [
        field('text', { id: 'boat', label: { th: 'ชื่อเรือ', en: 'Name of the boat' }, required: true }),
        field('whole', { id: 'metres', label: { th: 'ความยาว', en: 'Metres' }, required: true }),
        field('date', { id: 'built', label: { th: 'วันที่ต่อเรือ', en: 'Built on' } }),
        field('yes-no', { id: 'engine', label: { th: 'มีเครื่องยนต์', en: 'Has an engine' } }),
        field('whole', {
          id: 'power',
          label: { th: 'แรงม้า', en: 'Horsepower' },
          required: true,
          when: cel('answers.engine'),
        }),
        field('file', { id: 'photo', label: text('Photograph') }),
      ]),
      page('partner', [field('national-id', { id: 'partner', label: text('Partner') })]),
    ],
  },
  fee: undefined,
}

const about = { draft: '', language: 'th', calculated: {}, submittedAt: 0 } as const

async function asked(office: BoatOffice, wanted: { fields?: string[]; files?: string[] }) {
  const id = await office.submit(await office.draft())
  const { caseVersion } = await office.cases.read(officer, id)
  const taken = await office.cases.take(officer, { case: id, version: caseVersion })
  const seen = { case: id, version: taken.caseVersion }
  const now = await office.cases.ask(officer, seen, 'ขอแก้', { fields: [], files: [], ...wanted })
  return { id, at: `/me/applications/${id}/reply`, version: String(now.caseVersion) }
}

async function made() {
  const { fee: _, ...others } = over
  const office = await boatOffice(others)
  return office
}

async function applicationOf({ cases, ground }: BoatOffice, id: string) {
  const found = await cases.read(officer, id)
  const [definition] = ground.definitions.current()
  if (definition === undefined) throw new Error('there is no definition')
  return workflowValues({ definition, case: found, days: ground.days, effects: {} })
}

describe('a reply to a request that names answers of the form', () => {
  it('asks for these alone, with what was handed in; what is sent counts from then on', async () => {
    await using office = await made()
    await using site = await portal(office)
    const browser = site.as(mali.account)
    const { id, at, version } = await asked(office, { fields: ['metres', 'built'] })
    const { text: shown } = await browser.get(at, 'en')
    for (const said of ['Metres', 'name="metres"', 'value="4"', 'name="built-day"', 'Handed in before'])
      expect(shown).toContain(said)
    expect(shown).not.toContain('name="boat"')
    const sent = { version, metres: '5', 'built-day': '29', 'built-month': '2', 'built-year': '2567' }
    expect((await browser.post(at, sent)).status).toBe(303)
    expect((await applicationOf(office, id)).answers).toMatchObject({ metres: 5, built: '2024-02-29' })
    const found = await office.cases.read(officer, id)
    expect(found.content).toMatchObject({ answers: { metres: 4 } })
    const { text: tracked } = await browser.get(`/me/applications/${id}`, 'en')
    expect(tracked).toMatch(/Metres<\/th><td[^>]*>.*?4.*?<\/td><td[^>]*>.*?5/s)
  })

  it('is read as the form reads it: what is wrong is said at its field, and nothing is taken', async () => {
    await using office = await made()
    await using site = await portal(office)
    const browser = site.as(mali.account)
    const { id, at, version } = await asked(office, { fields: ['metres', 'built'] })
    await browser.get(at)
    for (const wrong of [
      { metres: 'ห้า' },
      { metres: '' },
      { metres: '5', 'built-day': '30', 'built-month': '2', 'built-year': '2567' },
    ]) {
      const page = await browser.post(at, { version, ...wrong })
      expect(page.status).toBe(422)
      expect(page.text).toMatch(/href="#(metres|built)/)
    }
    expect((await office.cases.read(officer, id)).state).toBe('awaiting-information')
  })

  it('takes nothing that was not asked for', async () => {
    await using office = await made()
    await using site = await portal(office)
    const browser = site.as(mali.account)
    const { id, at, version } = await asked(office, { fields: ['metres'] })
    await browser.get(at)
    const sent = { version, metres: '5', boat: 'เรือรบ', partner: somchai.number, more: 'partner' }
    expect((await browser.post(at, sent)).status).toBe(303)
    const { answers } = await applicationOf(office, id)
    expect(answers).toMatchObject({ boat: 'เรือหางยาว', metres: 5 })
    expect(answers).not.toHaveProperty('partner')
  })

  it('asks on the same page for what its answers bring up', async () => {
    await using office = await made()
    await using site = await portal(office)
    const browser = site.as(mali.account)
    const { id, at, version } = await asked(office, { fields: ['engine'] })
    await browser.get(at)
    const page = await browser.post(at, { version, engine: 'yes' })
    expect(page.text).toContain('name="power"')
    expect((await browser.post(at, { version, engine: 'yes', more: 'power', power: '' })).status).toBe(422)
    const sent = await browser.post(at, { version, engine: 'yes', more: 'power', power: '40' })
    expect(sent.status).toBe(303)
    expect((await applicationOf(office, id)).answers).toMatchObject({ engine: true, power: 40 })
  })
})

describe('what can be asked for again', () => {
  it('is not what settled whose consent it has, or what it cost', async () => {
    const definition = boatLicence()
    const application = { ...contentOf(filledIn), ...about, service: 'boat-licence', version: 1, digest: '' }
    const pages = askable(definition, application, { language: 'en', day: '2026-11-23' })
    expect(pages.flatMap(({ answers }) => answers.map(({ path }) => path))).toEqual(['boat'])
  })
})

describe('a reply to a request for documents', () => {
  it('takes them through the scanner, keeps one that came while something else is wrong, and shows both', async () => {
    await using office = await made()
    await using site = await portal(office)
    const browser = site.as(mali.account)
    const { id, at, version } = await asked(office, { fields: ['photo', 'metres'], files: ['ใบเสร็จค่าไม้'] })
    expect((await browser.get(at)).text).toContain('ใบเสร็จค่าไม้')
    expect((await browser.post(at, { version, metres: '4' })).status).toBe(422)
    const bad = await browser.send(
      at,
      { version, metres: '4' },
      { photo: Buffer.from('MZ bad'), 'extra-0': png },
    )
    expect(bad.status).toBe(422)
    expect(bad.text).toContain('href="#photo"')
    const kept = /name="extra-0-kept" value="([^"]+)"/.exec(bad.text)?.[1] ?? ''
    expect(kept).not.toBe('')
    const fields = { version, metres: '4', 'extra-0-kept': kept, 'extra-0-kept-name': 'ใบเสร็จ.png' }
    expect((await browser.send(at, fields, { photo: png })).status).toBe(303)
    const { text: tracked } = await browser.get(`/me/applications/${id}`)
    const links = [...tracked.matchAll(/\/files\/([0-9a-f-]{36})/g)].map(([, file]) => file)
    expect(links).toContain(kept)
    for (const file of links) {
      expect((await browser.get(`/me/applications/${id}/files/${file}`)).status).toBe(200)
      expect((await site.as(somchai.account).get(`/me/applications/${id}/files/${file}`)).status).toBe(404)
    }
  })

  it('that somebody does not have says why in words', async () => {
    await using office = await made()
    await using site = await portal(office)
    const browser = site.as(mali.account)
    const { id, at, version } = await asked(office, { files: ['ใบเสร็จค่าไม้'] })
    await browser.get(at)
    expect((await browser.post(at, { version, text: 'ทำหายแล้ว' })).status).toBe(303)
    expect((await office.cases.read(officer, id)).replies).toEqual([
      { text: 'ทำหายแล้ว', answers: {}, files: [] },
    ])
  })

  it('counts no file that was replaced meanwhile, and keeps none', async () => {
    await using office = await made()
    await using site = await portal(office)
    const browser = site.as(mali.account)
    const { id, at, version } = await asked(office, { fields: ['metres'], files: ['ใบเสร็จค่าไม้'] })
    await browser.get(at)
    const wrong = { version, metres: 'many' }
    for (let round = 0; round < 7; round++) {
      expect((await browser.send(at, wrong, { 'extra-0': png })).status).toBe(422)
      await office.database.pool.query(
        `update services.draft_file set content_sealed = convert_to(repeat('a', 9000000), 'UTF8') where octet_length(content_sealed) < 9000000`,
      )
    }
    expect((await browser.send(at, { version, metres: '4' }, { 'extra-0': png })).status).toBe(303)
    const { rows } = await office.database.pool.query<{ id: string }>('select id from services.draft_file')
    const replied = JSON.stringify((await office.cases.read(officer, id)).replies)
    expect(rows.map((row) => replied.includes(row.id))).toEqual([true])
    // Nothing is asked any more.
    expect((await browser.send(at, { version, metres: '4' }, { 'extra-0': png })).status).toBe(409)
    const left = await office.database.pool.query('select from services.draft_file')
    expect(left.rowCount).toBe(1)
  })

  it('names no file of another application', async () => {
    await using office = await made()
    await using site = await portal(office)
    const browser = site.as(mali.account)
    const first = await asked(office, { files: ['ก'] })
    await browser.get(first.at)
    expect((await browser.send(first.at, { version: first.version }, { 'extra-0': png })).status).toBe(303)
    const { replies = [] } = await office.cases.read(officer, first.id)
    const file = /[0-9a-f-]{36}/.exec(JSON.stringify(replies))?.[0] ?? ''
    const second = await asked(office, { files: ['ก'] })
    const sent = { version: second.version, 'extra-0-kept': file, 'extra-0-kept-name': 'x.png' }
    expect((await browser.post(second.at, sent)).status).toBe(422)
  })
})
