import type { KeyObject } from 'node:crypto'
import { Problem, type Text } from '@sapan/kernel'
import { trustProblems } from '../../problems.ts'
import { defaultKeyAlgorithm, fitsAlgorithm, type KeyAlgorithm, verifyKeySignature } from '../algorithm.ts'
import { type DigestKey, digestAlgorithms } from '../digest-key.ts'
import { publicKeyOf, type SigningKey, type UncertifiedKey } from '../signing-key.ts'
import { attributes, classes, results, tokenFlags } from './constants.ts'
import { digestOrder, signaturesFrom, signOrder } from './mechanism.ts'
import { byAge, chainAbove, idBytes, objectFilter, publicKeyFromObject } from './objects.ts'
import type { TokenObject, TokenOperation, TokenOperations, TokenSlot } from './protocol.ts'
import { TokenFailure, TokenProcess } from './token-process.ts'

export interface TokenOptions {
  /** Path of the maker's PKCS#11 module: `/usr/lib/softhsm/libsofthsm2.so`, … */
  readonly module: string
  /** The slot's number, or the token's label or serial number; none of them where only one token is there. */
  readonly slot?: number
  readonly token?: string
  readonly serial?: string
  /**
   * Gives the PIN whenever a session is opened; it is not kept. Absent: the token needs none, or has a keypad of its own.
   * A PIN that the token refused is never tried again, and the callback not asked again.
   */
  readonly pin?: () => string | Promise<string>
  /** Environment variables that the module needs (`SOFTHSM2_CONF`, `HOME`, …); none by default. */
  readonly environment?: Readonly<Record<string, string>>
  /** After so long without an answer the token counts as gone; 60,000 by default. */
  readonly timeoutMs?: number
}

/** Which key of the token: its label, its id (bytes, or hex), or both; none of them where only one is there. */
export interface TokenKeySelection {
  readonly label?: string
  readonly id?: Uint8Array | string
}

export interface TokenKeyOptions extends TokenKeySelection {
  readonly algorithm?: KeyAlgorithm
  /** Where the token has none: the certificate and those above it, DER. */
  readonly certificate?: Uint8Array
  readonly chain?: readonly Uint8Array[]
}

/** What runs the module: a process of its own, or a stand-in of tests. */
export interface TokenPort {
  readonly isRunning: boolean
  ask<O extends TokenOperation>(
    operation: O,
    ...argument: Parameters<TokenOperations[O]>
  ): Promise<ReturnType<TokenOperations[O]>>
  close(): void
}

interface KeyHandle {
  readonly handle: number
  /** Whether the key wants the PIN before each signature (CKA_ALWAYS_AUTHENTICATE). */
  readonly authenticate: boolean
}

/** A session that is open, and the handles that keys have in it. */
interface Session {
  readonly port: TokenPort
  readonly handles: Map<string, KeyHandle>
}

/** After these a new session may help. What was asked for is then done once more, and only once. */
const lost: ReadonlySet<number> = new Set([
  results.deviceError,
  results.deviceRemoved,
  results.keyHandleInvalid,
  results.objectHandleInvalid,
  results.sessionClosed,
  results.sessionHandleInvalid,
  results.slotInvalid,
  results.tokenNotPresent,
  results.tokenNotRecognised,
  results.notLoggedIn,
  results.notInitialised,
])

/** A token (PKCS#11) with a session, which is opened again when it is lost. Its keys sign in the token. */
export class Token {
  readonly #options: TokenOptions
  readonly #start: () => TokenPort
  #session: Promise<Session> | undefined
  /** The session that was opened last, while it is open. */
  #live: Session | undefined
  /** The problem that the PIN met: from then on the token is left alone. */
  #refused: Problem | undefined
  #closed = false

  constructor(options: TokenOptions, start: () => TokenPort) {
    this.#options = options
    this.#start = start
  }

  /** Opens the session if there is none; throws what `openToken` says. */
  async open(): Promise<void> {
    await this.#current()
  }

