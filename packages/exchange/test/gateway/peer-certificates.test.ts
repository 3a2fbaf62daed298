import https from 'node:https'
import { connect } from 'node:tls'
import { createIssuer, createRoot, exportPem, generateSigner, issueCertificate, toPem } from '@sapan/trust'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { freePort } from '../../../kernel/test/ports.ts'
import type { DirectoryGateway } from '../../src/directory/document.ts'
import { DirectoryView } from '../../src/directory/view.ts'
import { type Country, startAgencies } from './agencies.ts'
import { somebody } from './register.ts'
import { codeOf, craft, issued, pairs, sendTo, type WireMessage } from './wire.ts'

const day = 86_400_000

let country: Country

beforeAll(async () => {
  country = await startAgencies()
})
afterAll(() => country?.stop())

function ask(identity: Parameters<typeof sendTo>[1], path?: string): Promise<WireMessage> {
  const message = path === undefined ? craft(country) : { ...craft(country), target: path }
  return sendTo(country.dopa.peer, identity, message)
}

/** A certificate from a root of one's own, with the right names in it. */
function fromAnotherRoot() {
  const root = createRoot({
    subject: { commonName: 'Sapan TH root' },
    signer: generateSigner('ecdsa-p256-sha256'),
    now: Date.now(),
    years: 1,
  })
  const issuer = createIssuer(root, {
    subject: { commonName: 'Sapan TH issuer 1' },
    signer: generateSigner('ecdsa-p256-sha256'),
    now: Date.now(),
    years: 1,
  })
  return issued({ issuer, root: root.certificate })
}

function selfSigned() {
  const signer = generateSigner('ecdsa-p256-sha256')
  const { certificate } = createRoot({ subject: { commonName: 'me' }, signer, now: Date.now(), years: 1 })
  return { key: exportPem(signer), cert: toPem(certificate), ca: '' }
}

function ownSigningCertificate() {
  const [rd] = country.rd.membership.signers()
  if (!rd) throw new Error('RD has no signer')
  return { key: exportPem(rd.signer), cert: toPem(rd.certificate), ca: '' }
}

describe('a peer', () => {
  it('with the certificate that the directory lists is heard', async () => {
    const answer = await ask(country.rd.membership.tls())
    expect(answer.status).toBe(200)
    country.register.asked.length = 0
  })

  const now = Date.now()
  const peers: [what: string, code: string, status: number, identity: () => Parameters<typeof sendTo>[1]][] =
    [
      ['without a certificate', 'peer-certificate-missing', 401, () => null],
      [
        'whose certificate the directory does not list',
        'peer-certificate-unknown',
        403,
        () => issued(country),
      ],
      ['whose certificate is from another root', 'peer-certificate-unknown', 403, fromAnotherRoot],
      ['whose certificate is its own work', 'peer-certificate-unknown', 403, selfSigned],
      [
        'whose certificate has expired',
        'peer-certificate-expired',
        403,
        () => issued(country, { now: now - 40 * day, days: 10 }),
      ],
      [
        'whose certificate is not yet valid',
        'peer-certificate-not-yet-valid',
        403,
        () => issued(country, { now: now + 40 * day }),
      ],
      [
        'whose certificate is for time-stamping',
        'peer-certificate-wrong-purpose',
        403,
        () => issued(country, { profile: 'timestamping', uris: [] }),
      ],
      [
        'whose certificate is for signing, though listed',
        'peer-certificate-wrong-purpose',
        403,
        ownSigningCertificate,
      ],
      [
        'whose certificate is for signing the directory',
        'peer-certificate-wrong-purpose',
        403,
        () => issued(country, { profile: 'directory', uris: [] }),
      ],
    ]
  it.each(peers)('%s is refused: %s', async (_, code, status, identity) => {
    for (const path of [undefined, '/sapan/v1/grants', '/sapan/v1/description?service=x']) {
      const answer = await ask(identity(), path)
      expect([answer.status, codeOf(answer)]).toEqual([status, code])
    }
    expect(country.register.asked).toEqual([])
  })

  it('gets refusals of its connection signed as well, so that its caller learns the reason', async () => {
    const answer = await ask(null)
    expect(answer.headers.map(([name]) => name)).toContain('signature')
  })

  it('that resumes a TLS session is still the one that it was', async () => {
    const agent = new https.Agent({ keepAlive: false, maxCachedSessions: 10 })
    for (let n = 0; n < 3; n++) {
      const answer = await sendTo(country.dopa.peer, country.rd.membership.tls(), craft(country), agent)
      expect(answer.status).toBe(200)
    }
  })

  it('that hosts another member may not speak for this one', async () => {
    const dbd = await country.join('DBD')
    await country.dopa.gateway.directory.refresh()
    const answer = await ask(dbd.membership.tls())
    expect([answer.status, codeOf(answer)]).toEqual([403, 'peer-not-for-member'])
  })
})

