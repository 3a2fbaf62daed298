import { openPdf, signatureFields } from '@sapan/documents/check'
import { inTransaction, Problem } from '@sapan/kernel'
import { describe, expect, it } from 'vitest'
import type { JsonTemplate } from '../../src/definition/definition.ts'
import { carryOut } from '../../src/effects/carry-out.ts'
import { doorPatience, patience } from '../../src/effects/retry.ts'
import { prepareOutputs, putSigned } from '../../src/outputs/prepare.ts'
import { giveReceipt } from '../../src/submission/receipt.ts'
import { agency, boatLicence, cel, granted, refused } from './made.ts'
import { type BoatOffice, boatOffice, officer, people } from './office.ts'

/** What gateways refuse, as problems of theirs. */
const refusal = (code: string, status: number, th: string) => ({
  ...{ code, status },
  title: { th, en: code },
  next: { th, en: code },
})
const gateways = {
  'request-too-large': refusal('request-too-large', 413, 'คำขอใหญ่เกินไป'),
  'grant-not-there': refusal('grant-not-there', 403, 'ไม่มีสิทธิ์'),
}

interface Boxed {
  readonly key: string
  readonly number: string
  readonly kind: string
  readonly content: Buffer
  readonly ended: string | null
}

async function boxOf({ database, ground }: BoatOffice): Promise<readonly Boxed[]> {
  const { rows } = await database.pool.query<Omit<Boxed, 'content'> & { id: string; owner: string }>(
    'select id, owner, key, number, kind, ended_why as ended from documentbox.document order by number',
  )
  return await Promise.all(
    rows.map(async ({ id, owner, ...row }) => ({
      ...row,
      content: Buffer.from((await ground.documentbox.content(owner, id)) ?? []),
    })),
  )
}

async function stateOf({ cases, ground }: BoatOffice, id: string) {
  return (await cases.byId(ground.pool, id))?.state
}

async function decideAnew(office: BoatOffice, id: string, outcome = 'granted'): Promise<void> {
  const found = await office.cases.read(officer, id)
  const taken =
    found.assignee === officer.account
      ? found
      : await office.cases.take(officer, { case: id, version: found.caseVersion })
  const isRefusal = outcome === 'refused'
  await office.cases.decide(
    officer,
    { case: id, version: taken.caseVersion },
    {
      outcome,
      favours: !isRefusal,
      reasons: isRefusal ? [{ id: 'unsafe', words: 'เรือรั่ว' }] : [],
      inputs: {},
    },
  )
}

