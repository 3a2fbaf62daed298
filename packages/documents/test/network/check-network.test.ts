import { afterEach, describe, expect, it } from 'vitest'
import { checkFile } from '../../src/check/index.ts'
import { CheckNetwork, type CheckNetworkOptions } from '../../src/network/index.ts'
import {
  authority,
  certify,
  cms,
  crl,
  der,
  extension,
  type Holder,
  key,
  ku,
  name,
  now,
  ocsp,
} from '../check/kit.ts'
import { type Answer, StandIn } from '../sign/server.ts'

const { element, explicit, implicit, integer, oid, retagged, sequence, setOf } = der
const { root, issuer } = authority()
const uri = (text: string) => implicit(6, Buffer.from(text))
const running: StandIn[] = []

afterEach(() => {
  for (const each of running.splice(0)) each.stop()
})

async function service(answer: (body: Buffer, path: string) => Answer | Promise<Answer>): Promise<StandIn> {
  const started = await StandIn.start(answer)
  running.push(started)
  return started
}

interface Places {
  readonly ocsp?: string
  readonly crl?: string
  readonly issuer?: string
}

function holderAt({ ocsp: responder, crl: list, issuer: above }: Places): Holder {
  const access = [
    ...(responder ? [sequence(oid('1.3.6.1.5.5.7.48.1'), uri(responder))] : []),
    ...(above ? [sequence(oid('1.3.6.1.5.5.7.48.2'), uri(above))] : []),
  ]
  const extensions = [
    ku(1),
    ...(access.length > 0 ? [extension('1.3.6.1.5.5.7.1.1', sequence(...access))] : []),
    ...(list ? [extension('2.5.29.31', sequence(sequence(explicit(0, explicit(0, uri(list))))))] : []),
  ]
  return certify({ name: name('Holder'), key: key('p256', 'holder'), issuer, extensions })
}

/** A signature whose file has all that is needed but what these places are for. */
function fileBy(holder: Holder, above: readonly Buffer[] = [issuer.certificate]): Uint8Array {
  return cms({
    signer: holder,
    content: Buffer.from('content'),
    certificates: [holder.certificate, ...above],
    crls: [crl({ issuer: root })],
  })
}

const hostOf = ({ url }: StandIn) => new URL(url).host

async function check(file: Uint8Array, network: CheckNetwork | CheckNetworkOptions | undefined) {
  const made = network instanceof CheckNetwork ? network : network && new CheckNetwork(network)
  const report = await checkFile(file, {
    anchors: { certificates: [root.certificate] },
    at: now,
    ...(made ? { online: made.forFile() } : {}),
  })
  const { conclusion, subIndication, findings } = report
  const failed = findings.find(({ code }) => code === 'online-failed')
  const codes = findings.map(({ code }) => code)
  return { outcome: [conclusion, subIndication], failed, codes }
}

const passed = ['TOTAL-PASSED', undefined]
const later = ['INDETERMINATE', 'TRY_LATER']

describe('what a file lacks is fetched', () => {
  it('from the OCSP responder that the certificate names', async () => {
    const server = await service(() => ocsp({ issuer, about: holder }))
    const holder = holderAt({ ocsp: server.url })
    expect((await check(fileBy(holder), { hosts: [hostOf(server)] })).outcome).toEqual(passed)
    expect(server.calls).toBe(1)
  })

  it('and a revocation that is found counts', async () => {
    const server = await service(() => ocsp({ issuer, about: holder, revokedAt: now - 86_400_000 }))
    const holder = holderAt({ ocsp: server.url })
    const { outcome } = await check(fileBy(holder), { hosts: [hostOf(server)] })
    expect(outcome).toEqual(['INDETERMINATE', 'REVOKED_NO_POE'])
  })

  it.each([
    ['knows nothing of it', (holder: Holder) => ocsp({ issuer, about: holder, isUnknown: true })],
    ['says to try later', () => Buffer.from('30030a0103', 'hex')],
    ['answers for somebody else', () => ocsp({ issuer, about: issuer })],
    ['is out of order', () => 500],
  ])('from the list where the responder %s', async (_, answer) => {
    const server = await service((_body, path) => (path === '/crl' ? crl({ issuer }) : answer(holder)))
    const holder = holderAt({ ocsp: `${server.url}/ocsp`, crl: `${server.url}/crl` })
    const { outcome, codes } = await check(fileBy(holder), { hosts: [hostOf(server)] })
    expect(outcome).toEqual(passed)
    expect(codes).not.toContain('online-failed')
    expect(codes).not.toContain('material-unreadable')
  })

  const onlyCertificates = sequence(
    oid('1.2.840.113549.1.7.2'),
    explicit(
      0,
      sequence(
        integer(1),
        setOf(),
        sequence(oid('1.2.840.113549.1.7.1')),
        retagged(0xa0, setOf(root.certificate, issuer.certificate)),
        element(0x31),
      ),
    ),
  )
  const armoured = Buffer.from(
    `-----BEGIN CERTIFICATE-----\n${issuer.certificate.toString('base64')}\n-----END CERTIFICATE-----\n`,
  )

  it.each([
    ['in DER', issuer.certificate],
    ['in PEM', armoured],
    ['in CMS', onlyCertificates],
  ])("the issuer's certificate %s", async (_, bytes) => {
    const server = await service((_body, path) => (path === '/issuer' ? bytes : crl({ issuer })))
    const holder = holderAt({ crl: `${server.url}/crl`, issuer: `${server.url}/issuer` })
    const file = fileBy(holder, [])
    expect((await check(file, undefined)).outcome).toEqual(['INDETERMINATE', 'NO_CERTIFICATE_CHAIN_FOUND'])
    expect((await check(file, { hosts: [hostOf(server)] })).outcome).toEqual(passed)
  })

  it('and an issuer that is not the issuer is of no use', async () => {
    const other = certify({ name: name('Issuer'), key: key('p256', 'other') })
    const server = await service(() => other.certificate)
    const holder = holderAt({ issuer: server.url })
    const { outcome, failed } = await check(fileBy(holder, []), { hosts: [hostOf(server)] })
    expect(outcome).toEqual(['INDETERMINATE', 'NO_CERTIFICATE_CHAIN_FOUND'])
    expect(failed?.detail).toBe(`${hostOf(server)}: answered, but nothing that can be used`)
  })

  it('a list once for several files, an OCSP answer for each', async () => {
    const server = await service((_body, path) => (path === '/crl' ? crl({ issuer }) : 500))
    const network = new CheckNetwork({ hosts: [hostOf(server)] })
    const file = fileBy(holderAt({ crl: `${server.url}/crl` }))
    for (let time = 0; time < 3; time++) expect((await check(file, network)).outcome).toEqual(passed)
    expect(server.calls).toBe(1)
  })
})