describe('a listener for gateways', () => {
  it('speaks TLS 1.3 and nothing older', async () => {
    const old = new Promise((resolve, reject) => {
      https
        .get(`${country.dopa.peer}/r1/x`, {
          rejectUnauthorized: false,
          maxVersion: 'TLSv1.2',
          minVersion: 'TLSv1.2',
        })
        .once('response', resolve)
        .once('error', reject)
    })
    await expect(old).rejects.toMatchObject({ code: expect.stringMatching(/^(ERR_SSL|ECONNRESET|EPROTO)/) })
  })

  it('agrees on keys with a method that a quantum computer does not break', async () => {
    const agreed = await new Promise((resolve, reject) => {
      const socket = connect({
        port: Number(new URL(country.dopa.peer).port),
        host: '127.0.0.1',
        rejectUnauthorized: false,
        // Nothing else is offered, so that the connection comes about with it or not at all.
        ecdhCurve: 'X25519MLKEM768',
      })
      socket.once('error', reject).once('secureConnect', () => {
        resolve(socket.getProtocol())
        socket.destroy()
      })
    })
    expect(agreed).toBe('TLSv1.3')
  })
})

describe('who answers at the address of a provider’s gateway', () => {
  /** Stands at an address that the directory has for DOPA, instead of DOPA. */
  async function standing(identity: { key: string; cert: string }) {
    const port = await freePort()
    const asked: WireMessage[] = []
    const server = https.createServer(
      { key: identity.key, cert: identity.cert, minVersion: 'TLSv1.3' },
      (request, response) => {
        const { method = '', url: target = '', rawHeaders } = request
        asked.push({ method, target, status: 0, headers: pairs(rawHeaders), body: Buffer.alloc(0) })
        response.end('{}')
      },
    )
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    return {
      asked,
      gateway: { ...gatewayOfDopa(), peer: `https://127.0.0.1:${port}` },
      close: () => {
        server.closeAllConnections()
        server.close()
      },
    }
  }

  function gatewayOfDopa() {
    const gateway = country.rd.gateway.directory.current().gateway('TH/GOV/DOPA/gateway-1')
    if (!gateway) throw new Error('DOPA has no gateway')
    return gateway
  }

  /** In every directory, for a gateway may read a newer one at any moment. */
  function standingFor(gateway: DirectoryGateway) {
    return vi.spyOn(DirectoryView.prototype, 'gatewaysOf').mockReturnValue([gateway])
  }

  const impostors: [what: string, identity: () => { key: string; cert: string }][] = [
    ['another gateway of the country', () => country.rd.membership.tls()],
    [
      'one with a certificate that is not listed',
      () => issued(country, { uris: ['sapan:gateway:TH/GOV/DOPA/gateway-1'] }),
    ],
    ['one under another root', fromAnotherRoot],
    ['one whose certificate it made itself', selfSigned],
    ['one whose certificate has expired', () => issued(country, { now: Date.now() - 40 * day, days: 10 })],
  ]
  it.each(impostors)('is held against the directory: nothing is sent to %s', async (_, identity) => {
    const impostor = await standing(identity())
    const gatewaysOf = standingFor(impostor.gateway)
    try {
      const answer = await country.ask(`/persons/${somebody}`)
      expect([answer.status, (await answer.json()).message]).toEqual([
        502,
        expect.stringContaining('(gateway-untrusted)'),
      ])
      expect(impostor.asked).toEqual([])
    } finally {
      gatewaysOf.mockRestore()
      impostor.close()
    }
  })

  it('is not asked where nobody listens: gateway-unreachable', async () => {
    const nobody = { ...gatewayOfDopa(), peer: `https://127.0.0.1:${await freePort()}` }
    const gatewaysOf = standingFor(nobody)
    const answer = await country.ask(`/persons/${somebody}`).finally(() => gatewaysOf.mockRestore())
    expect([answer.status, (await answer.json()).message]).toEqual([
      502,
      expect.stringContaining('(gateway-unreachable)'),
    ])
  })
})

