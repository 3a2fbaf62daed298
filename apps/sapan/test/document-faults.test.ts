import { spawnSync } from 'node:child_process'
import { chmod, lstat, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Answer, DocumentAuthority } from './document-authority.ts'
import { type Ran, run } from './support.ts'

let folder: string
let authority: DocumentAuthority
let signer: { readonly key: string; readonly certificate: string }
const at = (name: string): string => join(folder, name)
const document = (...words: string[]) => run(['document', ...words], { SAPAN_HOME: at('home') })
const day = 86_400_000

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sapan-faults-'))
  authority = await DocumentAuthority.start(at('authority'))
  signer = await authority.signer('officer')
  await document('build', 'receipt', '--sample', '--out', at('receipt.pdf'))
})

beforeEach(() => authority.heal())

afterAll(async () => {
  authority.stop()
  await rm(folder, { recursive: true, force: true })
})

const sign = (...more: string[]): Promise<Ran> =>
  document('sign', at('receipt.pdf'), ...authority.words(signer), '--out', at('no.pdf'), ...more)

/** Says what went wrong and what to do, and leaves nothing behind, nor a part of it. */
async function expectRefused(
  work: () => Promise<Ran>,
  code: number,
  problem: string,
  said = 'Next:',
): Promise<void> {
  const before = await readdir(folder)
  const ran = await work()
  expect(ran.notes).toContain(problem)
  expect(ran.notes).toContain(said)
  expect(ran.notes).toContain('Next:')
  expect(ran.code).toBe(code)
  expect((await readdir(folder)).filter((name) => name !== 'home')).toEqual(
    before.filter((name) => name !== 'home'),
  )
}

describe('a time-stamp authority', () => {
  const html = Buffer.from('<html>maintenance</html>')
  const faults: [string, Answer, string, string][] = [
    ['that is down', 503, 'signing-stamp-unavailable', 'HTTP 503'],
    ['that is another service', 404, 'signing-stamp-refused', 'HTTP 404'],
    ['that answers with a web page', html, 'signing-stamp-invalid', 'cannot be read'],
    ['that answers with nothing', Buffer.alloc(0), 'signing-stamp-invalid', 'cannot be read'],
    ['that gives no stamp', Buffer.from('30053003020102', 'hex'), 'signing-stamp-refused', 'PKIStatus'],
  ]
  it.each(faults)('%s is told from others', async (_, answer, problem, said) => {
    authority.stamp = () => answer
    await expectRefused(sign, 1, problem, said)
  })

  it('that answers an earlier request, or whose clock is wrong, is not believed', async () => {
    let first: Buffer | undefined
    authority.stamp = async (request) => {
      first ??= await authority.rightStamp(request)
      return first
    }
    await expectRefused(sign, 1, 'signing-stamp-invalid')
    authority.heal()
    authority.ahead = 3_600_000
    await expectRefused(sign, 1, 'signing-stamp-time-wrong')
  })

  it('is named by an address', async () => {
    await expectRefused(() => sign('--tsa', 'tsa.example'), 2, 'misuse', '--tsa')
  })
})

describe('revocation', () => {
  it('that cannot be found out about stops B-LT, and says whom was asked', async () => {
    authority.ocsp = () => 500
    await expectRefused(sign, 1, 'revocation-unavailable', new URL(authority.url).host)
  })

  it('of the signer, or a certificate that its issuer does not know, is never signed into B-LT', async () => {
    authority.status = { state: 'revoked', at: Date.now() - day }
    await expectRefused(() => sign('--level', 'B-LT'), 1, 'signer-certificate-revoked', 'Do not sign')
    authority.status = { state: 'unknown' }
    await expectRefused(() => sign('--level', 'B-LT'), 1, 'revocation-unknown')
  })

  it('cannot be asked about without the issuer, whose certificate is to be named', async () => {
    const alone = ['--key', signer.key, '--certificate', signer.certificate, '--tsa', `${authority.url}/tsa`]
    const work = () => document('sign', at('receipt.pdf'), ...alone, '--out', at('no.pdf'))
    await expectRefused(work, 1, 'signer-chain-missing', '--chain')
  })
})

