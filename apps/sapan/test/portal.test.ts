import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Report } from '@sapan/documents/check'
import { createLogger } from '@sapan/kernel'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { freePorts } from '../../../packages/kernel/test/ports.ts'
import { readPortalFile } from '../src/config/portal.ts'
import { anchorCount } from '../src/documents/anchors.ts'
import { type RunningPortal, runPortal } from '../src/run/portal.ts'
import { type LoopbackAuthority, startAuthority } from './authority.ts'
import { type Staying, staying } from './processes.ts'
import { run } from './support.ts'

let folder: string
let authority: LoopbackAuthority
let port: number
let running: Staying | undefined
let inHere: RunningPortal | undefined
const at = (name: string): string => join(folder, name)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sapan-portal-'))
  authority = await startAuthority(folder)
  const { key, certificate } = authority.files
  const own = ['--key', key, '--certificate', certificate, '--level', 'B-B']
  const words = ['document', 'build', 'receipt', '--sample', '--sign', ...own, '--out', at('own.pdf')]
  expect(await run(words, { SAPAN_HOME: at('home') })).toMatchObject({ code: 0 })
})

afterEach(async () => {
  await running?.end('SIGKILL')
  running = undefined
  await inHere?.stop()
  inHere = undefined
})

afterAll(async () => {
  authority.stop()
  await rm(folder, { recursive: true, force: true })
})

async function configured(more = ''): Promise<string> {
  ;[port = 0] = await freePorts(1)
  await writeFile(at('portal.yaml'), `listen: 127.0.0.1:${port}\n${more}`)
  return at('portal.yaml')
}

async function start(more = ''): Promise<Staying> {
  const file = await configured(more)
  running = await staying(at('home'), ['portal', '--config', file], 'Ctrl-C stops it')
  return running
}

/** The same, without a process of its own. */
async function open(more: string): Promise<RunningPortal> {
  const path = await configured(more)
  inHere = await runPortal(await readPortalFile(path), {
    path,
    log: createLogger({ name: 'test', level: 'error' }),
  })
  return inHere
}

async function check(): Promise<Report> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/check`, {
    method: 'POST',
    headers: { 'content-type': 'application/pdf' },
    body: new Uint8Array(await readFile(at('own.pdf'))),
  })
  return answer.json() as Promise<Report>
}

describe('sapan portal', () => {
  it('serves the page and the interface as a process of its own, and ends in order', async () => {
    const { text, end } = await start('trust: { anchors: [root.pem] }')
    expect(text.err).toContain(`http://127.0.0.1:${port}/check`)
    expect(text.err).toContain('authorities that it trusts: 1')
    const page = await (await fetch(`http://127.0.0.1:${port}/check?lang=en`)).text()
    expect(page).toContain('Check a document')
    expect((await fetch(`http://127.0.0.1:${port}/api/openapi.json`)).status).toBe(200)
    authority.asked.length = 0
    expect(await check()).toMatchObject({ subIndication: 'NO_CERTIFICATE_CHAIN_FOUND' })
    expect(authority.asked).toEqual([])
    expect(await end('SIGTERM')).toBe(0)
    await expect(fetch(`http://127.0.0.1:${port}/check`)).rejects.toThrow()
    expect(text.out).toContain('portal closing')
  })

  it('asks whom it may ask for what a file lacks, and nobody else', async () => {
    authority.asked.length = 0
    const { stop } = await open('trust: { anchors: [root.pem] }\nnetwork: { public: true }')
    expect(await check()).toMatchObject({ conclusion: 'INDETERMINATE' })
    expect(authority.asked).toEqual([])
    await stop()
    await open(`trust: { anchors: [root.pem] }\nnetwork: { hosts: ["${authority.host}"] }`)
    expect(await check()).toMatchObject({ conclusion: 'TOTAL-PASSED' })
    expect(authority.asked).toEqual(['GET /issuer', 'POST /ocsp', 'GET /root.crl'])
  })

  it('trusts the services of a list, and holds files to the limits that are set', async () => {
    const fixture = (name: string) =>
      fileURLToPath(
        new URL(`../../../packages/documents/test/check/fixtures/containers/${name}`, import.meta.url),
      )
    const list = `{ file: ${fixture('trusted-list.xml')}, signers: [${fixture('list-signer.der')}] }`
    const { trust } = await open(`trust: { lists: [${list}] }\nlimits: { fileMegabytes: 1 }`)
    expect(anchorCount(trust)).toBe(4)
    const answer = await fetch(`http://127.0.0.1:${port}/api/check`, {
      method: 'POST',
      headers: { 'content-type': 'application/pdf', 'accept-language': 'en' },
      body: Buffer.alloc(2 ** 20 + 1, 32),
    })
    expect(await answer.json()).toMatchObject({ status: 413, detail: 'A file may have 1 MB at most.' })
  })

  it('speaks TLS with the certificate that it is given', async () => {
    const { key, certificate } = authority.files
    await open(`tls: { key: ${key}, certificate: ${certificate} }`)
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const options = { host: '127.0.0.1', port, path: '/check', rejectUnauthorized: false }
      request(options, (answer) => resolve(answer.resume().statusCode))
        .once('error', reject)
        .end()
    })
    expect(status).toBe(200)
  })

  it('says that it trusts nobody where that is so', async () => {
    const { text } = await start()
    expect(text.err).toContain('it trusts nobody')
  })
})

describe('a portal that cannot start says why', () => {
  const refused = (file: string) => run(['portal', '--config', file], { SAPAN_HOME: at('home') })

  it.each([
    ['a mistake in its file', 'limits: { fileMegabytes: 0 }', 13, 'line 2'],
    ['a key that nobody knows', 'trusts: []', 13, 'trusts'],
    ['a list without signers', 'trust: { lists: [{ file: list.xml, signers: [] }] }', 13, 'signers'],
    ['a host that is an address of a page', 'network: { hosts: ["http://ocsp.example/"] }', 13, 'hosts'],
    ['an anchor that is not there', 'trust: { anchors: [missing.pem] }', 1, 'missing.pem'],
    ['a list that is none', 'trust: { lists: [{ file: root.pem, signers: [root.pem] }] }', 13, 'root.pem'],
    ['a key of another certificate', 'tls: { key: other.key, certificate: holder.pem }', 13, 'tls'],
  ])('%s', async (_, more, code, said) => {
    const { exportPem, generateSigner } = await import('@sapan/trust')
    await writeFile(at('other.key'), exportPem(generateSigner('ecdsa-p256-sha256')))
    const ended = await refused(await configured(more))
    expect(ended.notes).toContain(said)
    expect(ended.code).toBe(code)
  })

  it('a port that is taken', async () => {
    const file = await configured()
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    const ended = await refused(file)
    server.close()
    expect([ended.code, ended.notes]).toEqual([11, expect.stringContaining('portal.yaml')])
  })

  it('a place that others reach without TLS, unless a proxy in front has it', async () => {
    const file = await configured()
    await writeFile(file, 'listen: 0.0.0.0:8080')
    await expect(readPortalFile(file)).rejects.toMatchObject({ code: 'config-invalid' })
    await writeFile(file, 'listen: 0.0.0.0:8080\nbehindProxy: true')
    expect(await readPortalFile(file)).toMatchObject({
      behindProxy: true,
      trust: { anchors: [], lists: [] },
      limits: { fileMegabytes: 20, filesAtOnce: 1, checkSeconds: 20, uploadSeconds: 60 },
      network: { public: false, hosts: [] },
    })
  })
})
