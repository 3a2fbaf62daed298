import type { SigningKey } from '@sapan/trust'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { readPathCertificate } from '../../src/sign/certificate/certificate.ts'
import { type HttpRevocationOptions, httpRevocation, localRevocation } from '../../src/sign/index.ts'
import { day, now, TestPki } from './authority.ts'
import { type Answer, StandIn } from './server.ts'

let pki: TestPki
const running: StandIn[] = []

beforeAll(async () => {
  pki = await TestPki.create()
})

afterEach(() => {
  pki.states.clear()
  for (const each of running.splice(0)) each.stop()
})

async function service(answer: (body: Buffer, path: string) => Answer | Promise<Answer>): Promise<StandIn> {
  const started = await StandIn.start(answer)
  running.push(started)
  return started
}

const quick: HttpRevocationOptions = { retries: 1, pauseMs: 1, timeoutMs: 300 }

/** A certificate that names these places, and its path without the root's own state to ask for. */
async function pathWith(addresses: { ocsp?: string[]; crl?: string[] }): Promise<Uint8Array[]> {
  const key = await pki.signingKey('ecdsa-sha256', { ocsp: [], ...addresses })
  return [key.certificate, pki.issuer.certificate]
}

const serialOf = (certificate: Uint8Array) =>
  BigInt(`0x${readPathCertificate(certificate).serial.toString('hex')}`)

describe('revocation by OCSP', () => {
  it('gives the answer and the certificate of who answered', async () => {
    const responder = await service((body) => pki.ocsp(body))
    const data = await httpRevocation(quick).collect(await pathWith({ ocsp: [responder.url] }), now)
    expect(data.ocsps).toHaveLength(1)
    expect(data.certificates.some((each) => Buffer.from(each).equals(pki.responder.certificate))).toBe(true)
  })

  it('asks once while an answer is fresh, and once for many at a time', async () => {
    const responder = await service((body) => pki.ocsp(body))
    const source = httpRevocation(quick)
    const path = await pathWith({ ocsp: [responder.url] })
    await Promise.all(Array.from({ length: 10 }, () => source.collect(path, now)))
    await source.collect(path, now + 60_000)
    expect(responder.calls).toBe(1)
    await source.collect(path, now + 3_600_001).catch(() => undefined)
    expect(responder.calls).toBe(2)
  })

  it('finds out that a certificate was revoked', async () => {
    const responder = await service((body) => pki.ocsp(body))
    const path = await pathWith({ ocsp: [responder.url] })
    pki.states.set(serialOf(path[0] ?? new Uint8Array()).toString(16), { state: 'revoked', at: now - day })
    await expect(httpRevocation(quick).collect(path, now)).rejects.toMatchObject({
      code: 'signer-certificate-revoked',
    })
  })

  it('finds out that the issuer does not know it', async () => {
    const responder = await service((body) => pki.ocsp(body))
    const path = await pathWith({ ocsp: [responder.url] })
    pki.states.set(serialOf(path[0] ?? new Uint8Array()).toString(16), { state: 'unknown' })
    await expect(httpRevocation(quick).collect(path, now)).rejects.toMatchObject({
      code: 'revocation-unknown',
    })
  })

  it.each([
    ['yesterday', -2 * day],
    ['tomorrow', day],
  ])('takes no answer of %s', async (_, difference) => {
    const responder = await service((body) => pki.ocsp(body, now + difference))
    const path = await pathWith({ ocsp: [responder.url] })
    await expect(httpRevocation(quick).collect(path, now)).rejects.toMatchObject({ code: 'revocation-stale' })
  })

  it('takes no answer of a stranger', async () => {
    const stranger = await TestPki.create()
    const forged = new TestPki(stranger.root, pki.issuer, stranger.responder, pki.stamping, now)
    const responder = await service((body) => forged.ocsp(body))
    const path = await pathWith({ ocsp: [responder.url] })
    await expect(httpRevocation(quick).collect(path, now)).rejects.toMatchObject({
      code: 'revocation-invalid',
    })
  })

  it('takes no answer about another certificate', async () => {
    let first: Uint8Array | undefined
    const responder = await service(async (body) => {
      first ??= await pki.ocsp(body)
      return first
    })
    const source = httpRevocation(quick)
    await source.collect(await pathWith({ ocsp: [responder.url] }), now)
    const other = source.collect(await pathWith({ ocsp: [responder.url] }), now)
    await expect(other).rejects.toMatchObject({ code: 'revocation-invalid' })
  })

  it('is unavailable when the responder is down, says that it cannot answer, or is too slow', async () => {
    for (const answer of [500, Buffer.from('30030a0103', 'hex'), { after: 5000, bytes: Buffer.of(0) }]) {
      const responder = await service(() => answer)
      const source = httpRevocation({ ...quick, timeoutMs: 50 })
      const path = await pathWith({ ocsp: [responder.url] })
      await expect(source.collect(path, now)).rejects.toMatchObject({ code: 'revocation-unavailable' })
    }
  })

  it('is invalid when the answer is rubbish', async () => {
    const responder = await service(() => Buffer.from('<html>'))
    const path = await pathWith({ ocsp: [responder.url] })
    await expect(httpRevocation(quick).collect(path, now)).rejects.toMatchObject({
      code: 'revocation-invalid',
    })
  })

  it('falls back to the list when the responder is down', async () => {
    const list = await pki.crl(pki.issuer)
    const services = await service((_, path) => (path === '/crl' ? list : 500))
    const path = await pathWith({ ocsp: [services.url], crl: [`${services.url}/crl`] })
    const data = await httpRevocation(quick).collect(path, now)
    expect(data.ocsps).toHaveLength(0)
    expect(data.crls.map((each) => Buffer.from(each))).toEqual([Buffer.from(list)])
  })
})

