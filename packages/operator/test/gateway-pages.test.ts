import { hash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { client, grantTerms, service } from '../../exchange/test/gateway/agencies.ts'
import { putDeadLetter } from '../../exchange/test/gateway/dead-letter.ts'
import { registerDescription } from '../../exchange/test/gateway/register.ts'
import { signsIn } from '../../identity/test/provider/issuer.ts'
import { TestVisitor } from '../../identity/test/relying-party/visitor.ts'
import { type OpenidHouse, openidHouse } from './openid-issuer.ts'
import { keepADay, linkIn, type OperatorHouse, openOperatorHouse } from './operator-house.ts'

let house: OperatorHouse
let operator: TestVisitor
let clockAhead = 0
let openid: OpenidHouse

beforeAll(async () => {
  openid = await openidHouse()
  house = await openOperatorHouse(() => Date.now() + clockAhead, 'gateway', openid.at)
  operator = await house.signedIn()
})
afterAll(async () => {
  await house?.stop()
  await openid?.issuer.stop()
})

const see = (path: string) => house.page(operator, path)

describe('signing in by a link', () => {
  it('takes who has the token of the operator’s API, and nobody else', async () => {
    expect((await house.link()).status).toBe(201)
    for (const token of ['', 'wrong', house.country.rd.adminToken]) {
      expect((await house.link(token)).status).toBe(401)
    }
  })

  it('works once, and not because somebody looked at the link', async () => {
    const { url } = (await (await house.link()).json()) as { url: string }
    const visitor = await house.signedIn()
    const looked = await visitor.open(url)
    expect(looked.status).toBe(200)
    const first = await visitor.post(`${house.origin}/operator/sign-in`, { link: linkIn(url) }, looked.text)
    expect(first.at.pathname).toBe('/operator')
    const again = await visitor.post(`${house.origin}/operator/sign-in`, { link: linkIn(url) }, looked.text)
    expect([again.status, again.text.includes('ลิงก์เข้าสู่ระบบนี้ใช้ไม่ได้แล้ว')]).toEqual([410, true])
  })

  it('no longer after ten minutes', async () => {
    const { url } = (await (await house.link()).json()) as { url: string }
    const looked = await operator.open(url)
    clockAhead = 11 * 60_000
    const late = await operator.post(`${house.origin}/operator/sign-in`, { link: linkIn(url) }, looked.text)
    clockAhead = 0
    expect(late.status).toBe(410)
  })

  it('keeps of links and sessions nothing by which who reads the database could sign in', async () => {
    const { url } = (await (await house.link()).json()) as { url: string }
    const { rows } = await house.country.dopa.pool.query(
      'select row_to_json(l)::text as row from operator.link l union all select row_to_json(s)::text from operator.session s',
    )
    const kept = rows.map(({ row }) => String(row)).join()
    expect(kept).not.toContain(linkIn(url))
    expect(kept).not.toContain(Buffer.from(house.country.dopa.adminToken).toString('hex'))
  })

  it('sends who is not signed in, or was away for half an hour, to the page that says how', async () => {
    expect((await house.page(new TestVisitor(), '/operator/grants')).at.pathname).toBe('/operator/sign-in')
    const visitor = await house.signedIn()
    clockAhead = 31 * 60_000
    expect((await house.page(visitor, '/operator')).at.pathname).toBe('/operator/sign-in')
    clockAhead = 0
  })

  it('ends where one signs out', async () => {
    const visitor = await house.signedIn()
    const { text } = await house.page(visitor, '/operator')
    await visitor.post(`${house.origin}/operator/sign-out`, {}, text)
    expect((await house.page(visitor, '/operator')).at.pathname).toBe('/operator/sign-in')
  })
})

describe('signing in through the country’s Digital ID', () => {
  const begin = () => `${house.origin}/operator/openid`

  async function enter(account: string): Promise<{ visitor: TestVisitor; status: number; text: string }> {
    openid.issuer.act = signsIn(openid.issuer, account)
    const visitor = new TestVisitor()
    return { visitor, ...(await visitor.open(begin())) }
  }

  /** As the page tells somebody whom nobody has named yet. */
  async function subjectOf(account: string): Promise<string> {
    const { visitor, status, text } = await enter(account)
    expect([status, (await house.page(visitor, '/operator')).at.pathname]).toEqual([403, '/operator/sign-in'])
    const [, subject = ''] = /เรียกคุณว่า (\S+) ซึ่งไม่อยู่/.exec(text) ?? []
    expect(subject).not.toBe('')
    return subject
  }

  it('is offered beside the link, and takes whom the gateway names, as what it names them', async () => {
    expect((await house.page(new TestVisitor(), '/operator/sign-in?lang=en')).text).toContain(
      'Sign in with Digital ID',
    )
    const account = await openid.issuer.person()
    const subject = await subjectOf(account)
    openid.operators.push({ subject, name: 'somying' })
    const { visitor, status } = await enter(account)
    const settings = await house.page(visitor, '/operator/settings')
    expect([status, settings.status, settings.text.includes('somying')]).toEqual([200, 200, true])
    // Who may do less from now on, or is struck off, signs in anew.
    const listed = openid.operators.findIndex((one) => one.subject === subject)
    openid.operators[listed] = { subject, name: 'somying', members: [house.country.dopa.member] }
    expect((await house.page(visitor, '/operator/settings')).at.pathname).toBe('/operator/sign-in')
    const { visitor: again } = await enter(account)
    expect((await house.page(again, '/operator/exchanges')).status).toBe(200)
    openid.operators.splice(listed, 1)
    expect((await house.page(again, '/operator/exchanges')).at.pathname).toBe('/operator/sign-in')
  })

  it('of who looks after single members lets do what their role lets', async () => {
    const account = await openid.issuer.person()
    const { member } = house.country.dopa
    openid.operators.push({
      subject: await subjectOf(account),
      name: 'looker',
      members: [member],
      role: 'look',
    })
    const { visitor } = await enter(account)
    const paths = ['/operator/exchanges', '/operator/settings', '/operator/grants/x/end']
    const statuses = await Promise.all(paths.map(async (path) => (await house.page(visitor, path)).status))
    expect(statuses).toEqual([200, 403, 403])
    // The API knows them by a token of their own, which ends as any.
    const { operators } = (await house.country.dopa.operator('GET', '/v1/operators')) as {
      operators: { id: string; name: string }[]
    }
    const [looker] = operators.filter(({ name }) => name === 'looker')
    await house.country.dopa.operator('DELETE', `/v1/operators/${looker?.id}`)
    expect((await house.page(visitor, '/operator/exchanges')).at.pathname).toBe('/operator/sign-in')
  })

  it('is refused to another browser, a second time, and after ten minutes', async () => {
    const account = await openid.issuer.person()
    openid.issuer.act = signsIn(openid.issuer, account)
    const visitor = new TestVisitor()
    const { at } = await visitor.open(begin(), {}, '/operator/openid/callback')
    const statusOf = async (by: TestVisitor) => (await by.open(at)).status
    expect(await statusOf(new TestVisitor())).toBe(403)
    clockAhead = 11 * 60_000
    const late = await visitor.open(at)
    clockAhead = 0
    expect([late.status, late.text.includes('การเข้าสู่ระบบไม่สำเร็จ')]).toEqual([403, true])
    openid.operators.push({ subject: await subjectOf(account), name: 'once' })
    const { at: again } = await visitor.open(begin(), {}, '/operator/openid/callback')
    expect([(await visitor.open(again)).status, (await visitor.open(again)).status]).toEqual([200, 403])
  })

  it('takes no sign-in that is weaker than the gateway demands', async () => {
    const account = await openid.issuer.person()
    openid.operators.push({ subject: await subjectOf(account), name: 'weak' })
    const weakly = signsIn(openid.issuer, account, '2.1')
    let asked = 0
    openid.issuer.act = (signIn) => (asked++ > 4 ? { cancelled: true } : weakly(signIn))
    const visitor = new TestVisitor()
    expect((await visitor.open(begin())).status).toBe(403)
    expect((await house.page(visitor, '/operator')).at.pathname).toBe('/operator/sign-in')
  })

  it('takes no word of the issuer that somebody changed', async () => {
    const account = await openid.issuer.person()
    openid.issuer.act = signsIn(openid.issuer, account)
    const visitor = new TestVisitor()
    const { at } = await visitor.open(begin(), {}, '/operator/openid/callback')
    at.searchParams.set('state', 'another')
    expect((await visitor.open(at)).status).toBe(403)
  })

  it('tells the issuer this client’s public key, and nothing of the private one', async () => {
    const { keys } = await (await fetch(`${house.origin}/operator/openid/jwks.json`)).json()
    expect(Object.keys(keys[0]).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
  })
})

describe('what the gateway is', () => {
  it('is told at a glance: directory, evidence, members, certificates', async () => {
    const { status, text } = await see('/operator?lang=en')
    expect(status).toBe(200)
    for (const part of ['TH/GOV/DOPA/gateway-1', 'current', 'TH/GOV/DOPA', 'Certificates'])
      expect(text).toContain(part)
  })

  it('says first what is wrong, and what to do', async () => {
    const { pool } = house.country.dopa
    await pool.query(
      `insert into queue.outgoing (client, message, service, operation, target, digest, state, queued_at, expires_at, receipt_queued)
       values ('TH/GOV/DOPA/main', 'a dead one', 's', 'o', 't', '', 'dead', now(), now(), '')`,
    )
    const { text } = await see('/operator?lang=en')
    expect(text).toContain('Something wants attention')
    expect(text).toContain('1 dead letter waits for a person')
    expect(text).toContain('What to do: sapan message list --state dead --gateway TH/GOV/DOPA/gateway-1')
    await pool.query(`delete from queue.outgoing where message = 'a dead one'`)
  })

  it('is plotted over time, with the same numbers as a table', async () => {
    expect((await see('/operator/health')).text).not.toContain('<svg viewBox="0 0 640')
    await keepADay(house)
    const { text } = await see('/operator/health?lang=en&hours=24')
    expect(text.match(/<polyline/g)?.length).toBeGreaterThanOrEqual(8)
    for (const part of [
      /[\d,]+ exchanges, of which 480 failed/,
      /99 of 100 exchanges took/,
      /2 dead letters now/,
    ]) {
      expect(text).toMatch(part)
    }
    expect(text.match(/See it as a table/g)).toHaveLength(4)
  })

  it('is told of its certificates, with the days that are left', async () => {
    const { text } = await see('/operator/certificates?lang=en')
    expect(text).toContain('signing')
    expect(text).toMatch(/\d+ days/)
  })

  it('shows the members of the country, found by a part of a name', async () => {
    expect((await see('/operator/members?name=rd')).text).toContain('TH/GOV/RD')
    expect((await see('/operator/members?name=dopa')).text).not.toContain('<code>TH/GOV/RD</code>')
  })

  it('is told of its settings, in words, by what they are now', async () => {
    const { text } = await see('/operator/settings?lang=en')
    for (const part of [
      'Largest body that is taken',
      '100 MiB',
      'A dead letter after',
      '7 d',
      'limits.inFlight',
    ])
      expect(text).toContain(part)
  })

  it('is told beside the API, which stays as it is', async () => {
    expect((await fetch(`${house.origin}/health`)).status).toBe(200)
    expect((await fetch(`${house.origin}/v1/status`)).status).toBe(401)
  })
})

describe('services and grants', () => {
  it('shows a service with its operations and fields', async () => {
    const { text } = await see(`/operator/services/${encodeURIComponent(service)}`)
    for (const part of [service, 'getPerson', 'name.given']) expect(text).toContain(part)
  })

  it('offers a service by its description, gives the description out, and withdraws it', async () => {
    const page = await see('/operator/services/new?lang=en')
    const form = new FormData()
    const fields = { subsystem: 'TH/GOV/DOPA/main', code: 'other-v1', url: 'http://127.0.0.1:9/api' }
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    form.set('form-key', /name="form-key" value="([^"]+)"/.exec(page.text)?.[1] ?? '')
    form.set('openapi', new Blob([JSON.stringify(registerDescription)]), 'openapi.json')
    const headers = { origin: house.origin }
    const added = await operator.open(`${house.origin}/operator/services`, {
      method: 'POST',
      body: form,
      headers,
    })
    expect([added.status, added.text.includes('TH/GOV/DOPA/main/other-v1')]).toEqual([200, true])
    const file = await see(`${added.at.pathname}/openapi`)
    expect(JSON.parse(file.text)).toEqual(registerDescription)
    form.set('openapi', new Blob(['{"openapi":"3.0.0"}']), 'openapi.json')
    const refused = await operator.open(`${house.origin}/operator/services`, {
      method: 'POST',
      body: form,
      headers,
    })
    expect([refused.status, refused.text.includes('id="openapi-error"')]).toEqual([422, true])
    const asked = await see(`${added.at.pathname}/end`)
    await operator.post(`${house.origin}${added.at.pathname}/end`, {}, asked.text)
    expect((await see(added.at.pathname)).status).toBe(404)
  })

  it('says what is missing of a service', async () => {
    const { text } = await see('/operator/services/new')
    const sent = await operator.post(`${house.origin}/operator/services`, { url: 'ftp://x' }, text)
    expect(sent.status).toBe(422)
    for (const field of ['subsystem', 'openapi', 'url']) expect(sent.text).toContain(`id="${field}-error"`)
  })

  it('shows what a grant lets through', async () => {
    const { text } = await see(`/operator/grants/${house.country.grant}`)
    for (const part of [client, 'tax-assessment', 'Revenue Code', 'persons.nationalId'])
      expect(text).toContain(part)
  })

  it('gives a grant with what was chosen and nothing else, and ends it', async () => {
    const { text } = await see(`/operator/grants/new?${new URLSearchParams({ service })}`)
    const filled = {
      service,
      consumer: client,
      'fields-getPerson': 'nationalId',
      purpose: 'licence-renewal',
      'act-th': 'พ.ร.บ. ก',
      'act-en': 'Act A',
      section: 'มาตรา 5',
      'expires-day': '1',
      'expires-month': '2',
      'expires-year': '2590',
      calls: '60',
      consent: 'no',
    }
    const given = await operator.post(`${house.origin}/operator/grants`, filled, text)
    expect(given.status).toBe(200)
    expect(given.text).toContain('licence-renewal')
    const hash = given.at.pathname.split('/').at(-1) ?? ''
    const { issued } = (await house.country.dopa.operator('GET', '/v1/grants')) as {
      issued: { hash: string; grant: { operations: object; rate: object } }[]
    }
    const made = issued.find((one) => one.hash === hash)
    expect(made?.grant.operations).toEqual({ getPerson: { fields: ['nationalId'], query: [] } })
    expect(made?.grant.rate).toEqual({ calls: 60, seconds: 60 })
    const asked = await see(`/operator/grants/${hash}/end`)
    const ended = await operator.post(`${house.origin}/operator/grants/${hash}/end`, {}, asked.text)
    expect(ended.at.pathname).toBe('/operator/grants')
    expect((await see(`/operator/grants/${hash}`)).status).toBe(404)
  })

  it('says beside each field what is missing of a grant, and keeps what was filled in', async () => {
    const { text } = await see(`/operator/grants/new?${new URLSearchParams({ service })}`)
    const sent = await operator.post(`${house.origin}/operator/grants`, { service, purpose: 'Tax!' }, text)
    expect(sent.status).toBe(422)
    for (const part of ['id="consumer-error"', 'id="purpose-error"', 'id="section-error"', 'value="Tax!"']) {
      expect(sent.text).toContain(part)
    }
  })
})

describe('exchanges', () => {
  it('are listed, found, shown and verified, and no person’s data is on any page', async () => {
    expect((await house.country.ask('/persons/1234567890121')).status).toBe(200)
    const list = await see(`/operator/exchanges?lang=en&side=provider&service=${encodeURIComponent(service)}`)
    const found = /href="(\/operator\/exchanges\/[0-9a-f-]{36})([^"]*)"/.exec(list.text)
    const later = new URLSearchParams({ 'since-day': '1', 'since-month': '1', 'since-year': '2643' })
    expect((await see(`/operator/exchanges?${later}`)).text).toContain('No exchange is found')
    const ended = async (outcome: string) =>
      (await see(`/operator/exchanges?lang=en&outcome=${outcome}`)).text
    expect(await ended('answered')).toContain(found?.[1])
    expect(await ended('failed')).not.toContain(found?.[1])
    const one = await see(`${found?.[1]}${(found?.[2] ?? '').replaceAll('&amp;', '&')}`)
    for (const part of [client, 'getPerson', '/persons/{', 'tax-assessment', 'Place in the log']) {
      expect(one.text).toContain(part)
    }
    const verified = await see(`${found?.[1]}/verification`)
    expect(verified.status).toBe(200)
    expect(verified.text).toMatch(/The evidence holds/)
    expect(verified.text).not.toContain('failed')
    for (const { text } of [list, one, verified]) expect(text).not.toContain('1234567890121')
  })

  it('are opened by their number, and a number that nobody has is told', async () => {
    const none = '01890000-0000-7000-8000-000000000000'
    expect((await see(`/operator/exchanges?number=${none}`)).status).toBe(404)
    expect((await see('/operator/exchanges?number=nothing')).text).toContain('No exchange is found')
    expect((await see('/operator/exchanges?after=x')).status).toBe(422)
  })
})

