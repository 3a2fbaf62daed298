import { expect, it } from 'vitest'
import { issuerOf, signerName } from '../src/report/signer.ts'
import { signingTime } from '../src/report/view.ts'
import { goodSignature } from './reports.ts'

const { signer } = goodSignature
if (signer === undefined) throw new Error('the signature has no signer')
const own = {
  ...goodSignature,
  signer: { ...signer, chain: [{ ...signer, name: 'National Root', trusted: false }] },
}

it('names the signer and who vouches for the name', () => {
  expect(signerName(goodSignature, 'en')).toBe(signer.name)
  expect(issuerOf(goodSignature)?.label.en).toBe('Identity vouched for by')
})

it('says of names for which nobody vouches that they are claims', () => {
  expect(signerName(own, 'en')).toBe(`Claims to be ${signer.name}`)
  expect(issuerOf(own)).toMatchObject({
    name: 'National Root',
    label: { en: expect.stringContaining('claims') },
  })
})

it('does not say that a time-stamp proves a time that the signer dates back', () => {
  const dated = { ...goodSignature, claimedAt: '2020-01-01T00:00:00.000Z' }
  expect(signingTime(dated, 'en')).toMatch(/^Not later than .*2026.*the signer says .*2020/)
  expect(signingTime(goodSignature, 'en')).not.toMatch(/^Not later/)
})
