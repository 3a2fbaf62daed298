import { generateSigner } from '@sapan/trust'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { client, service } from '../../../exchange/test/gateway/agencies.ts'
import { putDeadLetter } from '../../../exchange/test/gateway/dead-letter.ts'
import { faultsOf, widthOver } from '../../../portal/test/browser/accessibility.ts'
import { openBrowser } from '../../../portal/test/browser/chromium.ts'
import { keepADay, type OperatorHouse, openOperatorHouse } from '../operator-house.ts'

/** Longer than its lines are wide, and in Thai. */
const letter = Buffer.from(
  JSON.stringify({ title: 'หนังสือแจ้งการย้ายที่อยู่ของผู้เสียภาษีซึ่งมีชื่อเรื่องยาวกว่าหนึ่งบรรทัด', postcode: '10200' }),
)

let browser: Browser
let house: OperatorHouse
let page: Page
let exchange: string
let deadLetter: number

beforeAll(async () => {
  house = await openOperatorHouse(undefined, 'gateway', async (_, adminToken) => ({
    issuer: 'https://id.example',
    clientId: 'gateway',
    signer: generateSigner('ecdsa-p256-sha256'),
    operators: [],
    adminToken,
  }))
  browser = await openBrowser()
  for (const path of ['/persons/1234567890121', '/persons/1', '/nothing']) await house.country.ask(path)
  const { exchanges } = (await house.country.dopa.operator('GET', '/v1/evidence?side=provider')) as {
    exchanges: { exchange: string }[]
  }
  exchange = exchanges.at(-1)?.exchange ?? ''
  await house.country.dopa.operator('POST', '/v1/credentials', {
    kind: 'oauth',
    name: 'ระบบทะเบียนราษฎรกลางของสำนักบริหารการทะเบียนซึ่งมีชื่อยาวมากจริงๆ '.repeat(2).trim(),
    subsystems: ['TH/GOV/DOPA/main'],
  })
  const long = `x${'-and-more'.repeat(7)}`
  await house.country.operator('POST', '/v1/subsystems', {
    id: `TH/GOV/DOPA/${long}`,
    name: { th: 'ระบบย่อย', en: 'Subsystem' },
  })
  await house.country.dopa.gateway.directory.refresh()
  await keepADay(house)
  deadLetter = await putDeadLetter(house.country, { message: 'letter-1', body: letter })
  for (const [name, subsystem] of [
    ['ระบบเดิมของงานทะเบียน', 'TH/GOV/DOPA/main'],
    ['old-efiling', `TH/GOV/DOPA/${long}`],
  ])
    await house.country.dopa.operator('POST', '/v1/gdx/consumers', { name, subsystem })
  await house.country.dopa.operator('POST', '/v1/gdx/routes', {
    path: '/ws/dopa/linkage/v1/link',
    conditions: { ServiceID: '1', Version: '1' },
    ignored: ['OfficeID'],
    target: `/r1/${service}/persons/{CitizenID}`,
  })
  await house.country.dopa.pool.query(
    `insert into queue.followed (client, service, operation, place, problem, taken_at) values
       ($1, $2, 'readMoves', 1842, null, now()), ($1, $2, 'readPlacesOfBirthThatWereMended', null, 'topic-place-not-granted', null)`,
    ['TH/GOV/DOPA/main', service],
  )
  // Without scripts all of it works.
  const context = await browser.newContext({ javaScriptEnabled: false })
  page = await context.newPage()
  const { url } = (await (await house.link()).json()) as { url: string }
  await page.goto(url)
  await page.click('main button')
  expect(new URL(page.url()).pathname).toBe('/operator')
})
afterAll(async () => {
  await browser?.close()
  await house?.stop()
})

const places = (grant = house?.country.grant): Record<string, string> => ({
  home: '/operator',
  health: '/operator/health',
  exchanges: '/operator/exchanges?side=provider',
  'exchanges-none': '/operator/exchanges?client=nobody',
  exchange: `/operator/exchanges/${exchange}`,
  opening: `/operator/exchanges/${exchange}/opening`,
  verification: `/operator/exchanges/${exchange}/verification`,
  grants: '/operator/grants',
  grant: `/operator/grants/${grant}`,
  'grant-end': `/operator/grants/${grant}/end`,
  'grant-new': `/operator/grants/new?${new URLSearchParams({ service })}`,
  services: '/operator/services',
  service: `/operator/services/${encodeURIComponent(service)}`,
  'service-new': '/operator/services/new',
  'service-end': `/operator/services/${encodeURIComponent(service)}/end`,
  credentials: '/operator/credentials',
  'credential-new': '/operator/credentials/new',
  gdx: '/operator/credentials/gdx',
  messages: '/operator/messages',
  'dead-letter': `/operator/messages/${deadLetter}/opening`,
  followed: '/operator/messages/followed',
  'processing-record': '/operator/processing-record',
  'processing-record-wrong': '/operator/processing-record?since-day=31&since-month=2&since-year=2569',
  members: '/operator/members',
  certificates: '/operator/certificates',
  operators: '/operator/operators',
  'operator-new': '/operator/operators/new',
  settings: '/operator/settings',
  'sign-in': '/operator/sign-in',
  unknown: '/operator/nothing',
})

