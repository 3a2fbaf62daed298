import { X509Certificate } from 'node:crypto'
import { signatureField } from '@sapan/documents'
import { openPdf, signatureFields } from '@sapan/documents/check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outcome } from '../authorisation/house.ts'
import { dopa, raw, type TestOfficer } from '../officers/house.ts'
import { letter, SigningHouse } from './house.ts'

let house: SigningHouse
let administrator: TestOfficer
beforeAll(async () => {
  house = await SigningHouse.start()
  administrator = await house.administrator(dopa)
})
afterAll(() => house.ground.database.drop())

const signer = () => house.officer(dopa, ['signer'], { title_th: 'นายอำเภอ' })

describe('an officer signs a PDF at the desk', () => {
  it('and the check of documents passes it in their name', async () => {
    const who = await signer()
    const { id, ticket } = await house.begin(who)
    await house.confirm(who, ticket)
    const { content, state } = await house.documents.find(who.account, id)
    expect(state).toBe('signed')
    const report = await house.check(content)
    expect(report.conclusion).toBe('TOTAL-PASSED')
    expect(report.signatures[0]).toMatchObject({
      level: 'PAdES-B-LT',
      signer: { name: 'สมชาย ใจดี', organisation: 'หน่วยงาน PA' },
      reason: 'ลงนามโดยเจ้าหน้าที่',
    })
  })

  it('shown what it is: the name of the document and its digest', async () => {
    const who = await signer()
    const { ticket } = await house.begin(who, { name: 'คำสั่งแต่งตั้ง.pdf' })
    const { request } = await house.signing.show(ticket)
    expect(request.signing).toMatchObject({ count: 1, description: 'คำสั่งแต่งตั้ง.pdf' })
    expect(request.signing?.hashes?.[0]).toMatch(/^[0-9a-f]{64}$/)
  })

  it('begun at one process, confirmed at a second, finished at a third', async () => {
    const who = await signer()
    const { id, ticket } = await house.begin(who)
    const [second, third] = [house.another(), house.another()]
    const address = await second.signing.confirm(ticket, house.visitor(who))
    await third.documents.finish(who, new URL(address).searchParams)
    const { content } = await house.documents.find(who.account, id)
    expect((await house.check(content)).conclusion).toBe('TOTAL-PASSED')
  })

  it('once for each confirmation', async () => {
    const who = await signer()
    const { ticket } = await house.begin(who)
    const address = await house.signing.confirm(ticket, house.visitor(who))
    const query = new URL(address).searchParams
    const both = await Promise.all([
      outcome(house.documents.finish(who, query)),
      outcome(house.documents.finish(who, query)),
    ])
    expect(both).toContain('done')
    expect(await outcome(house.signing.confirm(ticket, house.visitor(who)))).toBe('signing-request-over')
    const { rows } = await house.ground.pool.query(
      "select count(*)::int from identity.signing_event where kind = 'signed' and account = $1",
      [who.account],
    )
    expect(rows).toEqual([{ count: 1 }])
  })

  it('in the place of another, and is shown as such', async () => {
    const who = await house.officer(dopa, [{ duty: 'signer', role: 'in-absence', behalf: 'นายอำเภอเมือง' }])
    const { id, ticket } = await house.begin(who, { isVisible: true, reason: 'อนุมัติ' })
    await house.confirm(who, ticket)
    const { content, about } = await house.documents.find(who.account, id)
    expect(about.lines).toContain('รักษาราชการแทน นายอำเภอเมือง')
    const report = await house.check(content)
    expect(report.conclusion).toBe('TOTAL-PASSED')
    expect(report.signatures[0]?.reason).toBe('อนุมัติ · รักษาราชการแทน นายอำเภอเมือง')
  })

  it('in the box that the document has for it, seen there', async () => {
    const who = await signer()
    const bytes = await letter([
      signatureField({ name: 'signature', width: 65, height: 20, label: 'นายอำเภอ' }),
    ])
    const { id, ticket } = await house.begin(who, { bytes, field: 'signature' })
    await house.confirm(who, ticket)
    const { content } = await house.documents.find(who.account, id)
    const [box, ...others] = signatureFields(openPdf(content))
    expect(box).toMatchObject({ name: 'signature', flaws: [] })
    expect([box?.value, box?.dict.has('AP'), others]).toEqual([expect.anything(), true, []])
    expect((await house.check(content)).conclusion).toBe('TOTAL-PASSED')
  })

  it('or says no, and nothing is signed', async () => {
    const who = await signer()
    const { id, ticket } = await house.begin(who)
    const query = new URL(await house.signing.decline(ticket)).searchParams
    expect(await outcome(house.documents.finish(who, query))).toBe('signing-declined')
    expect((await house.documents.find(who.account, id)).state).toBe('refused')
  })
})

describe('a signature needs the officer’s authenticator', () => {
  it.each([
    ['of too low a level', { aal: '2.1' }, 'signing-authenticator-weak'],
    ['used before they were asked', { ago: 5_000 }, 'signing-confirmation-stale'],
  ])('not one %s', async (_what, how, expected) => {
    const who = await signer()
    const { ticket } = await house.begin(who)
    expect(await outcome(house.signing.confirm(ticket, house.visitor(who, how)))).toBe(expected)
  })

  it('nor one used too long ago', async () => {
    const who = await signer()
    const { ticket } = await house.begin(who)
    const visitor = house.visitor(who)
    house.ground.pass(6 * 60_000)
    expect(await outcome(house.signing.confirm(ticket, visitor))).toBe('signing-confirmation-stale')
  })

  it('nor after the request has run out', async () => {
    const who = await signer()
    const { ticket } = await house.begin(who)
    house.ground.pass(11 * 60_000)
    expect(await outcome(house.signing.confirm(ticket, house.visitor(who)))).toBe('signing-request-over')
  })
})

