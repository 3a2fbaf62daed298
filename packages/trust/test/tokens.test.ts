import { describe, expect, it } from 'vitest'
import { openToken, verifyKeySignature } from '../src/index.ts'
import { mechanisms, results, tokenFlags } from '../src/signing/token/constants.ts'
import { Token } from '../src/signing/token/token.ts'
import { TestDocumentAuthority } from './document-authority.ts'
import { codeOf } from './test-keys.ts'
import { content, StandIn, slot } from './token-stand-in.ts'

// A token's process is stood in for here; SoftHSM2 itself is in the workspace `conformance`.

describe('a key in a token', () => {
  it('comes with its certificate and those above it, and signs there', async () => {
    const token = (await StandIn.insert()).signsRight()
    const key = await token.open().key({ label: 'ตราประทับ', id: '01' })
    expect(key.certificate).toBe(token.certificate)
    expect(key.chain).toEqual(token.chain)
    const { publicKey } = await (await TestDocumentAuthority.create('ecdsa-sha256')).digestKey()
    expect(verifyKeySignature('ecdsa-sha256', publicKey, content, await key.sign(content))).toBe(true)
    expect(token.signatures).toEqual([{ mechanism: mechanisms.ecdsa, pin: undefined }])
  })

  it('is logged in to once for many signatures', async () => {
    const token = (await StandIn.insert()).signsRight()
    const key = await token.open().key()
    for (let at = 0; at < 3; at++) await key.sign(content)
    await key.signMany?.([content, content])
    expect(token.pins).toEqual(['1234'])
  })

  it('that wants the PIN before each signature gets it', async () => {
    const token = (await StandIn.insert()).signsRight()
    token.authenticates = true
    const key = await token.open().key()
    await key.sign(content)
    expect(token.signatures).toEqual([{ mechanism: mechanisms.ecdsa, pin: '1234' }])
  })

  it('gives no signature that its certificate does not verify', async () => {
    const token = await StandIn.insert()
    const key = await token.open().key()
    expect(await codeOf(() => key.sign(content))).toBe('signing-certificate-mismatch')
  })

  it('of a token with its own keypad needs no PIN from us', async () => {
    const token = (await StandIn.insert()).signsRight()
    token.slots = [{ ...slot, flags: slot.flags | tokenFlags.protectedPath }]
    await new Token({ module: 'test' }, () => token.start()).open()
    expect(token.pins).toEqual([undefined])
  })
})

describe('what is not there has its own problem', () => {
  it.each([
    ['no token', { token: 'ของผู้อื่น' }, 'token-not-found'],
    ['no such slot', { slot: 8 }, 'token-not-found'],
    ['no such serial number', { serial: 'B2' }, 'token-not-found'],
  ])('%s', async (_, options, code) => {
    const token = await StandIn.insert()
    expect(await codeOf(() => token.open(options).key())).toBe(code)
  })

  it('two tokens, and two keys, where one was to be named', async () => {
    const token = await StandIn.insert()
    token.slots = [slot, { ...slot, slot: 8 }]
    expect(await codeOf(() => token.open().key())).toBe('token-ambiguous')
    const other = await StandIn.insert()
    other.keys = 2
    expect(await codeOf(() => other.open().key())).toBe('token-ambiguous')
  })

  it('no key of that label, and an algorithm that the key, or the token, has not', async () => {
    const token = await StandIn.insert()
    expect(await codeOf(() => token.open().key({ label: 'ไม่มี' }))).toBe('token-key-not-found')
    expect(await codeOf(() => token.open().key({ algorithm: 'rsa-pkcs1-sha256' }))).toBe(
      'signing-key-unsupported',
    )
    const key = await token.open().key()
    token.failures.push({ operation: 'sign', result: results.mechanismInvalid })
    expect(await codeOf(() => key.sign(content))).toBe('token-mechanism-unsupported')
  })

  it('no module, and a file that is none', async () => {
    for (const module of ['/nowhere/module.so', '/etc/hostname']) {
      expect(await codeOf(() => openToken({ module, pin: () => '1' }))).toBe('token-module-unusable')
    }
  })

  it('a key that was closed', async () => {
    const token = (await StandIn.insert()).signsRight()
    const key = await token.open().key()
    await key.close?.()
    expect(await codeOf(() => key.sign(content))).toBe('token-unavailable')
  })
})