describe('a certificate', () => {
  it.each([
    ['that has expired', { now: Date.now() - 10 * day, days: 5 }, 'signer-certificate-expired'],
    ['of the future', { now: Date.now() + day }, 'signer-certificate-not-yet-valid'],
  ])('%s signs nothing', async (_, options, problem) => {
    const other = await authority.signer('other', options)
    await expectRefused(
      () => document('sign', at('receipt.pdf'), ...authority.words(other), '--out', at('no.pdf')),
      1,
      problem,
    )
  })

  it('of another key signs nothing', async () => {
    const other = await authority.signer('other')
    const mixed = authority.words({ key: signer.key, certificate: other.certificate })
    const work = () => document('sign', at('receipt.pdf'), ...mixed, '--out', at('no.pdf'))
    await expectRefused(work, 1, 'signing-certificate-mismatch')
  })
})

describe('what is to be signed', () => {
  it('is a file with something in it', async () => {
    await writeFile(at('empty.pdf'), '')
    await expectRefused(
      () => document('sign', at('empty.pdf'), '--out', at('no.pdf')),
      1,
      'document-unsignable',
    )
    await expectRefused(
      () => document('renew', at('empty.pdf'), '--out', at('no.pdf')),
      1,
      'document-unsignable',
    )
    await expectRefused(() => document('sign', folder, '--out', at('no.pdf')), 1, 'input-unreadable')
  })

  it('is certified by the first who signs, or not at all', async () => {
    await document('sign', at('receipt.pdf'), '--out', at('signed.pdf'))
    const late = () => document('sign', at('signed.pdf'), '--certify', 'forms', '--out', at('no.pdf'))
    await expectRefused(late, 1, 'certification-not-first', '--certify')
  })
})

describe('--out', () => {
  it('may be the file itself, whose mode stays, also behind a link', async () => {
    await writeFile(at('own.pdf'), await readFile(at('receipt.pdf')))
    await chmod(at('own.pdf'), 0o600)
    await symlink(at('own.pdf'), at('link.pdf'))
    expect((await document('sign', at('link.pdf'), '--out', at('link.pdf'))).code).toBe(0)
    expect((await lstat(at('link.pdf'))).isSymbolicLink()).toBe(true)
    expect((await stat(at('own.pdf'))).mode & 0o777).toBe(0o600)
    expect((await document('check', at('own.pdf'))).code).toBe(0)
  })

  it('may be the file itself, which stays as it is when it cannot be signed', async () => {
    const before = await readFile(at('receipt.pdf'))
    authority.stamp = () => 503
    await expectRefused(() => sign('--out', at('receipt.pdf')), 1, 'signing-stamp-unavailable')
    expect(before.equals(await readFile(at('receipt.pdf')))).toBe(true)
  })

  it.each([
    ['a folder', () => folder],
    ['below a file', () => at('receipt.pdf/no.pdf')],
    ['in a place where nothing can be made', () => '/proc/no.pdf'],
  ])('is not %s', async (_, place) => {
    const work = () => document('sign', at('receipt.pdf'), '--out', place())
    await expectRefused(work, 12, 'output-unwritable', '--out')
  })

  it('never takes the place of a pipe or a device', async () => {
    if (spawnSync('mkfifo', [at('pipe')]).status !== 0) return
    const work = () => document('sign', at('receipt.pdf'), '--out', at('pipe'))
    await expectRefused(work, 12, 'output-unwritable', 'is no file')
    expect((await stat(at('pipe'))).isFIFO()).toBe(true)
  })
})

describe('--report of a check, and --out of what is inside', () => {
  it.each([
    ['--report', () => document('check', at('receipt.pdf'), '--report', at('other-pipe'))],
    [
      '--out',
      () => document('show', at('receipt.pdf'), '--attachment', 'data.json', '--out', at('other-pipe')),
    ],
  ])('%s never takes the place of a pipe or a device', async (_, work) => {
    await rm(at('other-pipe'), { force: true })
    if (spawnSync('mkfifo', [at('other-pipe')]).status !== 0) return
    await expectRefused(work, 12, 'output-unwritable', 'is no file')
    expect((await stat(at('other-pipe'))).isFIFO()).toBe(true)
  })
})

describe('a folder where a file is named', () => {
  it.each([
    [2, ['check']],
    [1, ['show']],
    [1, ['renew', '--out', 'no.pdf']],
  ])('is said to be one: exit code %i of %j', async (code, [command = '', ...more]) => {
    const work = () => document(command, folder, ...more)
    await expectRefused(work, code, 'input-unreadable', `${folder} is a folder`)
  })
})
