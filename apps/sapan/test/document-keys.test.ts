import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createDocumentRequest,
  createSigningService,
  fileDigestKey,
  issueDocumentCertificate,
  nodeListener,
  openToken,
} from '@sapan/trust'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DocumentAuthority } from './document-authority.ts'
import { run } from './support.ts'

let folder: string
let authority: DocumentAuthority
const at = (name: string): string => join(folder, name)
const pin = '482913'

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sapan-keys-'))
  authority = await DocumentAuthority.start(at('authority'))
  await run(['document', 'build', 'receipt', '--sample', '--out', at('receipt.pdf')])
})

afterAll(async () => {
  authority.stop()
  await rm(folder, { recursive: true, force: true })
})

/** Signs as the command does, with secrets in the environment. */
const sign = (env: Record<string, string>, ...words: string[]) =>
  run(['document', 'sign', at('receipt.pdf'), ...words], { SAPAN_HOME: at('home'), ...env })

/** The conclusion about a file, with the authority's root as the only anchor. */
async function conclusion(name: string): Promise<[string, string]> {
  const words = ['document', 'check', at(name), '--anchor', at('authority/root.pem'), '--json']
  const { out } = await run(words, { SAPAN_HOME: at('home') })
  const report = JSON.parse(out)
  return [report.conclusion, report.signatures[0]?.level]
}

describe('document sign with a key at a signing service', () => {
  let server: Server
  let words: string[]

  beforeAll(async () => {
    const { pem, der } = await authority.signer('officer')
    const chain = [authority.issuer.certificate, authority.root.certificate]
    const service = createSigningService({
      name: 'Test',
      region: 'TH',
      clock: Date.now,
      authenticate: async (token) => (token === 'right' ? { user: 'officer' } : undefined),
      credentials: async () => [
        { id: 'seal', key: fileDigestKey({ pem, certificate: der, chain }), pin: {}, multisign: 4 },
      ],
      authorize: async (request) => (request.pin === pin ? 'granted' : 'pin-wrong'),
    })
    server = createServer(nodeListener(service))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    await writeFile(at('token.txt'), 'right\n')
    await writeFile(at('wrong.txt'), 'wrong\n')
    const { port } = server.address() as AddressInfo
    words = ['--csc', `http://127.0.0.1:${port}`, '--credential', 'seal', '--tsa', `${authority.url}/tsa`]
  })

  afterAll(() => {
    server.close()
    server.closeAllConnections()
  })

  const token = (name: string) => ['--csc-token', at(name)]

  it.each(['v1', 'v2'])('signs at B-LTA by CSC API %s, and the check passes', async (version) => {
    const more = [...token('token.txt'), '--csc-version', version, '--out', at('csc.pdf')]
    const { code } = await sign({ SAPAN_PIN: pin }, ...words, ...more)
    expect(code).toBe(0)
    expect(await conclusion('csc.pdf')).toEqual(['TOTAL-PASSED', 'PAdES-B-LTA'])
  })

  it('signs a folder with fewer authorisations than files', async () => {
    const files: string[] = []
    for (const name of ['a.pdf', 'b.pdf', 'c.pdf', 'd.pdf', 'e.pdf']) {
      files.push(at(name))
      await writeFile(at(name), await readFile(at('receipt.pdf')))
    }
    const all = ['document', 'sign', ...files, ...words, ...token('token.txt'), '--out-folder', at('signed')]
    const { code, out } = await run(all, { SAPAN_HOME: at('home'), SAPAN_PIN: pin })
    expect([code, out.includes('5 signed')]).toEqual([0, true])
    expect(await conclusion('signed/e.pdf')).toEqual(['TOTAL-PASSED', 'PAdES-B-LTA'])
  })

  it.each([
    ['a wrong PIN', { SAPAN_PIN: '000000' }, ['--csc-token', 'token.txt'], 'signing-not-authorized'],
    ['a wrong token', { SAPAN_PIN: pin }, ['--csc-token', 'wrong.txt'], 'signing-service-token-refused'],
    [
      'a credential that is not there',
      { SAPAN_PIN: pin },
      ['--csc-token', 'token.txt', '--credential', 'none'],
      'signing-service-refused',
    ],
    [
      'a service that is not there',
      { SAPAN_PIN: pin },
      ['--csc-token', 'token.txt', '--csc', 'http://127.0.0.1:1'],
      'signing-service-unavailable',
    ],
  ])('says so for %s, and writes nothing', async (_, env, more, problem) => {
    const named = more.map((word) => (word.endsWith('.txt') ? at(word) : word))
    const { code, notes } = await sign(env, ...words, ...named, '--out', at('no.pdf'))
    expect(code).toBe(1)
    expect(notes).toContain(problem)
    expect(existsSync(at('no.pdf'))).toBe(false)
  })

  it('takes no service whose address would show the PIN to others', async () => {
    const far = ['--csc', 'http://signing.example/', '--credential', 'seal']
    const { code, notes } = await sign({ SAPAN_PIN: pin }, ...far, '--out', at('no.pdf'))
    expect(code).toBe(2)
    expect(notes).toContain('https')
  })
})

