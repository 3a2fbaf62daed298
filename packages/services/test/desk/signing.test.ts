import type { Case, Officer } from '@sapan/casework'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cast, refusal, seenOf } from '../authorisation/roles.ts'
import { duties, officeLicence } from './boats.ts'
import { type Desk, desk, officer } from './site.ts'

let here: Desk
beforeAll(async () => {
  here = await desk()
})
afterAll(() => here?.[Symbol.asyncDispose]())

const seen = ({ id, caseVersion }: Case) => ({ case: id, version: caseVersion })

async function sign(who: Officer, found: Case): Promise<Case> {
  const { id, version } = seenOf(found)
  await here.as(who).post(`/desk/cases/${id}/outputs/letter/sign`, { version })
  return await here.read(id)
}

async function put(who: Officer, found: Case): Promise<Case> {
  const { id, version } = seenOf(await here.read(found.id))
  expect((await here.as(who).post(`/desk/cases/${id}/sign`, { version })).status).toBe(303)
  return await here.read(id)
}

/** To who decides, and decided otherwise in words, an hour later; the same signer takes it again. */
async function decidedAnew(found: Case, signer: Officer): Promise<Case> {
  const back = await here.cases.sendBack(signer, seen(found), 'วันที่ไม่ถูกต้อง')
  here.office.at += 3_600_000
  const reasons = [{ id: 'unsafe', words: 'เรือรั่วสองแห่ง' }]
  const decider = officer(duties.decide)
  const now = await here.cases.decide(
    decider,
    { case: found.id, version: back.caseVersion },
    { ...refusal, reasons },
  )
  await here.cases.take(signer, { case: found.id, version: now.caseVersion })
  return await here.read(found.id)
}

describe('signing', () => {
  it('is asked of nobody for a decision that brings nothing to sign', async () => {
    const { case: found, holder } = await cast(here, 'decide')
    const now = await here.cases.decide(holder, seen(found), {
      ...{ outcome: 'granted', favours: true, reasons: [] },
      inputs: { refund: 0, till: '2026-12-31' },
    })
    expect(now.state).toBe('carrying-out')
  })

  it('fills the box above the name of who signs first', async () => {
    const { case: found, holder } = await cast(here, 'sign', { refuse: true })
    await sign(holder, found)
    expect(here.signing.begun.at(-1)).toMatchObject({ account: holder.account, field: 'signature' })
  })

  it('is done with one more step, which the page names and puts first once all is signed', async () => {
    const { case: found, holder } = await cast(here, 'sign', { refuse: true })
    await sign(holder, found)
    const page = async () => (await here.as(holder).get(`/desk/cases/${found.id}`, 'en')).html
    expect(await page()).not.toContain('One step is left')
    here.signing.confirm()
    expect(await page()).toMatch(
      /One step is left: the case goes on[^<]*<\/p><button type="submit" class="ds-button">Put what is signed into/,
    )
  })

  it('anew is needed once the decision is another, also where it was confirmed only then', async () => {
    const { case: found, holder } = await cast(here, 'sign', { refuse: true })
    await sign(holder, found)
    const anew = await decidedAnew(found, holder)
    here.signing.confirm()
    expect((await put(holder, anew)).state).toBe('awaiting-signature')
    const page = await here.as(holder).get(`/desk/cases/${anew.id}`, 'en')
    expect(page.text).toContain('Sign: Letter')
    await sign(holder, anew)
    here.signing.confirm()
    expect((await put(holder, anew)).state).toBe('carrying-out')
  })

  it('that was taken before a case was sent back counts no more', async () => {
    const { case: found, holder } = await cast(here, 'sign', { refuse: true })
    await sign(holder, found)
    here.signing.confirm()
    // What is signed is taken, and then somebody is faster: the step itself was not done.
    const { id } = found
    await here.as(holder).post(`/desk/cases/${id}/sign`, { version: '1' })
    expect((await here.read(id)).state).toBe('awaiting-signature')
    const anew = await decidedAnew(found, holder)
    expect((await put(holder, anew)).state).toBe('awaiting-signature')
    await sign(holder, anew)
    here.signing.confirm()
    expect((await put(holder, anew)).state).toBe('carrying-out')
  })

  it('of two officers who began at once is over what the other has signed: who comes second signs anew', async () => {
    const { workflow } = officeLicence()
    const steps = workflow.steps.map((step) => (step.kind === 'sign' ? { ...step, count: 2 } : step))
    await using there = await desk({ workflow: { ...workflow, steps } })
    const { case: found, holder } = await cast(there, 'sign', { refuse: true })
    const second = officer(duties.sign)
    const post = async (who: Officer, path: string) => {
      const { id, version } = seenOf(await there.read(found.id))
      return await there.as(who).post(`/desk/cases/${id}/${path}`, { version })
    }
    const give = async (from: Officer, to: Officer) => {
      there.colleagues.push({ account: to.account, name: 'ผู้ลงนาม' })
      await there.cases.assign(from, seen(await there.read(found.id)), to.account)
    }
    await post(holder, 'outputs/letter/sign')
    await give(holder, second)
    await post(second, 'outputs/letter/sign')
    there.signing.confirm()
    await post(second, 'sign')
    await there.cases.take(holder, seen(await there.read(found.id)))
    await post(holder, 'sign')
    expect((await there.read(found.id)).state).toBe('awaiting-signature')
    await post(holder, 'outputs/letter/sign')
    // Both began before anybody had signed; who signs anew finds the first box filled.
    const fields = there.signing.begun.map(({ field }) => field)
    expect(fields).toEqual(['signature', 'signature', 'further-signature-2'])
    there.signing.confirm()
    await post(holder, 'sign')
    expect((await there.read(found.id)).state).toBe('carrying-out')
  })
})
