import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ProcessingActivity, ProcessingRecord } from '../../src/gateway/processing/activity.ts'
import { processingCsv } from '../../src/gateway/processing/csv.ts'
import { grantTerms } from './agencies.ts'
import { alpha, beta, type HostingCountry, serviceOf, startHosting } from './hosting-country.ts'
import { answerPerson, somebody } from './register.ts'

let country: HostingCountry

beforeAll(async () => {
  country = await startHosting({
    district: {
      settings: {
        withoutCredential: [`${alpha}/main`, `${beta}/main`],
        evidence: { retention: [{ service: beta, days: 30, under: 'Test Act, section 7' }] },
      },
    },
  })
})
afterAll(() => country?.stop())

async function recordOf(member: string, days = ''): Promise<ProcessingRecord> {
  const path = `/v1/processing-record?member=${encodeURIComponent(member)}${days}`
  return (await country.district.operator('GET', path)) as unknown as ProcessingRecord
}

const about = (role: string) => (one: ProcessingActivity) => one.role === role

async function flushed(member: string) {
  await country.district.gateway.adminApp.inject({
    method: 'POST',
    url: '/v1/audit',
    headers: { authorization: `Bearer ${country.district.adminToken}` },
    payload: { member },
  })
}

async function volumes(member: string, role: string) {
  await flushed(member)
  const { activities } = await recordOf(member)
  return activities.filter(about(role)).map(({ volume }) => volume)
}

describe('the record of processing', () => {
  it('tells of each grant whom, why, by which law, what, until when, and how much there was', async () => {
    await country.ask(alpha, beta, `/persons/${somebody}`)
    await expect
      .poll(() => volumes(beta, 'gives'))
      .toMatchObject([{ answered: 1, refused: 0, failed: 0, people: 1, firstDay: expect.anything() }])
    const { members, measures, activities } = await recordOf(beta)
    expect(members).toEqual([{ id: beta, name: { th: 'BETA', en: 'BETA' } }])
    expect(measures.length).toBeGreaterThan(3)
    expect(activities.find(about('gives'))).toMatchObject({
      member: beta,
      other: { member: alpha },
      service: serviceOf(beta),
      purpose: grantTerms.purpose,
      law: grantTerms.law,
      basis: 'law',
      answersOnly: false,
      state: 'live',
      kept: { days: 30, under: 'Test Act, section 7' },
    })
  })

  it('is of both sides: what one gives, the other takes', async () => {
    await expect.poll(() => volumes(alpha, 'takes')).toMatchObject([{ answered: 1, people: 1 }])
    const taken = (await recordOf(alpha)).activities.find(about('takes'))
    const given = (await recordOf(beta)).activities.find(about('gives'))
    expect(taken).toMatchObject({ other: { member: beta }, grant: given?.grant })
    expect(taken?.data).toEqual(given?.data)
  })

  it('names the data by the words of the description, a granted object by all that is in it', async () => {
    const [given] = (await recordOf(beta)).activities.filter(about('gives'))
    const fields = given?.data.map(({ field }) => field) ?? []
    expect(fields).toContain('nationalId')
    expect(fields.some((field) => field.startsWith('name.'))).toBe(true)
    expect(given?.data.find(({ field }) => field === 'nationalId')?.text?.th).toBeTruthy()
  })

  it('names whose data it is by where the description finds them', async () => {
    const [given] = (await recordOf(beta)).activities.filter(about('gives'))
    expect(given?.subjects).toEqual([
      { whom: 'asked', text: { th: 'เลข', en: 'Number' } },
      { whom: 'answered', text: { th: 'เลขประจำตัวประชาชน', en: 'National number' } },
    ])
  })

  it('counts what was refused and what failed for itself', async () => {
    const { answering } = country.registers[beta] ?? {}
    const register = country.registers[beta]
    if (!register) throw new Error('there is no register')
    register.answering = (_, response) => response.socket?.destroy()
    await country.ask(alpha, beta, `/persons/${somebody}`)
    register.answering = answering ?? answerPerson
    await expect
      .poll(async () => {
        const [volume] = await volumes(alpha, 'takes')
        return (volume?.refused ?? 0) + (volume?.failed ?? 0)
      })
      .toBe(1)
  })

  it('still tells of a grant that was withdrawn, by which there were exchanges', async () => {
    const terms = { ...grantTerms, service: serviceOf(beta), consumer: `${alpha}/main`, purpose: 'once' }
    const { hash } = await country.district.operator('POST', '/v1/grants', terms)
    await country.ask(alpha, beta, `/persons/${somebody}`, { headers: { 'sapan-purpose': 'once' } })
    await country.district.operator('DELETE', `/v1/grants/${hash}`)
    await expect
      .poll(async () => {
        await flushed(beta)
        const { activities } = await recordOf(beta)
        return activities.find(({ grant }) => grant === hash)
      })
      .toMatchObject({ purpose: 'once', state: 'withdrawn', volume: { answered: 1 } })
  })

  it('is of the days that were asked for', async () => {
    const { activities } = await recordOf(beta, '&from=2021-01-01&to=2021-12-31')
    // The grant was good then; there was nothing.
    expect(activities.filter(about('gives')).map(({ volume }) => volume.answered)).toEqual([0])
    expect((await recordOf(beta, '&from=2019-01-01&to=2019-12-31')).activities).toEqual([])
  })

  it.each([
    ['a day that there is not', 'from=2026-02-30'],
    ['no day', 'from=yesterday'],
    ['a year before all others', 'from=0000-01-01'],
    ['an end before the beginning', 'from=2026-02-02&to=2026-02-01'],
    ['something else', 'since=2026-02-01'],
  ])('is refused for %s', async (_, query) => {
    const answer = await country.district.operator('GET', `/v1/processing-record?${query}`).catch(String)
    expect(JSON.stringify(answer)).toContain('request-invalid')
  })
})

describe('the record as a table', () => {
  it('opens in spreadsheets: its mark, lines ended by CR LF, a cell for each column', async () => {
    const answer = await fetch(`${country.district.admin}/v1/processing-record.csv?language=en`, {
      headers: { authorization: `Bearer ${country.district.adminToken}` },
    })
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const text = Buffer.from(await answer.arrayBuffer()).toString('utf8')
    expect(text.startsWith('\ufeffController,Activity,')).toBe(true)
    expect(text.endsWith('\r\n')).toBe(true)
    expect(text).toContain('Revenue Code ม. 19')
  })

  it('holds nothing that a spreadsheet would reckon, and keeps commas, quotes and lines together', async () => {
    const record = await recordOf(beta)
    const [first] = record.activities
    if (!first) throw new Error('there is no activity')
    const evil = { th: '=HYPERLINK("http://evil")', en: '@SUM(1)' }
    const law = { act: evil, section: 'a,b\n"c"' }
    const table = processingCsv({ ...record, activities: [{ ...first, purpose: '+1', law }] }, 'th')
    expect(table).toContain(`,'+1,"'=HYPERLINK(""http://evil"") a,b\n""c""",`)
  })

  it.each(['＝1', '＋1', '－1', '＠SUM(1)'])('nor in letters of full width: %s', async (purpose) => {
    const record = await recordOf(beta)
    const activities = record.activities.slice(0, 1).map((activity) => ({ ...activity, purpose }))
    expect(processingCsv({ ...record, activities }, 'th')).toContain(`,'${purpose},`)
  })
})
