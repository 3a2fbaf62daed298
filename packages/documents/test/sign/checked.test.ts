import type { SigningKey } from '@sapan/trust'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkFile } from '../../src/check/index.ts'
import { createAsice, createAsics, type Level, renewPdf, signPdf } from '../../src/sign/index.ts'
import { now, TestPki } from './authority.ts'
import { issuedDocument } from './issued.ts'
import { fieldsOf } from './verify.ts'

let pki: TestPki
let key: SigningKey
let issued: Uint8Array

beforeAll(async () => {
  pki = await TestPki.create()
  key = await pki.signingKey()
  issued = await issuedDocument()
})

const options = (level: Level) => ({
  key,
  level,
  time: now,
  ...pki.services(),
})

async function conclusion(bytes: Uint8Array, at = now + 60_000) {
  const report = await checkFile(bytes, { anchors: { certificates: [pki.root.certificate] }, at })
  expect(report.findings).toEqual([])
  return { conclusion: report.conclusion, levels: report.signatures.map(({ level }) => level) }
}

describe('what is signed here passes the check', () => {
  it.each(['B-LT', 'B-LTA'] as const)('as PAdES %s', async (level) => {
    const signed = await signPdf(issued, {
      ...options(level),
      field: 'dean',
      appearance: { lines: ['คณบดี'] },
    })
    expect(await conclusion(signed)).toEqual({ conclusion: 'TOTAL-PASSED', levels: [`PAdES-${level}`] })
  })

  it('with three signatures, one of them visible in a field of the document', async () => {
    const once = await signPdf(issued, { ...options('B-LTA'), certification: 2 })
    const twice = await signPdf(once, {
      ...options('B-LTA'),
      field: 'dean',
      appearance: { lines: ['คณบดี'] },
    })
    const thrice = await signPdf(twice, { ...options('B-LTA'), reason: 'ตราประทับ' })
    expect((await conclusion(thrice)).conclusion).toBe('TOTAL-PASSED')
  })

  it('after a renewal', async () => {
    const renewed = await renewPdf(await signPdf(issued, options('B-B')), options('B-LTA'))
    expect(await conclusion(renewed)).toEqual({ conclusion: 'TOTAL-PASSED', levels: ['PAdES-B-LTA'] })
  })

  it.each(['B-LT', 'B-LTA'] as const)('as CAdES %s in containers', async (level) => {
    const file = { name: 'หนังสือ.txt', bytes: Buffer.from('ข้อความ'), mime: 'text/plain' }
    const expected = { conclusion: 'TOTAL-PASSED', levels: [`CAdES-${level}`] }
    expect(await conclusion(await createAsice([file], options(level)))).toEqual(expected)
    expect(await conclusion(await createAsics(file, options(level)))).toEqual(expected)
  })
})

describe('a changed byte', () => {
  it('anywhere in what the last time-stamp covers fails the check, or takes the time-stamp away', async () => {
    const signed = await signPdf(issued, options('B-LTA'))
    const [from, to] = fieldsOf(signed).at(-1)?.contentsRange ?? [0, 0]
    for (let at = 9; at < signed.length; at += Math.ceil(signed.length / 40)) {
      if (at >= from && at < to) continue
      const altered = Uint8Array.from(signed)
      altered[at] = (altered[at] ?? 0) ^ 1
      const found = await conclusion(altered).catch(() => undefined)
      const stillWhole = { conclusion: 'TOTAL-PASSED', levels: ['PAdES-B-LTA'] }
      expect(found, `byte ${at}`).not.toEqual(stillWhole)
    }
  })
})