describe('what cannot be had leaves it open, and says so', () => {
  it('when nobody listens there', async () => {
    const server = await service(() => 500)
    const host = hostOf(server)
    const holder = holderAt({ ocsp: server.url })
    server.stop()
    const { outcome, failed } = await check(fileBy(holder), { hosts: [host] })
    expect(outcome).toEqual(later)
    expect(failed).toMatchObject({
      text: { en: expect.stringContaining('could not be had'), th: expect.stringContaining('ไม่ได้') },
      detail: expect.stringContaining(`${host}: cannot be reached`),
    })
  })

  it('when it does not answer in time, and is not asked a second time for the list', async () => {
    const server = await service(() => ({ after: 60_000, bytes: Buffer.of(0) }))
    const holder = holderAt({ ocsp: `${server.url}/ocsp`, crl: `${server.url}/crl` })
    const { outcome, failed } = await check(fileBy(holder), { hosts: [hostOf(server)], timeoutMs: 30 })
    expect(outcome).toEqual(later)
    expect(failed?.detail).toContain('no answer within 30 ms')
    expect(server.calls).toBe(2)
  })

  it('when the time for the whole file is over', async () => {
    const server = await service(() => ({ after: 60_000, bytes: Buffer.of(0) }))
    const holder = holderAt({ ocsp: server.url })
    const options = { hosts: [hostOf(server)], timeoutMs: 60_000, fileMs: 30 }
    const { outcome, failed } = await check(fileBy(holder), options)
    expect(outcome).toEqual(later)
    expect(failed?.detail).toContain('the time for this file is over')
  })

  it('when there is too much of it', async () => {
    const server = await service(() => Buffer.alloc(5000, 0x30))
    const holder = holderAt({ crl: server.url })
    const options = { hosts: [hostOf(server)], mostBytes: 4000 }
    const { outcome, failed } = await check(fileBy(holder), options)
    expect(outcome).toEqual(later)
    expect(failed?.detail).toContain('more than 4000 bytes')
  })

  it('when the file names more addresses than it may', async () => {
    const server = await service(() => 404)
    const holder = holderAt({ ocsp: `${server.url}/ocsp`, crl: `${server.url}/crl` })
    const { outcome, failed } = await check(fileBy(holder), { hosts: [hostOf(server)], mostFetches: 1 })
    expect(outcome).toEqual(later)
    expect(failed?.detail).toContain('too many addresses')
    expect(server.calls).toBe(1)
  })

  it('tells of a few places only, however many a file names', async () => {
    const fetcher = new CheckNetwork({ public: true }).forFile()
    for (let port = 1; port <= 100; port++) await fetcher.crl(`http://127.0.0.1:${port}/`)
    expect(fetcher.failures?.length).toBeLessThan(10)
  })

  it.each([
    ['nothing is allowed', {}],
    ['only public addresses are allowed', { public: true }],
    ['another host is allowed', { hosts: ['ocsp.example'] }],
  ])('when the file names a place of this machine and %s', async (_, rule) => {
    const server = await service(() => ocsp({ issuer, about: holder }))
    const holder = holderAt({ ocsp: `${server.url}/`, crl: `${server.url}/crl`, issuer: `${server.url}/i` })
    const { outcome, failed } = await check(fileBy(holder), rule)
    expect(outcome).toEqual(later)
    expect(failed?.detail).toContain('may not be asked from here')
    expect(server.calls).toBe(0)
  })
})

it('nothing leaves the machine where no network was given', async () => {
  const server = await service(() => ocsp({ issuer, about: holder }))
  const holder = holderAt({ ocsp: server.url })
  const { outcome, failed } = await check(fileBy(holder), undefined)
  expect([outcome, failed, server.calls]).toEqual([later, undefined, 0])
})