describe('a decision that is carried out', () => {
  it('tells registers in their order, later ones what earlier ones answered, and puts a sealed document into the box', async () => {
    await using office = await boatOffice()
    const id = await office.decided()
    expect(await carryOut(office.ground, id)).toBe('completed')
    expect(await stateOf(office, id)).toBe('completed')
    const [enter, port] = office.register.asked
    expect(enter).toMatchObject({
      consumer: `${agency}/boats`,
      path: '/owners/1101700207030/boats',
      method: 'POST',
      body: { name: 'เรือหางยาว', application: 'XX-2569-000001' },
      idempotencyKey: `${id}:enter`,
      issue: 'XX-2569-000001',
    })
    expect(port).toMatchObject({ body: { boat: 'B-1', day: '2026-11-23' }, idempotencyKey: `${id}:port` })
    const [document] = await boxOf(office)
    expect(document).toMatchObject({ number: 'XX-LICENCE-2569-000001', kind: 'boat-licence/licence' })
    expect(document?.content.subarray(0, 5).toString()).toBe('%PDF-')
    expect(document?.content.toString('latin1')).toContain('% sealed')
  })

  it.each([
    { validUntil: '2027-11-22', end: '2027-11-22T23:59:59.999+07:00' },
    { validUntil: undefined, end: undefined },
  ])('brings a licence whose end ($validUntil) the box knows', async ({ validUntil, end }) => {
    const [licence] = boatLicence().outputs
    if (licence === undefined) throw new Error('there is no licence')
    await using office = await boatOffice({
      outputs: [{ ...licence, template: 'licence', data: licenceData(validUntil) }],
    })
    await carryOut(office.ground, await office.decided())
    const [boxed] = await office.ground.documentbox.list(people.mali.account)
    const validTill = end === undefined ? undefined : Date.parse(end)
    expect(boxed?.validTill).toBe(validTill)
  })

  it('brings a sealed document without a box for a signature that nobody gives', async () => {
    await using office = await boatOffice()
    await carryOut(office.ground, await office.decided())
    const [document] = await boxOf(office)
    const unsealed = document?.content.subarray(0, document.content.indexOf('\n% sealed')) ?? Buffer.alloc(0)
    expect(signatureFields(openPdf(unsealed))).toEqual([])
  })

  it('again, or by several at once, changes nothing more', async () => {
    await using office = await boatOffice()
    const id = await office.decided()
    await Promise.allSettled(Array.from({ length: 4 }, () => carryOut(office.ground, id)))
    await carryOut(office.ground, id)
    expect(await stateOf(office, id)).toBe('completed')
    expect(office.register.done.size).toBe(2)
    expect(await boxOf(office)).toHaveLength(1)
    expect(await carryOut(office.ground, id)).toBe('nothing')
  })

  it('waits for a register that is down, and tells it the same to the letter when it is back', async () => {
    await using office = await boatOffice()
    const id = await office.decided()
    office.register.next.push('down', 503, 'lost')
    for (let turn = 0; turn < 3; turn++) {
      expect(await carryOut(office.ground, id)).toBe('later')
      office.at += 3_600_000
    }
    expect(await carryOut(office.ground, id)).toBe('completed')
    const told = office.register.asked.filter(({ path }) => path.includes('owners'))
    expect(told).toHaveLength(4)
    expect(new Set(told.map((question) => JSON.stringify(question))).size).toBe(1)
    expect(office.register.done.size).toBe(2)
  })

  it('that a gateway never sends as it is comes back at once with the reason, and is told anew under another key', async () => {
    await using office = await boatOffice()
    const id = await office.decided()
    office.register.next.push(new Problem(gateways['request-too-large']))
    expect(await carryOut(office.ground, id)).toBe('returned')
    expect(await stateOf(office, id)).toBe('awaiting-decision')
    const events = await office.cases.eventsOf(office.ground.pool, id)
    expect(events.at(-1)?.words?.text).toContain('คำขอใหญ่เกินไป [request-too-large]')
    await decideAnew(office, id)
    expect(await carryOut(office.ground, id)).toBe('completed')
    const [first, second] = office.register.asked.map(({ idempotencyKey }) => idempotencyKey)
    expect(second).toBe(`${first}:2`)
  })

  it('that a gateway does not let through for now is tried for a day, while its operators can open', async () => {
    await using office = await boatOffice()
    const id = await office.decided()
    const closed = new Problem(gateways['grant-not-there'])
    office.register.next.push(closed, closed, closed)
    expect(await carryOut(office.ground, id)).toBe('later')
    office.at += doorPatience
    expect(await carryOut(office.ground, id)).toBe('later')
    office.at += 1
    expect(await carryOut(office.ground, id)).toBe('returned')
    await decideAnew(office, id)
    expect(await carryOut(office.ground, id)).toBe('completed')
  })

  it.each([500, 503, 408, 429])(
    'that a gateway refuses for the moment (%s) is tried as silence is',
    async (status) => {
      await using office = await boatOffice()
      const id = await office.decided()
      office.register.next.push(new Problem({ ...gateways['request-too-large'], status }))
      expect(await carryOut(office.ground, id)).toBe('later')
      expect(await carryOut(office.ground, id)).toBe('completed')
    },
  )

  it('comes back to an officer after two weeks of silence, and goes on where it was', async () => {
    await using office = await boatOffice()
    const id = await office.decided()
    office.register.next.push('down')
    expect(await carryOut(office.ground, id)).toBe('later')
    office.at += patience + 1
    office.register.next.push('down')
    expect(await carryOut(office.ground, id)).toBe('returned')
    expect(await stateOf(office, id)).toBe('awaiting-decision')
    await decideAnew(office, id)
    expect(await carryOut(office.ground, id)).toBe('completed')
    expect(office.register.done.size).toBe(2)
  })

  it('that a register refuses comes back to an officer with the reason; decided anew it is asked under another key', async () => {
    await using office = await boatOffice()
    const id = await office.decided()
    office.register.next.push(422)
    expect(await carryOut(office.ground, id)).toBe('returned')
    expect(await stateOf(office, id)).toBe('awaiting-decision')
    const events = await office.cases.eventsOf(office.ground.pool, id)
    expect(events.at(-1)).toMatchObject({ action: 'send-back' })
    expect(events.at(-1)?.words?.text).toContain('No such owner')
    expect(await boxOf(office)).toEqual([])
    await decideAnew(office, id)
    expect(await carryOut(office.ground, id)).toBe('completed')
    expect([...office.register.done.keys()]).toEqual([`${id}:enter:2`, `${id}:port`])
  })

  it('that lacks what a register should be told comes back, too, and tells nothing', async () => {
    const { workflow } = boatLicence()
    const [enter, port] = workflow.effects
    if (enter === undefined || port === undefined) throw new Error('no effects')
    const lacking = { ...enter, body: { berth: cel('decision.berth') } }
    await using office = await boatOffice({ workflow: { ...workflow, effects: [lacking, port] } })
    const id = await office.decided()
    expect(await carryOut(office.ground, id)).toBe('returned')
    expect(office.register.asked).toEqual([])
  })

  it('only tells registers where the workflow says so', async () => {
    const { workflow } = boatLicence()
    const effects = workflow.effects.map((effect) =>
      effect.id === 'port' ? { ...effect, when: cel('answers.metres > 10') } : effect,
    )
    await using office = await boatOffice({ workflow: { ...workflow, effects } })
    const id = await office.decided()
    expect(await carryOut(office.ground, id)).toBe('completed')
    expect(office.register.asked.map(({ path }) => path)).toEqual(['/owners/1101700207030/boats'])
  })

  it('gives money back once', async () => {
    await using office = await boatOffice()
    const id = await office.decided('granted', { refund: 2_500 })
    expect(await carryOut(office.ground, id)).toBe('completed')
    expect(await office.payments.refundByReference(`case:${id}:refund`)).toMatchObject({
      amount: 2_500,
      payer: agency,
      state: 'ordered',
    })
  })
})