describe('own systems and messages', () => {
  it('adds a system with a secret that is shown once, and ends it', async () => {
    const { text } = await see('/operator/credentials/new?lang=en')
    const sent = { name: 'ระบบ <b>ทะเบียน</b>', kind: 'oauth', subsystems: 'TH/GOV/DOPA/main' }
    const made = await operator.post(`${house.origin}/operator/credentials`, sent, text)
    expect(made.text).toContain('Secret')
    const list = await see('/operator/credentials')
    expect(list.text).toContain('ระบบ &lt;b>ทะเบียน&lt;/b>')
    expect(list.text).not.toContain('Secret<')
    const path = /action="(\/operator\/credentials\/[^"]+\/end)"/.exec(list.text)?.[1]
    const ended = await operator.post(`${house.origin}${path}`, {}, list.text)
    expect(ended.text).toContain('There is no credential yet')
  })

  it('shows who calls as GDX does, under which grants, what that does not protect and the way off, and ends it', async () => {
    const none = await see('/operator/credentials/gdx?lang=en')
    expect(none.text).toMatch(/Nobody calls as GDX does[\s\S]*sapan gdx add/)
    const { dopa } = house.country
    const { id, secret } = await dopa.operator('POST', '/v1/gdx/consumers', {
      name: 'old-system',
      subsystem: 'TH/GOV/DOPA/main',
    })
    const { text } = await see('/operator/credentials/gdx?lang=en')
    for (const part of [
      'The GDX edge is closed',
      'old-system',
      'every call is refused',
      'never',
      'The way off',
    ]) {
      expect(text).toContain(part)
    }
    expect(text).not.toContain(secret)
    const end = `${house.origin}/operator/credentials/gdx/${id}/end`
    expect((await operator.post(end, {}, text)).text).toContain('Nobody calls as GDX does')
  })

  it('says what is missing of a credential', async () => {
    const { text } = await see('/operator/credentials/new')
    const sent = await operator.post(`${house.origin}/operator/credentials`, { kind: 'certificate' }, text)
    expect(sent.status).toBe(422)
    for (const field of ['name', 'subsystems', 'certificate'])
      expect(sent.text).toContain(`id="${field}-error"`)
  })

  it('adds an operator of single members with a token that is shown once, and ends it', async () => {
    const { text } = await see('/operator/operators/new?lang=en')
    const empty = await operator.post(`${house.origin}/operator/operators`, {}, text)
    for (const field of ['name', 'members', 'role']) expect(empty.text).toContain(`id="${field}-error"`)
    const wanted = { name: 'มาลี', members: 'TH/GOV/DOPA', role: 'look', origins: 'x' }
    const wrong = await operator.post(`${house.origin}/operator/operators`, wanted, text)
    expect([wrong.status, wrong.text.includes('id="origins-error"')]).toEqual([422, true])
    const made = await operator.post(`${house.origin}/operator/operators`, { ...wanted, origins: '' }, text)
    const token = /sapan-operator\.[\w-]{43}/.exec(made.text)?.[0] ?? ''
    expect((await house.link(token)).status).toBe(201)
    const list = await see('/operator/operators')
    expect(list.text).toContain('มาลี')
    expect(list.text).not.toContain(token)
    const row = list.text.split('<tr').find((one) => one.includes('มาลี')) ?? ''
    const path = /action="(\/operator\/operators\/[^"]+\/end)"/.exec(row)?.[1]
    await operator.post(`${house.origin}${path}`, {}, list.text)
    expect((await house.link(token)).status).toBe(401)
  })

  it('shows dead letters with the reason, without what they say, and gives one up', async () => {
    const { pool } = house.country.dopa
    await pool.query(
      `insert into queue.outgoing (client, message, service, operation, target, digest, expires_at, receipt_queued, state, problem)
       values ('TH/GOV/DOPA/main', 'm-1', $1, 'sendLetter', '/letters', '', now(), 'r', 'dead', 'no-grant')`,
      [service],
    )
    const list = await see('/operator/messages?lang=en')
    for (const part of ['dead letter', 'no-grant', 'sendLetter', 'Send again: m-1'])
      expect(list.text).toContain(part)
    const path = /action="(\/operator\/messages\/\d+\/drop)"/.exec(list.text)?.[1]
    const dropped = await operator.post(`${house.origin}${path}`, {}, list.text)
    expect(dropped.text).toContain('There are no dead letters')
    expect((await see('/operator/messages/sent')).text).toContain('given up')
    expect((await operator.post(`${house.origin}${path}`, {}, list.text)).status).toBe(409)
  })

  it('opens a dead letter for a reason alone, and sends what was mended in its place', async () => {
    const body = Buffer.from('{\n  "postcode": "10200"\n}')
    const number = await putDeadLetter(house.country, { message: 'm-2', body })
    const path = `${house.origin}/operator/messages/${number}/opening`
    const form = await see(`/operator/messages/${number}/opening?lang=en`)
    expect(form.text).not.toContain('postcode')
    const refused = await operator.post(path, { reason: 'short' }, form.text)
    expect([refused.status, refused.text.includes('postcode')]).toEqual([422, false])
    const opened = await operator.post(path, { reason: 'complaint 12/2569' }, form.text)
    expect(opened.text).toContain('&quot;postcode&quot;: &quot;10200&quot;')
    const exchange = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(opened.text)?.[0]
    expect((await see(`/operator/exchanges/${exchange}?lang=en`)).text).toContain('complaint 12/2569')
    // As a browser sends the lines of a form.
    const mended = body.toString().replace('10200', '10300').replaceAll('\n', '\r\n')
    await operator.post(`${house.origin}/operator/messages/${number}/resend`, { body: mended }, opened.text)
    const { rows } = await house.country.dopa.pool.query<{ digest: Buffer }>(
      'select digest from queue.outgoing where resend_of = $1',
      [number],
    )
    expect(rows[0]?.digest).toEqual(hash('sha256', body.toString().replace('10200', '10300'), 'buffer'))
  })

  it('shows a dead letter that is not text, or long, to be read alone', async () => {
    for (const body of [Buffer.from([0xff, 0xfe, 0x00]), Buffer.from('ก'.repeat(12_000))]) {
      const number = await putDeadLetter(house.country, { message: `m-${body.length}`, body })
      const form = await see(`/operator/messages/${number}/opening?lang=en`)
      const path = `${house.origin}/operator/messages/${number}/opening`
      const opened = await operator.post(path, { reason: 'complaint 12/2569' }, form.text)
      expect(opened.text).toContain(`sapan message resend ${number} --body FILE`)
      expect(opened.text).not.toContain('name="body"')
      const list = await see('/operator/messages?lang=en')
      await operator.post(`${house.origin}/operator/messages/${number}/drop`, {}, list.text)
    }
  })

  it('shows how far own systems have read of topics, and why one does not go on', async () => {
    const { pool } = house.country.dopa
    await pool.query(
      `insert into queue.followed (client, service, operation, place, problem)
       values ('TH/GOV/DOPA/main', $1, 'readMoves', 1842, 'no-grant')`,
      [service],
    )
    const { text } = await see('/operator/messages/followed?lang=en')
    for (const part of ['Followed topics', '1842', 'readMoves', 'waits', 'no-grant'])
      expect(text).toContain(part)
    await pool.query('delete from queue.followed')
    expect((await see('/operator/messages/followed?lang=en')).text).toContain('No topics are read')
  })

  it('shows that nothing waits', async () => {
    for (const path of ['/operator/messages', '/operator/messages/sent', '/operator/messages/received']) {
      expect((await see(path)).status).toBe(200)
    }
  })
})

