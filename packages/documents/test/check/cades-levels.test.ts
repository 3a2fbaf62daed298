import { beforeAll, describe, expect, test } from 'vitest'
import { checkFile } from '../../src/check/index.ts'
import { type Level, signCades } from '../../src/sign/index.ts'
import { day, now, TestPki } from '../sign/authority.ts'

let pki: TestPki
const content = Buffer.from('ประกาศ')

beforeAll(async () => {
  pki = await TestPki.create()
})

async function sign(level: Level, detached: boolean): Promise<Uint8Array> {
  const key = await pki.signingKey('ecdsa-sha256', { days: 30 })
  return signCades(content, {
    key,
    level,
    detached,
    time: now,
    ...pki.services(),
  })
}

async function check(file: Uint8Array, at: number) {
  const files = [{ name: 'a.txt', bytes: content }]
  const options = { anchors: { certificates: [pki.root.certificate] }, at }
  const { signatures } = await checkFile(file, options, files)
  return signatures[0]
}

describe.each([true, false])('CAdES (detached: %s)', (detached) => {
  test.each(['B-B', 'B-T', 'B-LT', 'B-LTA'] as const)('is recognised as %s', async (level) => {
    expect(await check(await sign(level, detached), now + 60_000)).toMatchObject({ level: `CAdES-${level}` })
  })

  test.each(['B-LT', 'B-LTA'] as const)(
    '%s passes offline, also when its information is stale',
    async (level) => {
      const file = await sign(level, detached)
      expect(await check(file, now + 60_000)).toMatchObject({ indication: 'TOTAL-PASSED' })
      expect(await check(file, now + 20 * day)).toMatchObject({ indication: 'TOTAL-PASSED' })
      expect(await check(file, now + 60 * day)).toMatchObject({ indication: 'TOTAL-PASSED' })
    },
  )

  test('an archive time-stamp does not hold when what it covers is taken out', async () => {
    const file = Buffer.from(await sign('B-LTA', detached))
    const at = file.indexOf(pki.issuer.certificate)
    expect(at).toBeGreaterThan(0)
    file[at + 200] = (file[at + 200] ?? 0) ^ 1
    const report = await check(file, now + 60_000)
    const archive = report?.timestamps.find(({ kind }) => kind === 'archive')
    expect(archive?.indication).not.toBe('TOTAL-PASSED')
  })
})