describe('money that no bank moves at once', () => {
  it('comes back to an officer, who reads why, before anybody has a document of it', async () => {
    await using office = await boatOffice()
    const id = await office.decided('granted', { refund: 10 ** 12 })
    expect(await carryOut(office.ground, id)).toBe('returned')
    expect((await office.cases.byId(office.ground.pool, id))?.state).toBe('awaiting-decision')
    expect(await boxOf(office)).toEqual([])
  })
})

describe('documents of a decision', () => {
  it('have gapless numbers of their agency, kind and year, however many are made at once', async () => {
    await using office = await boatOffice()
    const ids: string[] = []
    for (let count = 0; count < 5; count++) ids.push(await office.decided('refused'))
    await Promise.all(ids.map((id) => carryOut(office.ground, id)))
    expect((await boxOf(office)).map(({ number }) => number)).toEqual(
      [1, 2, 3, 4, 5].map((count) => `XX-LETTER-2569-00000${count}`),
    )
  })

  it('take no number for data that their template does not take', async () => {
    const outputs = boatLicence().outputs.map((output) => ({
      ...output,
      data: { number: cel('output.number'), statement: cel('answers.metres') },
    }))
    await using office = await boatOffice({ outputs })
    const id = await office.decided()
    expect(await carryOut(office.ground, id)).toBe('returned')
    const { rows } = await office.database.pool.query('select last from services.number_series')
    expect(rows.every(({ last }) => last === 0)).toBe(true)
  })

  it('are given to nobody where another of the same decision cannot be made', async () => {
    const { workflow, outputs } = boatLicence()
    const [licence] = outputs
    if (licence === undefined) throw new Error('no document')
    const unmade = { ...licence, id: 'plate', data: { number: cel('output.number') } }
    const both = { ...granted, outputs: ['licence', 'plate'] }
    const decisions = [both, refused]
    await using office = await boatOffice({
      ...{ outputs: [...outputs, unmade], workflow: { ...workflow, decisions } },
    })
    const id = await office.decided()
    expect(await carryOut(office.ground, id)).toBe('returned')
    expect(await boxOf(office)).toEqual([])
    await decideAnew(office, id, 'refused')
    expect(await carryOut(office.ground, id)).toBe('completed')
    expect((await boxOf(office)).map(({ kind }) => kind)).toEqual(['boat-licence/letter'])
  })

  it('that officers sign wait for all signatures, each added to the same document', async () => {
    const { workflow } = boatLicence()
    const steps = [...workflow.steps, { kind: 'sign', duty: 'boats', count: 2, by: 'officer' } as const]
    await using office = await boatOffice({ workflow: { ...workflow, steps } })
    const id = await office.decided('refused')
    expect(await stateOf(office, id)).toBe('awaiting-signature')
    const signer = { name: 'นายสมมติ ลงนาม', position: 'ผู้อำนวยการ' }
    const [first] = await prepareOutputs(office.ground, id, signer)
    if (first === undefined) throw new Error('nothing to sign')
    const boxes = signatureFields(openPdf(first.pdf)).map(({ name }) => name)
    expect(boxes.toSorted()).toEqual(['further-signature-2', 'signature'])
    await expect(putSigned(office.ground, id, 'letter', Buffer.from('%PDF-forged'))).rejects.toThrow(
      'output-signature-foreign',
    )
    const once = Buffer.concat([first.pdf, Buffer.from('\n% first\n')])
    await putSigned(office.ground, id, 'letter', once)
    await expect(putSigned(office.ground, id, 'letter', first.pdf)).rejects.toThrow(
      'output-signature-foreign',
    )
    const [second] = await prepareOutputs(office.ground, id, { name: 'นางอื่น', position: 'รอง' })
    expect(second).toMatchObject({ signatures: 1, number: first.number })
    expect(Buffer.from(second?.pdf ?? []).equals(once)).toBe(true)
    await putSigned(office.ground, id, 'letter', Buffer.concat([once, Buffer.from('\n% second\n')]))
    const { rows } = await office.database.pool.query('select state, signatures from services.output')
    expect(rows).toEqual([{ state: 'signed', signatures: 2 }])
  })

  it('of a decision that was made otherwise leave their number void', async () => {
    const { workflow } = boatLicence()
    const decisions = [{ ...granted, outputs: ['letter', 'licence'] }, ...workflow.decisions.slice(1)]
    await using office = await boatOffice({
      workflow: { ...workflow, decisions: decisions.map(onlyLicence) },
    })
    const id = await office.decided()
    await office.ground.pool.query(
      `insert into services.output (case_id, stage, output, agency, number, data_sealed, state, decided_at, created_at)
       values ($1, 'first', 'letter', 'TH/GOV/XX', 'XX-LETTER-2569-000009', '', 'numbered', now(), now())`,
      [id],
    )
    expect(await carryOut(office.ground, id)).toBe('completed')
    const { rows } = await office.database.pool.query(
      `select state from services.output where output = 'letter'`,
    )
    expect(rows).toEqual([{ state: 'void' }])
  })
})

