import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fileAttempts } from '../src/index.ts'
import { ServiceDesk } from './signing-service-desk.ts'

const one = createHash('sha256').update('หนึ่ง').digest('base64')

describe('PIN and OTP', () => {
  it('a wrong PIN is refused, and after five the credential is closed for fifteen minutes', async () => {
    const desk = await ServiceDesk.open()
    const authorize = (PIN: string) =>
      desk.call('v1/credentials/authorize', { credentialID: 'seal', numSignatures: 1, hash: [one], PIN })
    for (let attempt = 0; attempt < 5; attempt++) {
      expect((await authorize('0000')).body.error).toBe('invalid_pin')
    }
    expect((await authorize('1234')).body.error_description).toBe('Credential locked')
    desk.time += 15 * 60_000
    expect((await authorize('1234')).status).toBe(200)
    const reasons = desk.events.filter(({ kind }) => kind === 'refused').map(({ reason }) => reason)
    expect(reasons).toEqual([...Array.from({ length: 5 }, () => 'pin-wrong'), 'locked'])
  })

  it('after that each wrong one closes it for twice as long, up to a day', async () => {
    const desk = await ServiceDesk.open()
    const minutes: number[] = []
    for (let wrong = 0; wrong < 14; wrong++) {
      const from = desk.time
      while ((await desk.authorize('0000')).body.error !== 'invalid_pin') desk.time += 15 * 60_000
      minutes.push((desk.time - from) / 60_000)
    }
    expect(minutes).toEqual([0, 0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 960, 1440, 1440])
  })

  it('a fault of the house is no wrong PIN', async () => {
    let down = true
    const desk = await ServiceDesk.open(
      {},
      {
        authorize: async () => {
          if (down) throw new Error('register down')
          return 'granted'
        },
      },
    )
    for (let attempt = 0; attempt < 10; attempt++) expect((await desk.authorize('1234')).status).toBe(500)
    down = false
    expect((await desk.authorize('1234')).status).toBe(200)
  })

  it('v2 says of wrong ones only that they are wrong', async () => {
    const desk = await ServiceDesk.open({ otp: { type: 'offline' } })
    const authData = [
      { id: 'PIN', value: '0000' },
      { id: 'OTP', value: '111111' },
    ]
    const asked = { credentialID: 'seal', numSignatures: 1, hashes: [one], authData }
    expect(await desk.call('v2/credentials/authorize', asked)).toMatchObject({
      status: 400,
      body: { error: 'invalid_authentication_data' },
    })
  })

  it('a hundred PINs at the same time are five', async () => {
    const desk = await ServiceDesk.open()
    const tries = Array.from({ length: 100 }, (_, at) => {
      const asked = { credentialID: 'seal', numSignatures: 1, hash: [one], PIN: String(at).padStart(4, '0') }
      return desk.call('v1/credentials/authorize', asked)
    })
    await Promise.all(tries)
    expect(desk.asked).toHaveLength(5)
  })

  it('an OTP is sent where the credential has one that is sent', async () => {
    const sent: string[] = []
    const sendOtp = async (user: string) => {
      sent.push(user)
    }
    const desk = await ServiceDesk.open({ otp: { type: 'online' } }, { sendOtp })
    expect(await desk.call('v1/credentials/sendOTP', { credentialID: 'seal' })).toMatchObject({ status: 204 })
    expect(sent).toEqual(['officer'])
    const other = await desk.call('v1/credentials/sendOTP', { credentialID: 'another' })
    expect(other.body.error).toBe('invalid_request')
  })

  it('an OTP is not sent without end', async () => {
    let sent = 0
    const sendOtp = async () => {
      sent++
    }
    const desk = await ServiceDesk.open(
      { otp: { type: 'online' } },
      { sendOtp, authorize: async () => 'granted' },
    )
    const send = () => desk.call('v1/credentials/sendOTP', { credentialID: 'seal' })
    for (let each = 0; each < 20; each++) await send()
    expect(await send()).toMatchObject({ status: 429, body: { error: 'temporarily_unavailable' } })
    expect(sent).toBe(5)
    desk.time += 15 * 60_000
    expect((await send()).status).toBe(204)
  })

  it('a signer who says no is told apart from a wrong PIN', async () => {
    const desk = await ServiceDesk.open({}, { authorize: async () => 'denied' })
    const asked = { credentialID: 'seal', numSignatures: 1, hash: [one], PIN: '1234' }
    expect(await desk.call('v1/credentials/authorize', asked)).toMatchObject({
      status: 403,
      body: { error: 'access_denied' },
    })
  })
})

describe('wrong PINs counted in files', () => {
  let directory = ''
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'attempts-'))
  })
  afterEach(() => rm(directory, { recursive: true }))
  const open = () => ServiceDesk.open({}, { attempts: fileAttempts(join(directory, 'attempts')) })

  it('outlive a restart', async () => {
    const before = await open()
    for (let attempt = 0; attempt < 5; attempt++) await before.authorize('0000')
    const after = await open()
    expect((await after.authorize('1234')).body.error_description).toBe('Credential locked')
    after.time += 15 * 60_000
    expect((await after.authorize('1234')).status).toBe(200)
    expect(await readdir(join(directory, 'attempts'))).toEqual([])
  })

  it('are counted over all processes, however many try at once', async () => {
    const desks = await Promise.all([open(), open(), open()])
    const tries = Array.from({ length: 60 }, (_, at) => desks[at % 3]?.authorize(String(at).padStart(4, '0')))
    await Promise.all(tries)
    expect(desks.flatMap(({ asked }) => asked)).toHaveLength(5)
  })

  it('say nothing of whom they are about', async () => {
    await (await open()).authorize('0000')
    const names = await readdir(directory, { recursive: true })
    expect(names.join()).not.toMatch(/officer|seal|0000/)
  })

  it('count also where a file was damaged', async () => {
    const desk = await open()
    for (let attempt = 0; attempt < 4; attempt++) await desk.authorize('0000')
    const [folder = ''] = await readdir(join(directory, 'attempts'))
    await writeFile(join(directory, 'attempts', folder, '2'), '')
    await desk.authorize('0000')
    expect((await desk.authorize('1234')).body.error_description).toBe('Credential locked')
  })
})
