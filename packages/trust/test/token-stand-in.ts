import { sign } from 'node:crypto'
import type { TokenOptions } from '../src/index.ts'
import { attributes, classes, tokenFlags } from '../src/signing/token/constants.ts'
import { TokenFailure } from '../src/signing/token/failures.ts'
import type { TokenObject, TokenPort, TokenSlot } from '../src/signing/token/protocol.ts'
import { Token } from '../src/signing/token/token.ts'
import { TestDocumentAuthority } from './document-authority.ts'
import { testPrivateKey } from './test-keys.ts'

export const content = Buffer.from('หนังสือ')
export const slot: TokenSlot = {
  slot: 7,
  label: 'นายทะเบียน',
  serial: 'A1',
  manufacturer: 'Test',
  model: 'One',
  flags: tokenFlags.initialised | tokenFlags.loginRequired,
}

/** A token with one P-256 key, which does what it is told to go wrong. */
export class StandIn {
  readonly certificate: Uint8Array
  readonly chain: readonly Uint8Array[]
  slots = [slot]
  keys = 1
  authenticates = false
  /** What the next calls fail with, by operation. */
  readonly failures: { operation: string; result: number }[] = []
  readonly pins: (string | undefined)[] = []
  readonly signatures: { mechanism: number; pin: string | undefined }[] = []
  /** How many signatures each request was for. */
  readonly portions: number[] = []
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
    this.portions.push(argument.data.length)
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
