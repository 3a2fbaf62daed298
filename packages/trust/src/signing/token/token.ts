import type { KeyObject } from 'node:crypto'
import { Problem } from '@sapan/kernel'
import { trustProblems } from '../../problems.ts'
import { defaultKeyAlgorithm, fitsAlgorithm, type KeyAlgorithm, verifyKeySignature } from '../algorithm.ts'
import { type DigestKey, digestAlgorithms } from '../digest-key.ts'
import { publicKeyOf, type SigningKey, type UncertifiedKey } from '../signing-key.ts'
import { attributes } from './constants.ts'
import { certificateFor, findCertificates, findKey, findPublicKey } from './find.ts'
import { digestOrder, signaturesFrom, signOrder } from './mechanism.ts'
import { chainAbove, idBytes } from './objects.ts'
import type { TokenKeyOptions, TokenKeySelection, TokenOptions } from './options.ts'
import type { SignOrder, TokenPort } from './protocol.ts'
import { type KeyHandle, type Session, Sessions } from './session.ts'
import { TokenProcess } from './token-process.ts'

/** So many signatures are asked for at once: each such request has the time that an answer may take. */
const atOnce = 8

/** A token (PKCS#11) with a session, which is opened again when it is lost. Its keys sign in the token. */
export class Token {
  readonly #options: TokenOptions
  readonly #sessions: Sessions

  constructor(options: TokenOptions, start: () => TokenPort) {
    this.#options = options
    this.#sessions = new Sessions(options, start)
  }

  /** Opens the session if there is none; throws what `openToken` says. */
  async open(): Promise<void> {
    await this.#sessions.current()
  }

  /** A key with its certificate. Throws `token-key-not-found`, `token-ambiguous`, and as `openToken` does. */
  async key(options: TokenKeyOptions = {}): Promise<SigningKey> {
    const { found, certificates } = await this.#sessions.use(async ({ port }) => ({
      found: await findKey(port, options),
      certificates: await findCertificates(port),
    }))
    const certificate = options.certificate ?? certificateFor(found, certificates)
    const others = certificates.map(({ der }) => der)
    const chain = options.chain ?? chainAbove(certificate, others)
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
    const publicKey = await this.#sessions.use(({ port }) => findPublicKey(port, options))
    return { ...this.#signs(options, publicKey, options.algorithm), publicKey }
  }

  /** Ends the session, and with it all keys. */
  close(): Promise<void> {
    return this.#sessions.close()
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

  /** In portions, one after the other: a card that takes a second for each must not seem to have gone. */
  async #order(
    selection: TokenKeySelection,
    algorithm: KeyAlgorithm,
    order: ReturnType<typeof signOrder>,
  ): Promise<Uint8Array[]> {
    const raw: Uint8Array[] = []
    while (raw.length < order.data.length) {
      const some = order.data.slice(raw.length)
      const made = await this.#sessions.use((session) =>
        this.#portion(session, selection, { ...order, data: some }),
      )
      if (made.length === 0) throw new Problem(trustProblems['token-unavailable'])
      raw.push(...made)
    }
    return signaturesFrom(algorithm, raw)
  }

  /** The first signatures of the order; with a key that wants its PIN each time, one. */
  async #portion(
    session: Session,
    selection: TokenKeySelection,
    order: Pick<SignOrder, 'mechanism' | 'parameter' | 'data'>,
  ): Promise<Uint8Array[]> {
    const { handle, authenticate } = await handleOf(session, selection)
    const data = order.data.slice(0, authenticate ? 1 : atOnce)
    const pin = authenticate ? await this.#options.pin?.() : undefined
    const made = await session.port.ask('sign', { ...order, data, key: handle, authenticate, pin })
    if (made.length !== data.length) throw new Problem(trustProblems['token-unavailable'])
    return made
  }
}

async function handleOf(session: Session, selection: TokenKeySelection): Promise<KeyHandle> {
  const id = selection.id && Buffer.from(idBytes(selection.id)).toString('hex')
  const name = JSON.stringify([selection.label, id])
  const known = session.handles.get(name)
  if (known) return known
  const { handle, values } = await findKey(session.port, selection)
  const found = { handle, authenticate: values.get(attributes.alwaysAuthenticate)?.[0] === 1 }
  session.handles.set(name, found)
  return found
}

function only(signatures: readonly Uint8Array[]): Uint8Array {
  const [signature] = signatures
  if (!signature) throw new Problem(trustProblems['token-unavailable'])
  return signature
}

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