describe('after an appointment has ended', () => {
  it('nothing is signed, though it was confirmed before', async () => {
    const who = await signer()
    const { ticket } = await house.begin(who)
    const address = await house.signing.confirm(ticket, house.visitor(who))
    await house.officers.end(administrator, who.appointment)
    expect(await outcome(house.documents.finish(who, new URL(address).searchParams))).not.toBe('done')
    const { rows } = await house.ground.pool.query(
      "select kind from identity.signing_event where account = $1 and kind = 'signed'",
      [who.account],
    )
    expect(rows).toEqual([])
  })

  it('nothing is confirmed', async () => {
    const who = await signer()
    const { ticket } = await house.begin(who)
    await house.officers.end(administrator, who.appointment)
    const query = new URL(await house.signing.confirm(ticket, house.visitor(who))).searchParams
    expect(query.has('code')).toBe(false)
  })

  it('what was signed before stays good, and the certificate is revoked', async () => {
    const who = await signer()
    const { id, ticket } = await house.begin(who)
    await house.confirm(who, ticket)
    house.ground.pass(60_000)
    await house.officers.end(administrator, who.appointment)
    const { content } = await house.documents.find(who.account, id)
    expect((await house.check(content)).conclusion).toBe('TOTAL-PASSED')
    const { rows } = await house.ground.pool.query(
      'select revocation_reason from identity.signing_key where appointment_id = $1',
      [who.appointment],
    )
    expect(rows).toEqual([{ revocation_reason: 'cessationOfOperation' }])
  })
})

describe('an officer’s certificate', () => {
  const appointmentOf = async ({ account }: TestOfficer) => {
    const [appointment] = await house.officers.appointmentsOf(account, house.now)
    if (!appointment) throw new Error('no appointment')
    return appointment
  }

  it('names the person, their office and agency, and no national number', async () => {
    const who = await signer()
    const { certificate } = await house.keys.ensure(await appointmentOf(who))
    const { subject } = new X509Certificate(certificate)
    expect(subject).toMatch(/CN=สมชาย ใจดี/)
    expect(subject).toMatch(/title=นายอำเภอ/)
    expect(subject).toMatch(/O=หน่วยงาน PA/)
    expect(Buffer.from(certificate).includes(who.nationalId)).toBe(false)
  })

  it('is the same until what it says changes; then it is replaced and the one before revoked', async () => {
    const who = await signer()
    const first = await house.keys.ensure(await appointmentOf(who))
    expect((await house.keys.ensure(await appointmentOf(who))).id).toBe(first.id)
    const { fields } = raw({ title_th: 'ผู้ว่าราชการ' })
    await house.officers.change(administrator, who.appointment, { fields })
    expect(await house.keys.credentials(house.officers, who.account)).toEqual([])
    const second = await house.keys.ensure(await appointmentOf(who))
    expect(new X509Certificate(second.certificate).subject).toMatch(/title=ผู้ว่าราชการ/)
  })

  it('is made once, however many ask at a time', async () => {
    const who = await signer()
    const appointment = await appointmentOf(who)
    const made = await Promise.all(Array.from({ length: 4 }, () => house.keys.ensure(appointment)))
    expect(new Set(made.map(({ id }) => id)).size).toBe(1)
  })

  it('ends no later than the appointment', async () => {
    const who = await house.officer(dopa, ['signer'], { till: '2026-12-31' })
    const { certificate } = await house.keys.ensure(await appointmentOf(who))
    expect(new X509Certificate(certificate).validToDate.getTime()).toBe(
      Date.parse('2027-01-01T00:00:00+07:00'),
    )
  })

  it('has a private key that lies nowhere readable', async () => {
    const who = await signer()
    await house.keys.ensure(await appointmentOf(who))
    const { rows } = await house.ground.pool.query('select private_sealed from identity.signing_key')
    for (const { private_sealed } of rows) expect(String(private_sealed)).not.toMatch(/PRIVATE KEY/)
  })

  it('is not made before the person’s name was proved', async () => {
    const appointment = await appointmentOf(await signer())
    const unknown = { ...appointment, account: '00000000-0000-7000-8000-000000000000' }
    expect(await outcome(house.keys.ensure(unknown))).toBe('signing-name-missing')
  })
})

describe('a file', () => {
  it.each([
    ['that is no PDF', Buffer.from('hello')],
    ['that is empty', new Uint8Array()],
    ['that breaks off', undefined],
  ])('%s is refused with a problem', async (_what, bytes) => {
    const who = await signer()
    const given = bytes ?? (await letter()).slice(0, 500)
    expect(await outcome(house.begin(who, { bytes: given }))).toMatch(/^document-/)
  })

  it('with a name that would lie about itself is called by what is seen', async () => {
    const who = await signer()
    const { id } = await house.begin(who, { name: `../คำสั่ง\u202Efdp\u200B.exe${'x'.repeat(300)}.pdf` })
    const { about } = await house.documents.find(who.account, id)
    expect(about.name).toMatch(/^…x+\.pdf$/)
  })
})