  /** A key with its certificate. Throws `token-key-not-found`, `token-ambiguous`, and as `openToken` does. */
  async key(options: TokenKeyOptions = {}): Promise<SigningKey> {
    const { found, certificates } = await this.#again(async (session) => ({
      found: await this.#findKey(session, options),
      certificates: await findCertificates(session.port),
    }))
    const certificate = options.certificate ?? certificateFor(found, certificates)
    const chain =
      options.chain ??
      chainAbove(
        certificate,
        certificates.map(({ der }) => der),
      )
    const signing = this.#signs(options, publicKeyOf(certificate), options.algorithm)
    return { ...signing, certificate, chain }
  }

  /** A key for a signing service, which signs digests. Throws as `key` does. */
  async digestKey(options: Omit<TokenKeyOptions, 'algorithm'> = {}): Promise<DigestKey> {
    const { certificate, chain } = await this.key(options)
    const publicKey = publicKeyOf(certificate)
    return {
      publicKey,
      certificate,
      chain,
      algorithms: digestAlgorithms(publicKey),
      signDigests: (algorithm, digests, saltLength) =>
        this.#order(options, algorithm, digestOrder(algorithm, publicKey, digests, saltLength)),
      close: () => this.close(),
    }
  }

  /** A key without a certificate, to ask for one. Its public half must be in the token too. */
  async uncertifiedKey(
    options: TokenKeySelection & { algorithm?: KeyAlgorithm } = {},
  ): Promise<UncertifiedKey> {
    const publicKey = await this.#again((session) => this.#findPublicKey(session, options))
    return { ...this.#signs(options, publicKey, options.algorithm), publicKey }
  }

  /** Ends the session, and with it all keys. */
  async close(): Promise<void> {
    this.#closed = true
    const session = this.#session
    this.#session = undefined
    if (session) await session.then(({ port }) => port.close(), ignored)
  }

  #signs(selection: TokenKeySelection, publicKey: KeyObject, wanted: KeyAlgorithm | undefined) {
    const algorithm = wanted ?? defaultKeyAlgorithm(publicKey)
    if (!fitsAlgorithm(publicKey, algorithm)) throw new Problem(trustProblems['signing-key-unsupported'])
    const signMany = (data: readonly Uint8Array[]) => this.#sign(selection, publicKey, algorithm, data)
    return {
      algorithm,
      signMany,
      sign: async (data: Uint8Array) => only(await signMany([data])),
      close: () => this.close(),
    }
  }

  async #sign(
    selection: TokenKeySelection,
    publicKey: KeyObject,
    algorithm: KeyAlgorithm,
    data: readonly Uint8Array[],
  ): Promise<Uint8Array[]> {
    const signatures = await this.#order(selection, algorithm, signOrder(algorithm, publicKey, data))
    const holds = signatures.every((each, at) =>
      verifyKeySignature(algorithm, publicKey, data[at] ?? new Uint8Array(), each),
    )
    if (!holds) throw new Problem(trustProblems['signing-certificate-mismatch'])
    return signatures
  }

  async #order(
    selection: TokenKeySelection,
    algorithm: KeyAlgorithm,
    order: ReturnType<typeof signOrder>,
  ): Promise<Uint8Array[]> {
    if (order.data.length === 0) return []
    const raw = await this.#again(async (session) => {
      const { handle, authenticate } = await this.#handle(session, selection)
      const pin = authenticate ? await this.#options.pin?.() : undefined
      return session.port.ask('sign', { ...order, key: handle, authenticate, pin })
    })
    if (raw.length !== order.data.length) throw new Problem(trustProblems['token-unavailable'])
    return signaturesFrom(algorithm, raw)
  }

  async #handle(session: Session, selection: TokenKeySelection): Promise<KeyHandle> {
    const name = JSON.stringify([
      selection.label,
      selection.id && Buffer.from(idBytes(selection.id)).toString('hex'),
    ])
    const known = session.handles.get(name)
    if (known) return known
    const { handle, values } = await this.#findKey(session, selection)
    const found = { handle, authenticate: values.get(attributes.alwaysAuthenticate)?.[0] === 1 }
    session.handles.set(name, found)
    return found
  }

  async #findKey({ port }: Session, selection: TokenKeySelection): Promise<TokenObject> {
    const wanted = [attributes.id, attributes.label, attributes.alwaysAuthenticate]
    const filter = objectFilter(classes.privateKey, selection)
    const [key, ...more] = await port.ask('objects', { filter, wanted })
    if (!key) throw new Problem(trustProblems['token-key-not-found'])
    if (more.length > 0) throw new Problem(trustProblems['token-ambiguous'])
    return key
  }

  async #findPublicKey(session: Session, selection: TokenKeySelection): Promise<KeyObject> {
    const { modulus, publicExponent, ecParams, ecPoint, keyType, id } = attributes
    const own = (await this.#findKey(session, selection)).values.get(id)
    const filter = objectFilter(classes.publicKey, own ? { id: own } : selection)
    const wanted = [keyType, modulus, publicExponent, ecParams, ecPoint]
    const [found] = await session.port.ask('objects', { filter, wanted })
    const publicKey = found && publicKeyFromObject(found)
    if (!publicKey) throw new Problem(trustProblems['token-key-not-found'])
    return publicKey
  }

  /** Does it in the session; when the session was lost, opens another and does it once more. */
  async #again<T>(run: (session: Session) => Promise<T>): Promise<T> {
    const session = await this.#current()
    try {
      return await run(session)
    } catch (error) {
      if (!isLost(error) && session.port.isRunning) throw this.#problem(error)
      this.#drop(session)
    }
    const another = await this.#current()
    try {
      return await run(another)
    } catch (error) {
      if (isLost(error)) this.#drop(another)
      throw this.#problem(error)
    }
  }

  /** Ends that session. Another that was opened in its place meanwhile stays. */
  #drop(session: Session): void {
    session.port.close()
    if (this.#live !== session) return
    this.#live = undefined
    this.#session = undefined
  }

  async #current(): Promise<Session> {
    if (this.#closed) throw new Problem(trustProblems['token-unavailable'])
    if (this.#refused) throw this.#refused
    this.#session ??= this.#openSession()
    const opening = this.#session
    try {
      return await opening
    } catch (error) {
      if (this.#session === opening) this.#session = undefined
      throw error
    }
  }

  async #openSession(): Promise<Session> {
    const port = this.#start()
    try {
      await load(port, this.#options.module)
      const slot = chooseSlot(await port.ask('slots'), this.#options)
      const login = (slot.flags & tokenFlags.loginRequired) !== 0
      if (login) refuseLocked(slot)
      const pin = login ? await this.#options.pin?.() : undefined
      if (login && pin === undefined && (slot.flags & tokenFlags.protectedPath) === 0) {
        throw new Problem(trustProblems['token-pin-wrong'], { detail: noPin })
      }
      await port.ask('login', { slot: slot.slot, login, pin })
      this.#live = { port, handles: new Map() }
      return this.#live
    } catch (error) {
      port.close()
      throw this.#problem(error)
    }
  }

  /** What a failed call means to who uses the key. */
  #problem(error: unknown): unknown {
    if (!(error instanceof TokenFailure)) return error
    const problem = new Problem(trustProblems[codeOf(error.result)], { cause: error })
    if (problem.code.startsWith('token-pin')) this.#refused = problem
    return problem
  }
}

const noPin: Text = { th: 'โทเค็นต้องใช้ PIN แต่ไม่ได้ให้มา', en: 'The token needs a PIN, and none was given' }

type TokenProblemCode =
  | 'token-pin-wrong'
  | 'token-pin-locked'
  | 'token-mechanism-unsupported'
  | 'token-unavailable'

const codes: ReadonlyMap<number, TokenProblemCode> = new Map([
  [results.pinIncorrect, 'token-pin-wrong'],
  [results.pinInvalid, 'token-pin-wrong'],
  [results.pinLengthRange, 'token-pin-wrong'],
  [results.pinExpired, 'token-pin-locked'],
  [results.pinLocked, 'token-pin-locked'],
  [results.mechanismInvalid, 'token-mechanism-unsupported'],
  [results.mechanismParamInvalid, 'token-mechanism-unsupported'],
  [results.keyTypeInconsistent, 'token-mechanism-unsupported'],
  [results.keyFunctionNotPermitted, 'token-mechanism-unsupported'],
])

function codeOf(result: number): TokenProblemCode {
  return codes.get(result) ?? 'token-unavailable'
}

function isLost(error: unknown): boolean {
  return error instanceof TokenFailure && lost.has(error.result)
}

/** Whatever ends the process while it takes the module in, the module is the reason. */
async function load(port: TokenPort, module: string): Promise<void> {
  try {
    await port.ask('load', module)
  } catch (cause) {
    throw new Problem(trustProblems['token-module-unusable'], { cause })
  }
}

function chooseSlot(slots: readonly TokenSlot[], { slot, token, serial }: TokenOptions): TokenSlot {
  const [found, ...more] = slots.filter(
    (each) =>
      (each.flags & tokenFlags.initialised) !== 0 &&
      (slot === undefined || each.slot === slot) &&
      (token === undefined || each.label === token) &&
      (serial === undefined || each.serial === serial),
  )
  if (!found) throw new Problem(trustProblems['token-not-found'])
  if (more.length > 0) throw new Problem(trustProblems['token-ambiguous'])
  return found
}

/** The last try is left to a person: were it wrong, the token would be locked by a program. */
function refuseLocked({ flags }: TokenSlot): void {
  if ((flags & (tokenFlags.pinLocked | tokenFlags.pinFinalTry)) !== 0) {
    throw new Problem(trustProblems['token-pin-locked'])
  }
}

interface TokenCertificate {
  readonly id: Uint8Array
  readonly der: Uint8Array
}

async function findCertificates(port: TokenPort): Promise<TokenCertificate[]> {
  const filter = objectFilter(classes.certificate, {})
  const found = await port.ask('objects', { filter, wanted: [attributes.value, attributes.id] })
  return found.flatMap(({ values }) => {
    const der = values.get(attributes.value)
    return der ? [{ der, id: values.get(attributes.id) ?? new Uint8Array() }] : []
  })
}

/** The newest certificate with the key's id. */
function certificateFor(key: TokenObject, certificates: readonly TokenCertificate[]): Uint8Array {
  const id = key.values.get(attributes.id) ?? new Uint8Array()
  const own = certificates.filter((each) => Buffer.compare(each.id, id) === 0).map(({ der }) => der)
  const [newest] = own.toSorted(byAge)
  if (!newest) throw new Problem(trustProblems['token-key-not-found'])
  return newest
}

function only(signatures: readonly Uint8Array[]): Uint8Array {
  const [signature] = signatures
  if (!signature) throw new Problem(trustProblems['token-unavailable'])
  return signature
}

const ignored = (): void => {}

/**
 * Opens a token. Throws `token-module-unusable`, `token-not-found`, `token-ambiguous`, `token-pin-wrong`,
 * `token-pin-locked`, `token-unavailable`.
 */
export async function openToken(options: TokenOptions): Promise<Token> {
  const { environment = {}, timeoutMs = 60_000 } = options
  const token = new Token(options, () => new TokenProcess({ environment, timeoutMs }))
  await token.open()
  return token
}

/** A key in a token, with a session of its own that ends when the key is closed. Throws as `openToken` and `Token.key`. */
export async function pkcs11Key(options: TokenOptions & TokenKeyOptions): Promise<SigningKey> {
  const token = await openToken(options)
  try {
    return await token.key(options)
  } catch (error) {
    await token.close()
    throw error
  }
}
