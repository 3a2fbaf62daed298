import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { day, dopa, hour, numberOf, OfficersHouse, raw, type TestOfficer } from './house.ts'

let house: OfficersHouse
let administrator: TestOfficer
beforeAll(async () => {
  house = await OfficersHouse.open()
  administrator = await house.administrator(dopa)
})
afterAll(() => house.ground.database.drop())

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error)
const refused = (act: Promise<unknown>) => act.then(() => 'done', codeOf)

describe('an invitation', () => {
  it('becomes an appointment when the person with that proved number signs in', async () => {
    const number = house.nextNumber()
    const { id } = await house.officers.add(administrator, raw({ national_id: number }, ['registrar']))
    const account = await house.person(number)
    expect(await house.officers.appointmentsOf(account, house.now)).toEqual([])
    const [appointment] = await house.officers.arrive(account)
    expect(appointment).toMatchObject({ id, agency: dopa, account, duties: ['registrar'], roles: [] })
    expect(appointment?.status?.uri).toMatch(/^http:\/\/localhost:4400\/status\//)
  })

  it('waits for somebody who is not known surely enough', async () => {
    const number = house.nextNumber()
    await house.officers.add(administrator, raw({ national_id: number }, ['registrar']))
    const account = await house.person(number, '1.3')
    expect(await house.officers.arrive(account)).toEqual([])
  })

  it('is not for somebody who only says that they have the number', async () => {
    const number = house.nextNumber()
    await house.officers.add(administrator, raw({ national_id: number }, ['registrar']))
    const account = await house.person(house.nextNumber())
    expect(await house.officers.arrive(account)).toEqual([])
  })

  it('keeps numbers and names out of the reach of who reads the database', async () => {
    const number = house.nextNumber()
    await house.officers.add(administrator, raw({ national_id: number, given_name: 'มาลัยพร' }, ['registrar']))
    const tables = ['officer_appointment', 'officer_duty', 'officer_change']
    const read = tables.map((table) => house.ground.pool.query(`select * from identity.${table}`))
    const text = JSON.stringify((await Promise.all(read)).map(({ rows }) => rows))
    const bytes = (await house.ground.pool.query('select * from identity.officer_appointment')).rows
    const plain = bytes.flatMap((row) => Object.values(row).filter(Buffer.isBuffer).map(String)).join()
    for (const secret of [number, 'มาลัยพร'])
      expect(text.includes(secret) || plain.includes(secret)).toBe(false)
  })

  it('is refused while the person has an appointment at the agency', async () => {
    const number = house.nextNumber()
    await house.officers.add(administrator, raw({ national_id: number }))
    expect(await refused(house.officers.add(administrator, raw({ national_id: number })))).toBe(
      'officer-appointed',
    )
  })
})

describe('duties hold at a time', () => {
  it('from the day they were given for till the last one', async () => {
    const { account, appointment } = await house.officer(dopa, [
      { duty: 'registrar', from: '2026-12-01', till: '31/12/2569' },
    ])
    const at = (text: string) => Date.parse(text)
    const has = (time: string) => house.officers.hasDuty(appointment, 'registrar', at(time))
    expect(await has('2026-11-30T23:59:59+07:00')).toBe(false)
    expect(await has('2026-12-01T00:00:00+07:00')).toBe(true)
    expect(await has('2026-12-31T23:59:59+07:00')).toBe(true)
    expect(await has('2027-01-01T00:00:00+07:00')).toBe(false)
    const [then] = await house.officers.appointmentsOf(account, at('2026-12-15T12:00:00+07:00'))
    expect(then?.duties).toEqual(['registrar'])
  })

  it('in the place of another, named as acting or substitute', async () => {
    const { account } = await house.officer(dopa, [
      'case-officer',
      { duty: 'registrar', role: 'รักษาราชการแทน', behalf: 'นายอำเภอเมือง', till: '2026-12-31' },
    ])
    const [appointment] = await house.officers.appointmentsOf(account, house.now)
    expect(appointment?.duties).toEqual(['case-officer', 'registrar'])
    expect(appointment?.roles).toMatchObject([
      { code: 'registrar', as: 'substitute', behalf: 'นายอำเภอเมือง' },
    ])
  })

  it('until they are ended, and what was is still known afterwards', async () => {
    const { account, appointment } = await house.officer(dopa, ['registrar', 'case-officer'])
    const before = house.now
    house.ground.pass(hour)
    const { held } = await house.officers.find(administrator, appointment)
    const registrar = held.find(({ duty }) => duty === 'registrar')
    await house.officers.endDuty(administrator, appointment, registrar?.id ?? '')
    expect((await house.officers.appointmentsOf(account, house.now))[0]?.duties).toEqual(['case-officer'])
    expect((await house.officers.appointmentsOf(account, before))[0]?.duties).toContain('registrar')
  })

  it('not while the account is frozen', async () => {
    const { account } = await house.officer(dopa, ['registrar'])
    const client = await house.ground.pool.connect()
    await house.accounts.setState(client, account, 'frozen')
    client.release()
    expect(await house.officers.appointmentsOf(account, house.now)).toEqual([])
  })
})

describe('an appointment that is ended', () => {
  it('ends at once with its duties, and its status is withdrawn', async () => {
    const { account, appointment } = await house.officer(dopa, ['registrar'])
    await house.officers.end(administrator, appointment)
    expect(await house.officers.appointmentsOf(account, house.now)).toEqual([])
    expect(await house.officers.hasDuty(appointment, 'registrar', house.now)).toBe(false)
    const { rows } = await house.ground.pool.query(
      'select status from identity.status_entry where account_id = $1',
      [account],
    )
    expect(rows).toEqual([{ status: 'withdrawn' }])
  })

  it('makes room for another of the same person', async () => {
    const { appointment, nationalId } = await house.officer(dopa, ['registrar'])
    await house.officers.end(administrator, appointment)
    const again = await house.officers.add(administrator, raw({ national_id: nationalId }))
    expect(again.id).not.toBe(appointment)
  })

  it('is known by its history, with who did what', async () => {
    const { appointment } = await house.officer(dopa, ['registrar'])
    await house.officers.giveDuty(administrator, appointment, {
      duty: 'case-officer',
      role: '',
      behalf: '',
      from: '',
      till: '',
    })
    await house.officers.end(administrator, appointment)
    const history = await house.officers.historyOf(administrator, appointment)
    expect(history.map(({ kind, byAccount, byOperator }) => [kind, byAccount ?? byOperator])).toEqual([
      ['ended', administrator.account],
      ['duty-given', administrator.account],
      ['accepted', expect.any(String)],
      ['duty-given', 'test'],
      ['invited', 'test'],
    ])
  })
})

describe('an entry is refused', () => {
  it.each([
    [{ national_id: '1234567890123' }, 'national_id'],
    [{ national_id: '0105558900015' }, 'national_id'],
    [{ given_name: '' }, 'given_name'],
    [{ given_name: 'สมชาย\u202Eดีใจ' }, 'given_name'],
    [{ given_name: 'สม\u200Bชาย' }, 'given_name'],
    [{ given_name: 'ก'.repeat(101) }, 'given_name'],
    [{ family_name: "Robert'); drop table students;--" }, 'family_name'],
    [{ family_name: '<script>' }, 'family_name'],
    [{ title_th: '=cmd|calc' }, 'title_th'],
    [{ from: '30/2/2569' }, 'from'],
    [{ from: '29/2/2568' }, 'from'],
    [{ from: '2026-12-01', till: '2026-11-30' }, 'till'],
  ])('with %j', async (fields, field) => {
    const error = await house.officers
      .add(administrator, raw({ national_id: numberOf(900), ...fields }))
      .catch((e) => e)
    expect(error).toMatchObject({ code: 'officer-entry-invalid', extensions: { faults: [{ field }] } })
  })

  it.each([
    [{ duty: 'minister' }, 'duties'],
    [{ duty: 'registrar', role: 'deputy' }, 'role'],
    [{ duty: 'registrar', role: 'in-absence' }, 'on_behalf_of'],
    [{ duty: 'registrar', till: '2020-01-01' }, 'duty_till'],
  ])('with the duty %j', async (duty, field) => {
    const error = await house.officers
      .add(administrator, raw({ national_id: numberOf(901) }, [duty]))
      .catch((e) => e)
    expect(error).toMatchObject({ code: 'officer-entry-invalid', extensions: { faults: [{ field }] } })
  })
})

describe('the last administrator', () => {
  it('stays until another has signed in', async () => {
    const agency = 'TH/GOV/DBD'
    const only = await house.administrator(agency)
    expect(await refused(house.officers.end(only, only.appointment))).toBe('officer-last-administrator')
    const number = house.nextNumber()
    const next = await house.officers.add(only, raw({ national_id: number }, ['administrator']))
    expect(await refused(house.officers.end(only, only.appointment))).toBe('officer-last-administrator')
    const account = await house.person(number)
    await house.officers.arrive(account)
    await house.officers.end(only, only.appointment)
    const own = { account, appointment: next.id }
    expect(await refused(house.officers.end(own, next.id))).toBe('officer-last-administrator')
  })

  it('is not somebody who only stands in for one', async () => {
    const agency = 'TH/GOV/DGA'
    const only = await house.administrator(agency)
    await house.officer(agency, [{ duty: 'administrator', role: 'in-absence', behalf: 'ผู้อำนวยการ' }])
    expect(await refused(house.officers.end(only, only.appointment))).toBe('officer-last-administrator')
  })

  it('of two who leave at the same time stays', async () => {
    const agency = 'TH/GOV/OCSC'
    const [one, two] = [await house.administrator(agency), await house.administrator(agency)]
    const outcomes = await Promise.all([
      refused(house.officers.end(one, two.appointment)),
      refused(house.officers.end(two, one.appointment)),
    ])
    expect(outcomes.filter((each) => each === 'done')).toHaveLength(1)
  })
})

describe('the list of an agency', () => {
  it('is filtered by name, number, duty and state, and has no officers of others', async () => {
    const agency = 'TH/GOV/DLT'
    const admin = await house.administrator(agency)
    const number = house.nextNumber()
    await house.officers.add(
      admin,
      raw({ national_id: number, given_name: 'วิภาวี', title_th: 'นายทะเบียน' }, ['registrar']),
    )
    const names = async (filter: Parameters<typeof house.officers.list>[1]) =>
      (await house.officers.list(admin, filter)).officers.map(({ givenName }) => givenName)
    expect(await names({})).toEqual(['วิภาวี', 'สมชาย'])
    expect(await names({ words: 'วิภา' })).toEqual(['วิภาวี'])
    expect(await names({ words: number })).toEqual(['วิภาวี'])
    expect(await names({ words: 'ทะเบียน' })).toEqual(['วิภาวี'])
    expect(await names({ duty: 'administrator' })).toEqual(['สมชาย'])
    expect(await names({ state: 'invited' })).toEqual(['วิภาวี'])
    expect(await names({ state: 'ended' })).toEqual([])
  })

  it('comes in pages', async () => {
    const agency = 'TH/GOV/MOI'
    const admin = await house.administrator(agency)
    for (let i = 0; i < 4; i++) await house.officers.add(admin, raw({ national_id: house.nextNumber() }))
    const first = await house.officers.list(admin, {}, { size: 3 })
    expect([first.officers.length, first.total]).toEqual([3, 5])
    const second = await house.officers.list(
      admin,
      {},
      { size: 3, ...(first.after ? { after: first.after } : {}) },
    )
    expect([second.officers.length, second.after]).toEqual([2, undefined])
  })
})

it('a duty that runs out in the middle of a visit is refused at the next act', async () => {
  const visitor = await house.officer(dopa, [{ duty: 'administrator', till: '2026-11-25' }])
  await house.officers.list(visitor, {})
  house.ground.pass(5 * day)
  expect(await refused(house.officers.list(visitor, {}))).toBe('officer-duty-missing')
  expect(await refused(house.officers.add(visitor, raw({ national_id: house.nextNumber() })))).toBe(
    'officer-duty-missing',
  )
})