describe('revocation by lists', () => {
  const fromList = async (list: Uint8Array, key?: SigningKey) => {
    const own = key ?? (await pki.signingKey())
    const source = localRevocation({ crls: () => [list] })
    return source.collect([own.certificate, pki.issuer.certificate], now)
  }

  it('gives the list that the certificate is not on', async () => {
    expect((await fromList(await pki.crl(pki.issuer, [5n]))).crls).toHaveLength(1)
  })

  it('finds out that a certificate was revoked', async () => {
    const key = await pki.signingKey()
    const list = await pki.crl(pki.issuer, [serialOf(key.certificate)])
    await expect(fromList(list, key)).rejects.toMatchObject({ code: 'signer-certificate-revoked' })
  })

  it('takes no list that is out of date', async () => {
    const list = await pki.crl(pki.issuer, [], now - 3 * day)
    await expect(fromList(list)).rejects.toMatchObject({ code: 'revocation-stale' })
  })

  it('takes no list of a stranger with the same name', async () => {
    const stranger = await TestPki.create()
    await expect(fromList(await stranger.crl(stranger.issuer))).rejects.toMatchObject({
      code: 'revocation-invalid',
    })
  })

  it('takes no list in which a byte was changed', async () => {
    const list = Buffer.from(await pki.crl(pki.issuer, [5n]))
    const at = list.length - 1
    list[at] = (list[at] ?? 0) ^ 1
    await expect(fromList(list)).rejects.toMatchObject({ code: 'revocation-invalid' })
  })
})

describe('a certificate', () => {
  it('that names no place to ask cannot be found out about', async () => {
    const key = await pki.signingKey('ecdsa-sha256', { ocsp: [] })
    const path = [key.certificate, pki.issuer.certificate]
    await expect(httpRevocation(quick).collect(path, now)).rejects.toMatchObject({
      code: 'revocation-unavailable',
    })
  })

  it("whose issuer is missing is looked for where it says, and can't be found out about otherwise", async () => {
    const services = await service((body, path) => {
      if (path === '/issuer.cer') return pki.issuer.certificate
      return pki.ocsp(body)
    })
    const issuers = [`${services.url}/issuer.cer`]
    const key = await pki.signingKey('ecdsa-sha256', { ocsp: [services.url], issuers })
    const data = await httpRevocation(quick).collect([key.certificate], now)
    expect(data.certificates.some((each) => Buffer.from(each).equals(pki.issuer.certificate))).toBe(true)
    const orphan = await pki.signingKey('ecdsa-sha256', { ocsp: [services.url] })
    await expect(httpRevocation(quick).collect([orphan.certificate], now)).rejects.toMatchObject({
      code: 'signer-chain-missing',
    })
  })
})
