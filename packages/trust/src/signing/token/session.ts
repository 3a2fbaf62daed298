import { Problem, type Text } from '@sapan/kernel'
import { trustProblems } from '../../problems.ts'
import { tokenFlags } from './constants.ts'
import { isDoubtful, isLost, isPinProblem, problemOf } from './failures.ts'
import type { TokenOptions } from './options.ts'
import type { TokenPort, TokenSlot } from './protocol.ts'

export interface KeyHandle {
  readonly handle: number
  /** Whether the key wants the PIN before each signature (CKA_ALWAYS_AUTHENTICATE). */
  readonly authenticate: boolean
}

/** A session that is open, and the handles that keys have in it. */
export interface Session {
  readonly port: TokenPort
  readonly handles: Map<string, KeyHandle>
}

/** The session with a token: opened when it is needed, and again when it was lost. */
export class Sessions {
  readonly #options: TokenOptions
  readonly #start: () => TokenPort
  #session: Promise<Session> | undefined
  /** The session that was opened last, while it is open. */
  #live: Session | undefined
  /** The problem that the PIN met: from then on the token is left alone. */
  #refused: Problem | undefined
  /** Whether the last login ended without a verdict: the token may have counted the PIN as wrong, or not have seen it. */
  #isUnsure = false
  #closed = false

  constructor(options: TokenOptions, start: () => TokenPort) {
    this.#options = options
    this.#start = start
  }

  /** Does it in the session; when the session was lost, opens another and does it once more. */
  async use<T>(run: (session: Session) => Promise<T>): Promise<T> {
    const session = await this.current()
    try {
      return await run(session)
    } catch (error) {
      const isOver = isLost(error) || !session.port.isRunning
      if (isOver || isDoubtful(error)) this.#drop(session)
      if (!isOver) throw this.#problem(error)
    }
    const another = await this.current()
    try {
      return await run(another)
    } catch (error) {
      if (isDoubtful(error)) this.#drop(another)
      throw this.#problem(error)
    }
  }

  async current(): Promise<Session> {
    if (this.#closed) throw new Problem(trustProblems['token-unavailable'])
    if (this.#refused) throw this.#refused
    this.#session ??= this.#open()
    const opening = this.#session
    try {
      return await opening
    } catch (error) {
      if (this.#session === opening) this.#session = undefined
      throw error
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    const session = this.#session
    this.#session = undefined
    if (session) await session.then(({ port }) => port.close(), ignored)
  }

  /** Ends that session. Another that was opened in its place meanwhile stays. */
  #drop(session: Session): void {
    session.port.close()
    if (this.#live !== session) return
    this.#live = undefined
    this.#session = undefined
  }

  async #open(): Promise<Session> {
    const port = this.#start()
    try {
      await load(port, this.#options.module)
      const slot = chooseSlot(await port.ask('slots'), this.#options)
      await this.#login(port, slot)
      this.#live = { port, handles: new Map() }
      return this.#live
    } catch (error) {
      port.close()
      throw this.#problem(error)
    }
  }

  async #login(port: TokenPort, { slot, flags }: TokenSlot): Promise<void> {
    const login = (flags & tokenFlags.loginRequired) !== 0
    if (login) this.#refuseLocked(flags)
    const pin = login ? await this.#options.pin?.() : undefined
    if (login && pin === undefined && (flags & tokenFlags.protectedPath) === 0) {
      throw new Problem(trustProblems['token-pin-wrong'], { detail: noPin })
    }
    this.#isUnsure = login
    await port.ask('login', { slot, login, pin })
    this.#isUnsure = false
  }

  /**
   * The last try is left to a person: were it wrong, the token would be locked by a program. So is the next one after a
   * login without a verdict, when the token says that a PIN was wrong since.
   */
  #refuseLocked(flags: number): void {
    const left = tokenFlags.pinLocked | tokenFlags.pinFinalTry | (this.#isUnsure ? tokenFlags.pinCountLow : 0)
    if ((flags & left) !== 0) throw new Problem(trustProblems['token-pin-locked'])
  }

  #problem(error: unknown): unknown {
    const problem = problemOf(error)
    if (problem !== error && isPinProblem(problem)) this.#refused = problem
    return problem
  }
}

const noPin: Text = { th: 'โทเค็นต้องใช้ PIN แต่ไม่ได้ให้มา', en: 'The token needs a PIN, and none was given' }

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

const ignored = (): void => {}