describe('when a certificate is revoked', () => {
  const fingerprintOf = async (holder: string, use: string) => {
    const { certificates } = await country.operator(
      'GET',
      `/v1/certificates?holder=${encodeURIComponent(holder)}`,
    )
    const found = (certificates as { use: string; fingerprint: string; revoked: unknown }[]).find(
      (certificate) => certificate.use === use && certificate.revoked === null,
    )
    return found?.fingerprint ?? ''
  }
  const revoke = async (holder: string, use: string) => {
    const fingerprint = await fingerprintOf(holder, use)
    await country.operator('POST', `/v1/certificates/${fingerprint}/revoke`, { reason: 'key-compromise' })
    await Promise.all([country.dopa, country.rd].map(({ gateway }) => gateway.directory.refresh()))
  }

  it('a consumer’s pooled connections are closed by the provider, and new ones refused as revoked', async () => {
    const agent = new https.Agent({ keepAlive: true, maxSockets: 1 })
    const identity = country.rd.membership.tls()
    await sendTo(country.dopa.peer, identity, craft(country), agent)
    const [socket] = Object.values(agent.freeSockets).flat()
    if (!socket) throw new Error('the connection is not kept')
    const closed = new Promise((resolve) => socket.once('close', resolve))
    await revoke('TH/GOV/RD/gateway-1', 'tls')
    await closed
    const answer = await ask(identity)
    expect([answer.status, codeOf(answer)]).toEqual([403, 'peer-certificate-revoked'])
    agent.destroy()
  })

  it('the consumer’s own caller is told so', async () => {
    const answer = await country.ask(`/persons/${somebody}`)
    expect([answer.status, (await answer.json()).message]).toEqual([
      403,
      expect.stringContaining('(peer-certificate-revoked)'),
    ])
  })

  it('a provider’s pooled connections are closed by the consumer, and nothing more is sent to it', async () => {
    const city = await country.join('CITY')
    const grant = await country.dopa.operator('POST', '/v1/grants', {
      consumer: 'TH/GOV/CITY/main',
      service: 'TH/GOV/DOPA/main/person-v1',
      operations: { getPerson: { fields: ['name'], query: [] } },
      purpose: 'moving',
      law: { act: { th: 'พ.ร.บ.', en: 'Act' }, section: '1' },
      expires: '2099-01-01T00:00:00Z',
    })
    expect(grant.hash).toBeDefined()
    await city.gateway.directory.refresh()
    const call = () =>
      fetch(`${city.edge}/r1/TH/GOV/DOPA/main/person-v1/persons/${somebody}`, {
        headers: { 'x-road-client': 'TH/GOV/CITY/main' },
      })
    expect((await call()).status).toBe(200)
    const before = country.register.asked.length
    await revoke('TH/GOV/DOPA/gateway-1', 'tls')
    await city.gateway.directory.refresh()
    const answer = await call()
    expect([answer.status, (await answer.json()).message]).toEqual([
      502,
      expect.stringContaining('(gateway-untrusted)'),
    ])
    expect(country.register.asked.length).toBe(before)
  })

  it('a signing certificate makes every message signed with it unknown', async () => {
    const dbd = await country.join('SIGNER')
    await country.dopa.gateway.directory.refresh()
    const [speaker] = dbd.membership.signers()
    if (!speaker) throw new Error('no signer')
    const parties = { 'x-road-client': 'TH/GOV/SIGNER/main', 'sapan-sender': 'TH/GOV/SIGNER' }
    const message = () => craft(country, { speaker, fields: parties })
    const before = await sendTo(country.dopa.peer, dbd.membership.tls(), message())
    expect(codeOf(before)).toBe('no-grant')
    await revoke('TH/GOV/SIGNER', 'signing')
    const after = await sendTo(country.dopa.peer, dbd.membership.tls(), message())
    expect([after.status, codeOf(after)]).toEqual([401, 'signature-key-unknown'])
  })
})

describe('an issuer’s certificate', () => {
  it('is no certificate of a gateway', async () => {
    const { issuer } = country
    const answer = await ask({
      key: exportPem(issuer.signer),
      cert: toPem(issuer.certificate),
      ca: '',
    })
    expect(answer.status).toBe(403)
    expect(codeOf(answer)).toMatch(/^peer-certificate-(unknown|wrong-purpose)$/)
  })

  it('does not make a signed leaf into an issuer', async () => {
    const [rd] = country.rd.membership.signers()
    if (!rd) throw new Error('RD has no signer')
    const signer = generateSigner('ecdsa-p256-sha256')
    const leaf = issueCertificate(
      { certificate: Buffer.from(rd.certificate), signer: rd.signer },
      {
        publicKey: signer.publicKey,
        profile: 'tls',
        subject: { commonName: 'x' },
        uris: ['sapan:gateway:TH/GOV/RD/gateway-1'],
        now: Date.now(),
        days: 1,
      },
    )
    const answer = await ask({ key: exportPem(signer), cert: toPem(leaf) + toPem(rd.certificate), ca: '' })
    expect([answer.status, codeOf(answer)]).toEqual([403, 'peer-certificate-unknown'])
  })
})