const modules = ['/usr/lib/softhsm/libsofthsm2.so', '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so']
const module = modules.find((path) => existsSync(path))
const isInstalled = (name: string) => spawnSync(name, ['--version']).error === undefined
const hasTools = module !== undefined && isInstalled('softhsm2-util') && isInstalled('pkcs11-tool')

describe.skipIf(!hasTools)('document sign with a key in a token (SoftHSM2)', () => {
  let env: Record<string, string>

  const tool = (name: string, ...args: string[]) => {
    const { status, stderr } = spawnSync(name, args, { env: { ...process.env, ...env }, cwd: folder })
    if (status !== 0) throw new Error(`${name}: ${stderr}`)
  }

  beforeAll(async () => {
    await mkdir(at('tokens'))
    await writeFile(
      at('softhsm2.conf'),
      `directories.tokendir = ${at('tokens')}\nobjectstore.backend = file\nlog.level = ERROR\n`,
    )
    env = { SOFTHSM2_CONF: at('softhsm2.conf'), SAPAN_PIN: pin }
    tool('softhsm2-util', '--init-token', '--free', '--label', 'agency', '--pin', pin, '--so-pin', pin)
    const login = ['--module', module ?? '', '--token-label', 'agency', '--login', '--pin', pin]
    tool(
      'pkcs11-tool',
      ...login,
      '--keypairgen',
      '--key-type',
      'EC:prime256v1',
      '--label',
      'seal',
      '--id',
      '01',
    )
    const subject = { commonName: 'ตราประทับของหน่วยงาน', country: 'TH' }
    const token = await openToken({ module: module ?? '', token: 'agency', pin: () => pin, environment: env })
    const csr = await createDocumentRequest(await token.uncertifiedKey({ id: '01' }), { subject })
    await token.close()
    const now = Date.now() - 60_000
    const ocsp = [`${authority.url}/ocsp`]
    await writeFile(
      at('seal.der'),
      await issueDocumentCertificate(authority.issuer, { csr, subject, now, days: 9, ocsp }),
    )
    tool(
      'pkcs11-tool',
      ...login,
      '--write-object',
      at('seal.der'),
      '--type',
      'cert',
      '--id',
      '01',
      '--label',
      'seal',
    )
  })

  const words = () => [
    ...['--pkcs11', module ?? '', '--token', 'agency', '--label', 'seal'],
    ...['--chain', at('authority/issuer.pem'), at('authority/root.pem'), '--tsa', `${authority.url}/tsa`],
  ]

  it('signs at B-LTA, and the check passes', async () => {
    const { code, notes } = await sign(env, ...words(), '--out', at('token.pdf'))
    expect([code, notes]).toEqual([0, ''])
    expect(await conclusion('token.pdf')).toEqual(['TOTAL-PASSED', 'PAdES-B-LTA'])
  })

  it.each([
    ['a wrong PIN', { SAPAN_PIN: '000000' }, [], 'token-pin-wrong'],
    ['a token that is not there', {}, ['--token', 'other'], 'token-not-found'],
    ['a key that is not there', {}, ['--label', 'other'], 'token-key-not-found'],
    ['a file that is no module', {}, ['--pkcs11', '/etc/hostname'], 'token-module-unusable'],
  ])('says so for %s, and writes nothing', async (_, more, last, problem) => {
    const { code, notes } = await sign({ ...env, ...more }, ...words(), ...last, '--out', at('no.pdf'))
    expect(code).toBe(1)
    expect(notes).toContain(problem)
    expect(existsSync(at('no.pdf'))).toBe(false)
  })
})
