import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TestVisitor } from '../../../packages/identity/test/relying-party/visitor.ts'
import { SoftwareAuthenticator } from '../../../packages/identity/test/software-authenticator.ts'
import { type TestDatabase, testDatabase } from '../../../packages/kernel/test/database.ts'
import { freePorts } from '../../../packages/kernel/test/ports.ts'
import { type Staying, staying } from './processes.ts'

let folder: string
let database: TestDatabase
let running: Staying[]
let issuer: string
let portal: string
let desk: string

/** As the guide for operators has it: one file for issuer and desk, which the portal's names. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sapan-operator-'))
  database = await testDatabase()
  const [one = 0, two = 0, three = 0] = await freePorts(3)
  ;[issuer, desk, portal] = [one, two, three].map((port) => `http://localhost:${port}`) as [
    string,
    string,
    string,
  ]
  await writeFile(
    join(folder, 'identity.yaml'),
    `issuer: ${issuer}
portal: ${portal}
desk: ${desk}
listen: { identity: "localhost:${one}", desk: "localhost:${two}" }
operator: TH/GOV/DGA
gateway: { edge: "http://127.0.0.1:1", subsystem: TH/GOV/DGA/identity }
contact: { email: help@example.go.th, dataProtection: dpo@example.go.th }
database: { url: "${database.url}" }
`,
  )
  await writeFile(join(folder, 'portal.yaml'), `listen: localhost:${three}\nidentity: identity.yaml\n`)
  const config = (name: string) => ['--config', join(folder, name)]
  // At once, as a machine that comes up does it: whoever is first makes tables and keys.
  running = await Promise.all(
    [
      ['identity', ...config('identity.yaml')],
      ['desk', ...config('identity.yaml')],
      ['portal', ...config('portal.yaml')],
    ].map((argv) => staying(join(folder, 'home'), argv, 'Ctrl-C stops it')),
  )
}, 120_000)
afterAll(async () => {
  await Promise.all((running ?? []).map(({ end }) => end('SIGKILL')))
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

/** What a page's script does with the passkey: asks what to answer, and sends the answer with the form. */
async function byPasskey(
  visitor: TestVisitor,
  base: string,
  step: 'create' | 'passkey',
  respond: (options: never) => string,
) {
  const { text } = await visitor.open(step === 'create' ? `${base}/create` : base)
  const key = /name="form-key" value="([^"]+)"/.exec(text)?.[1] ?? ''
  const asked = await visitor.fetch(`${base}/${step}/options`, {
    method: 'POST',
    body: new URLSearchParams({ 'form-key': key }),
    headers: { origin: issuer, accept: 'application/json' },
  })
  const { ceremony, options } = await asked.json()
  return visitor.post(
    `${base}/${step}`,
    { ceremony, response: respond(options as never), name: 'มือถือ' },
    text,
  )
}

describe('issuer, desk and portal as processes of their own, over one database', () => {
  it('let somebody open an account and sign in, and each face knows them', async () => {
    const visitor = new TestVisitor()
    const device = new SoftwareAuthenticator(issuer)
    const wanted = `${portal}/me/security`
    const { at } = await visitor.open(wanted)
    expect(at.origin).toBe(issuer)
    const made = await byPasskey(visitor, at.href, 'create', (options) => device.create(options))
    expect(made.status).toBe(200)
    const there = await byPasskey(visitor, at.href, 'passkey', (options) => device.get(options))
    expect([there.status, there.at.href]).toEqual([200, wanted])
    // The desk asks the issuer, which knows them already; they are no officer.
    const desked = await visitor.open(`${desk}/desk/tasks`)
    expect([desked.at.origin, desked.status]).toEqual([desk, 403])
    expect(desked.text).toContain('officer-appointment-missing')
  })

  it('end in order', async () => {
    const codes = await Promise.all(running.map(({ end }) => end('SIGTERM')))
    expect(codes).toEqual([0, 0, 0])
  })
})
