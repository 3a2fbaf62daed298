import { sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openToken, verifyKeySignature } from '../src/index.ts'
import { attributes, classes, mechanisms, results, tokenFlags } from '../src/signing/token/constants.ts'
import type { TokenObject, TokenSlot } from '../src/signing/token/protocol.ts'
import { Token, type TokenOptions, type TokenPort } from '../src/signing/token/token.ts'
import { TokenFailure } from '../src/signing/token/token-process.ts'
import { TestDocumentAuthority } from './document-authority.ts'
import { codeOf, testPrivateKey } from './test-keys.ts'

// A token's process is stood in for here; SoftHSM2 itself is in the workspace `conformance`.

const content = Buffer.from('หนังสือ')
const slot: TokenSlot = {
  slot: 7,
  label: 'นายทะเบียน',
  serial: 'A1',
  manufacturer: 'Test',
  model: 'One',
  flags: tokenFlags.initialised | tokenFlags.loginRequired,
}

/** A token with one P-256 key, which does what it is told to go wrong. */
class StandIn {
  readonly certificate: Uint8Array
  readonly chain: readonly Uint8Array[]
  slots = [slot]
  keys = 1
  authenticates = false
  /** What the next calls fail with, by operation. */
  readonly failures: { operation: string; result: number }[] = []
  readonly pins: (string | undefined)[] = []
  readonly signatures: { mechanism: number; pin: string | undefined }[] = []
  starts = 0
  /** Processes that were started and not closed. */
  readonly running = new Set<object>()

  constructor(certificate: Uint8Array, chain: readonly Uint8Array[]) {
    this.certificate = certificate
    this.chain = chain
  }

  static async insert(): Promise<StandIn> {
    const ca = await TestDocumentAuthority.create('ecdsa-sha256')
    const { certificate, chain } = await ca.officer()
    return new StandIn(certificate, chain)
  }

  open(options: Partial<TokenOptions> = {}): Token {
    return new Token({ module: 'test', pin: () => '1234', ...options }, () => this.start())
  }

  start(): TokenPort {
    this.starts++
    const port = { isRunning: true, close: () => this.running.delete(port), ask: async () => undefined }
    this.running.add(port)
    const ask = async (operation: string, argument: never) => {
      const failure = this.failures.findIndex((each) => each.operation === operation)
      const [found] = failure < 0 ? [] : this.failures.splice(failure, 1)
      if (found) throw new TokenFailure(operation, found.result)
      return this.#answer(operation, argument)
    }
    return Object.assign(port, { ask }) as TokenPort
  }

  #answer(operation: string, argument: { filter: ReadonlyMap<number, Uint8Array> } & SignArgument): unknown {
    if (operation === 'slots') return this.slots
    if (operation === 'login') this.pins.push(argument.pin)
    if (operation === 'objects') return this.#objects(argument.filter)
    if (operation !== 'sign') return undefined
    this.signatures.push({ mechanism: argument.mechanism, pin: argument.pin })
    return argument.data.map(() => this.signature)
  }

  signature: Uint8Array = new Uint8Array(64)

  /** What the token gives is r and s; over the digest of `content` only. */
  signsRight(): this {
    const key = testPrivateKey('ecdsa-sha256', 'officer')
    this.signature = sign('sha256', content, { key, dsaEncoding: 'ieee-p1363' })
    return this
  }

  #objects(filter: ReadonlyMap<number, Uint8Array>): TokenObject[] {
    const wanted = filter.get(attributes.class)?.[0]
    const id = Buffer.of(1)
    if (wanted === classes.certificate) {
      return [this.certificate, ...this.chain].map((value, at) => ({
        handle: 10 + at,
        values: new Map([
          [attributes.value, value],
          [attributes.id, Buffer.of(at + 1)],
        ]),
      }))
    }
    const label = filter.get(attributes.label)
    if (label && Buffer.from(label).toString() !== 'ตราประทับ') return []
    const always = Buffer.of(this.authenticates ? 1 : 0)
    return Array.from({ length: this.keys }, (_, at) => ({
      handle: at + 1,
      values: new Map([
        [attributes.id, id],
        [attributes.alwaysAuthenticate, always],
      ]),
    }))
  }
}

interface SignArgument {
  readonly pin?: string
  readonly mechanism: number
  readonly data: readonly Uint8Array[]
}

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

describe('a session that is lost', () => {
  it.each([
    ['the session is closed', results.sessionHandleInvalid],
    ['the token was out and in again', results.deviceRemoved],
    ['the login is gone', results.notLoggedIn],
    ["the key's handle is of another session", results.keyHandleInvalid],
  ])('is opened again, and the signature made, when %s', async (_, result) => {
    const token = (await StandIn.insert()).signsRight()
    const key = await token.open().key()
    token.failures.push({ operation: 'sign', result })
    await key.sign(content)
    expect(token.pins).toEqual(['1234', '1234'])
    expect(token.starts).toBe(2)
  })

  it('is opened once for all signatures that wait', async () => {
    const token = (await StandIn.insert()).signsRight()
    const key = await token.open().key()
    const failure = { operation: 'sign', result: results.sessionHandleInvalid }
    token.failures.push(failure, failure, failure)
    await Promise.all([key.sign(content), key.sign(content), key.sign(content)])
    expect(token.starts).toBe(2)
    expect(token.running.size).toBe(1)
  })

  it('twice in a row is told, and the next signature tries anew', async () => {
    const token = (await StandIn.insert()).signsRight()
    const key = await token.open().key()
    const failure = { operation: 'sign', result: results.sessionHandleInvalid }
    token.failures.push(failure, failure)
    expect(await codeOf(() => key.sign(content))).toBe('token-unavailable')
    expect(await key.sign(content)).toBeInstanceOf(Uint8Array)
  })

  it('because the token was taken out is told as that, until it is back', async () => {
    const token = (await StandIn.insert()).signsRight()
    const key = await token.open().key()
    token.failures.push({ operation: 'sign', result: results.tokenNotPresent })
    token.slots = []
    expect(await codeOf(() => key.sign(content))).toBe('token-not-found')
    token.slots = [slot]
    expect(await key.sign(content)).toBeInstanceOf(Uint8Array)
  })
})

describe('a wrong PIN', () => {
  it('is told, and never tried again', async () => {
    const token = await StandIn.insert()
    token.failures.push({ operation: 'login', result: results.pinIncorrect })
    const opened = token.open()
    expect(await codeOf(() => opened.key())).toBe('token-pin-wrong')
    expect(await codeOf(() => opened.key())).toBe('token-pin-wrong')
    expect(token.starts).toBe(1)
  })

  it('is not tried on a token that is locked, nor when one try is left', async () => {
    for (const flag of [tokenFlags.pinLocked, tokenFlags.pinFinalTry]) {
      const token = await StandIn.insert()
      token.slots = [{ ...slot, flags: slot.flags | flag }]
      expect(await codeOf(() => token.open().key())).toBe('token-pin-locked')
      expect(token.pins).toEqual([])
    }
  })

  it('is in no problem, nor in its cause', async () => {
    const token = await StandIn.insert()
    token.failures.push({ operation: 'login', result: results.pinIncorrect })
    const error = await token
      .open()
      .open()
      .catch((problem: unknown) => problem)
    expect(JSON.stringify([error, error instanceof Error && error.cause])).not.toContain('1234')
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