const names = Object.keys(places())

describe.each([360, 1280])('at %i pixels', (width) => {
  it.each(names)('%s: axe finds nothing, and nothing is wider than the window', async (name) => {
    await page.setViewportSize({ width, height: 900 })
    for (const language of ['th', 'en']) {
      const path = places()[name] ?? ''
      await page.goto(`${house.origin}${path}${path.includes('?') ? '&' : '?'}lang=${language}`)
      const folder = process.env.SAPAN_PICTURES
      if (folder !== undefined)
        await page.screenshot({ path: `${folder}/${name}-${width}-${language}.png`, fullPage: true })
      expect(await faultsOf(page)).toEqual([])
      expect(await widthOver(page)).toBeLessThanOrEqual(0)
    }
  })
})

it('what was said is opened with a reason, and the exchange then says by whom', async () => {
  for (const [width, language, reason] of [
    [360, 'th', 'ตรวจเรื่องร้องเรียนเลขที่ 12/2569'],
    [1280, 'en', 'To look into complaint 12/2569'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 })
    await page.goto(`${house.origin}/operator/exchanges/${exchange}?lang=${language}`)
    await page.click('main a[href*="/opening"]')
    await page.click('main form button')
    expect(await page.locator('[role=alert]').count()).toBe(1)
    await page.fill('#reason', reason)
    await page.click('main form button')
    expect(await page.textContent('main')).toContain('1234567890121')
    for (const name of ['opened', 'exchange-opened']) {
      const folder = process.env.SAPAN_PICTURES
      if (folder !== undefined)
        await page.screenshot({ path: `${folder}/${name}-${width}-${language}.png`, fullPage: true })
      expect(await faultsOf(page)).toEqual([])
      expect(await widthOver(page)).toBeLessThanOrEqual(0)
      await page.goto(`${house.origin}/operator/exchanges/${exchange}?lang=${language}`)
    }
    expect(await page.textContent('main')).toContain(reason)
  }
})

it('a dead letter is opened with a reason, and mended at once', async () => {
  for (const [width, language, reason] of [
    [360, 'th', 'ตรวจเรื่องร้องเรียนเลขที่ 12/2569'],
    [1280, 'en', 'To look into complaint 12/2569'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 })
    await page.goto(`${house.origin}/operator/messages?lang=${language}`)
    await page.click('main a[href*="/opening"]')
    await page.fill('#reason', reason)
    await page.click('main form button')
    expect(await page.inputValue('#body')).toBe(letter.toString())
    const folder = process.env.SAPAN_PICTURES
    if (folder !== undefined)
      await page.screenshot({ path: `${folder}/dead-letter-opened-${width}-${language}.png`, fullPage: true })
    expect(await faultsOf(page)).toEqual([])
    expect(await widthOver(page)).toBeLessThanOrEqual(0)
  }
  await page.fill('#body', letter.toString().replace('10200', '10300'))
  await page.click('main form button')
  expect(new URL(page.url()).pathname).toBe('/operator/messages')
  await page.goto(`${house.origin}/operator/messages/sent?lang=en`)
  expect(await page.textContent('main')).toContain('given up')
})

it('a grant is given by hand, from the service’s page to the grant’s', async () => {
  await page.goto(`${house.origin}/operator/services/${encodeURIComponent(service)}?lang=en`)
  await page.click('text=Give a grant to this service')
  await page.click('text=Sign and give the grant')
  expect(await page.textContent('[role=alert]')).toContain('Name the purpose')
  await page.selectOption('#consumer', client)
  await page.check('input[name="fields-getPerson"][value="nationalId"]')
  await page.fill('#purpose', 'licence-renewal')
  await page.fill('#act-th', 'พ.ร.บ. รถยนต์ พ.ศ. 2522')
  await page.fill('#act-en', 'Vehicle Act B.E. 2522')
  await page.fill('#section', 'ม. 6')
  for (const [part, value] of [
    ['expires', '31'],
    ['expires-month', '12'],
    ['expires-year', '2030'],
  ] as const)
    await page.fill(`#${part}`, value)
  await page.click('text=Sign and give the grant')
  expect(await page.textContent('main')).toContain('licence-renewal')
})