describe('the record of processing', () => {
  it('tells whom data is disclosed to, why, what and how often, and of nobody’s data', async () => {
    const { status, text } = await see('/operator/processing-record?lang=en')
    expect(status).toBe(200)
    for (const said of ['Disclosed to', 'Revenue Code', 'tax-assessment', 'The law allows it', 'answered']) {
      expect(text).toContain(said)
    }
  })

  it('tells of a grant that is no more, without leading to a page that is not there', async () => {
    const { dopa, rd, ask } = house.country
    const { hash } = await dopa.operator('POST', '/v1/grants', { ...grantTerms, purpose: 'once' })
    await rd.gateway.directory.refresh()
    expect((await ask('/persons/1234567890121', { headers: { 'sapan-purpose': 'once' } })).status).toBe(200)
    await dopa.operator('DELETE', `/v1/grants/${hash}`)
    const text = async () => (await see('/operator/processing-record?lang=en')).text
    await expect.poll(text, { timeout: 10_000 }).toContain('withdrawn')
    expect(await text()).toContain(`/operator/grants/${house.country.grant}`)
    expect(await text()).not.toContain(`/operator/grants/${hash}`)
  })

  it('is of the days that are chosen, and says so where there was nothing', async () => {
    const day = (name: string) => `${name}-day=1&${name}-month=1&${name}-year=2019`
    const { text } = await see(`/operator/processing-record?lang=en&${day('since')}&${day('until')}`)
    expect(text).toContain('There were no activities in these days')
  })

  it.each([
    ['a day that there is not', 'since-day=31&since-month=2&since-year=2569', 'since'],
    [
      'an end before the beginning',
      'since-day=2&since-month=2&since-year=2569&until-day=1&until-month=2&until-year=2569',
      'until',
    ],
  ])('says beside the day that it is of no days: %s', async (_, query, field) => {
    const { status, text } = await see(`/operator/processing-record?${query}`)
    expect([status, text.includes(`id="${field}-error"`)]).toEqual([422, true])
  })

  it('is taken away as a table for spreadsheets', async () => {
    const { text } = await see('/operator/processing-record?lang=en')
    const address = /href="(\/operator\/processing-record\/table[^"]*)"/.exec(text)?.[1] ?? ''
    const file = await operator.fetch(house.origin + address.replaceAll('&amp;', '&'))
    expect(file.headers.get('content-type')).toContain('text/csv')
    expect(Buffer.from(await file.arrayBuffer()).toString('utf8')).toContain('tax-assessment')
  })
})