/** What the template `licence` takes. */
function licenceData(validUntil: string | undefined): JsonTemplate {
  return {
    agency: cel('output.agency'),
    kind: 'ใบอนุญาตเรือ',
    number: cel('output.number'),
    holder: cel('applicant.name.th'),
    activity: cel('answers.boat'),
    conditions: [],
    law: 'พระราชบัญญัติเรือสมมติ',
    issuedOn: cel('output.on'),
    validFrom: cel('output.on'),
    ...(validUntil !== undefined && { validUntil }),
    signer: { name: cel('output.signer.name'), position: cel('output.signer.position') },
  }
}

function onlyLicence<Rule extends { readonly outputs: readonly string[] }>(rule: Rule): Rule {
  return { ...rule, outputs: rule.outputs.filter((id) => id === 'licence') }
}

describe('the receipt', () => {
  it('is one sealed document with the number, the times and what was handed in, however often its job comes', async () => {
    await using office = await boatOffice()
    const id = await office.submit(await office.draft())
    await giveReceipt(office.ground, id)
    await giveReceipt(office.ground, id)
    const boxed = await boxOf(office)
    expect(boxed).toHaveLength(1)
    expect(boxed[0]).toMatchObject({ number: 'XX-2569-000001', kind: 'boat-licence/receipt' })
    const { rows } = await office.database.pool.query('select count(*) from notices.message')
    expect(Number(rows[0].count)).toBe(1)
  })

  it('is made of what people wrote, whatever letters they used', async () => {
    await using office = await boatOffice()
    for (const boat of ['🚤 <b>', 'שלום', `${'ก'.repeat(1200)}`, 'a\tb']) {
      const id = await office.submit(await office.draft({ answers: { boat, metres: 4 } }))
      await giveReceipt(office.ground, id)
    }
    expect(await boxOf(office)).toHaveLength(4)
  })
})

describe('an appeal', () => {
  it('that is granted is carried out beside the first decision, and replaces its documents of the same kind', async () => {
    const { workflow } = boatLicence()
    const decisions = workflow.decisions.map((rule) => ({ ...rule, outputs: ['letter'] }))
    await using office = await boatOffice({ workflow: { ...workflow, decisions } })
    const id = await office.decided('refused')
    expect(await carryOut(office.ground, id)).toBe('completed')
    const person = { account: '01890000-0000-7000-8000-000000000001', parties: [] }
    const { caseVersion: version } = await office.cases.find(person, id)
    await inTransaction(office.ground.pool, (client) =>
      office.cases.appeal(client, person, { case: id, version }, 'เรือไม่รั่ว'),
    )
    const other = { ...officer, account: '01890000-0000-7000-8000-00000000000f' }
    const { caseVersion } = await office.cases.read(other, id)
    const taken = await office.cases.take(other, { case: id, version: caseVersion })
    const ruling = { outcome: 'granted', favours: true, reasons: [], inputs: {} }
    await office.cases.decide(other, { case: id, version: taken.caseVersion }, ruling)
    expect(await carryOut(office.ground, id)).toBe('completed')
    expect([...office.register.done.keys()]).toEqual([`${id}:appeal/enter`, `${id}:appeal/port`])
    expect((await boxOf(office)).map(({ ended }) => ended)).toEqual(['replaced', null])
  })
})
