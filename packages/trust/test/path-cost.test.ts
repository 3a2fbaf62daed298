import { expect, it, vi } from 'vitest'
import { createRoot, generateSigner, issueCertificate, verifyPath } from '../src/index.ts'
import { now } from './authority.ts'

const verified = vi.hoisted(() => ({ times: 0 }))
vi.mock('node:crypto', async (original) => {
  const crypto = await original<typeof import('node:crypto')>()
  const verify = (...given: Parameters<typeof crypto.verify>) => {
    verified.times++
    return crypto.verify(...given)
  }
  return { ...crypto, verify }
})

it('authorities that all certify each other cost no more than each against each', () => {
  const signer = generateSigner('ecdsa-p256-sha256')
  const subject = { commonName: 'One of many' }
  const many = Array.from({ length: 8 }, (_, n) => createRoot({ subject, signer, now: now - n, years: 9 }))
  const [issuer] = many
  if (!issuer) throw new Error('no issuer')
  const { publicKey } = generateSigner('ed25519')
  const leaf = issueCertificate(issuer, { publicKey, profile: 'signing', subject, now, days: 1 })
  const chain = many.map(({ certificate }) => certificate)
  const options = { profile: 'signing', at: now, revoked: new Set<string>() } as const
  expect(() => verifyPath(leaf, chain, ['0'.repeat(64)], options)).toThrow('certificate-untrusted')
  expect(verified.times).toBeGreaterThan(0)
  expect(verified.times).toBeLessThanOrEqual(8 + 8 * 8)
})
