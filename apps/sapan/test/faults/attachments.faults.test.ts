import { createHash, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LargeFile, upload } from './attachment-sender.ts'
import { client, type FaultAgency, type FaultCountry, service, startFaultCountry } from './country.ts'
import type { Restartable } from './restartable.ts'

const megabytes = Number(process.env.SAPAN_FAULT_MEGABYTES ?? 500)
const mebibyte = 1024 * 1024

let country: FaultCountry
beforeAll(async () => {
  country = await startFaultCountry(tmpdir())
})
afterAll(() => country?.stop())

/** Sends a message with that attachment, and waits until the receiver's system has accepted it. */
async function sendWith(id: string): Promise<string> {
  const message = randomUUID()
  const send = () =>
    fetch(`${country.rd.edge}/m1/${service}/moves`, {
      method: 'POST',
      headers: { 'x-road-client': client, 'sapan-message': message, 'sapan-attachments': id },
      body: JSON.stringify({ nationalId: '1234567890121', key: id, n: 0 }),
    })
  await expect.poll(async () => (await send()).status, { timeout: 60_000 }).toBe(202)
  return message
}

const stateOf = async (message: string): Promise<unknown> => {
  const answer = await fetch(`${country.rd.edge}/m1/messages/${message}`, {
    headers: { 'x-road-client': client },
  })
  return ((await answer.json()) as { state?: unknown }).state
}

const becomesAccepted = (message: string) =>
  expect
    .poll(() => stateOf(message).catch(() => 'unreachable'), { timeout: 600_000, interval: 500 })
    .toBe('accepted')

/** The digest of what the receiver's system reads, in hex, in parts of 64 MiB. */
async function readBack(message: string): Promise<{ digest: string; length: number }> {
  const admin = await country.dopa.admin()
  const { messages } = (await admin.json('GET', '/v1/messages-received?limit=500')) as {
    messages: { number: number; message: string }[]
  }
  const number = messages.find((one) => one.message === message)?.number
  const headers = { 'x-road-client': 'TH/GOV/DOPA/main' }
  const list = await fetch(`${country.dopa.edge}/m1/inbox/${number}/attachments`, { headers })
  const { attachments } = (await list.json()) as { attachments: { href: string; length: number }[] }
  const [{ href, length } = { href: '', length: 0 }] = attachments
  const hash = createHash('sha256')
  for (let at = 0; at < length; at += 64 * mebibyte) {
    const range = `bytes=${at}-${at + 64 * mebibyte - 1}`
    const answer = await fetch(`${country.dopa.edge}${href}`, { headers: { ...headers, range } })
    expect(answer.status).toBe(206)
    for await (const bytes of answer.body ?? []) hash.update(bytes)
  }
  return { digest: hash.digest('hex'), length }
}

const residentOf = ({ gateway }: FaultAgency): number => {
  const status = readFileSync(`/proc/${gateway.pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024
}

/** How far the resident memory of both gateways grows while something is done, in MiB. */
async function growth(work: () => Promise<void>): Promise<{ rd: number; dopa: number }> {
  const rest = { rd: residentOf(country.rd), dopa: residentOf(country.dopa) }
  const most = { ...rest }
  const looking = setInterval(() => {
    most.rd = Math.max(most.rd, residentOf(country.rd))
    most.dopa = Math.max(most.dopa, residentOf(country.dopa))
  }, 50)
  await work()
  clearInterval(looking)
  return { rd: Math.round(most.rd - rest.rd), dopa: Math.round(most.dopa - rest.dopa) }
}

describe(`an attachment of ${megabytes} MB`, { timeout: 1_200_000 }, () => {
  it('comes whole, while neither gateway grows by more than a part of it', async () => {
    await becomesAccepted(await sendWith(await upload(country.rd.edge, new LargeFile(1))))
    const file = new LargeFile(megabytes)
    let message = ''
    const grown = await growth(async () => {
      const id = await upload(country.rd.edge, file)
      message = await sendWith(id)
      await becomesAccepted(message)
    })
    const grownByReading = await growth(async () => {
      expect(await readBack(message)).toEqual({ digest: file.sha256(), length: file.length })
    })
    console.log(JSON.stringify({ megabytes, grown, grownByReading }))
    for (const many of [grown.rd, grown.dopa, grownByReading.dopa]) expect(many).toBeLessThan(200)
  })

  it('comes whole, once, although both gateways are killed again and again while it is uploaded and delivered', async () => {
    const file = new LargeFile(megabytes)
    let going = true
    let kills = 0
    const pause = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000))
    const killing = async (gateway: Restartable) => {
      while (going) {
        await pause(3 + 7 * Math.random())
        if (!going) return
        await gateway.end('SIGKILL')
        kills++
        await gateway.start()
      }
    }
    const killers = [killing(country.rd.gateway), killing(country.dopa.gateway)]
    const message = await sendWith(await upload(country.rd.edge, file))
    await pause(20)
    going = false
    await Promise.all(killers)
    await becomesAccepted(message)
    expect(await readBack(message)).toEqual({ digest: file.sha256(), length: file.length })
    console.log(JSON.stringify({ megabytes, kills }))
    expect(kills).toBeGreaterThan(3)
  })
})
