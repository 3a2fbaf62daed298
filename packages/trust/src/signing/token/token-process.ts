import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Problem } from '@sapan/kernel'
import { trustProblems } from '../../problems.ts'
import { TokenFailure } from './failures.ts'
import type { TokenOperation, TokenOperations, TokenPort, TokenQuestion, TokenReply } from './protocol.ts'

const ownProgram = fileURLToPath(new URL('./process.ts', import.meta.url))

export interface TokenProcessOptions {
  /** Environment of the process, as far as the module needs one. */
  readonly environment: Readonly<Record<string, string>>
  /** After so long without an answer to a question the process is ended. */
  readonly timeoutMs: number
  /** What runs there; a stand-in of tests. */
  readonly program?: string
}

interface Waiting {
  readonly resolve: (reply: TokenReply) => void
  readonly reject: (error: Error) => void
}

/**
 * The process that holds a token's module. Node's interface to native code needs a flag and is experimental, so it has
 * no place in the process that serves people: there a crash or a call that hangs would stop all.
 */
export class TokenProcess implements TokenPort {
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, Waiting>()
  readonly #timeoutMs: number
  #last = 0
  /** The question before: the process answers one after the other, and the time of each begins when it is its turn. */
  #turn: Promise<unknown> = Promise.resolve()
  #ended: Error | undefined

  constructor({ environment, timeoutMs, program = ownProgram }: TokenProcessOptions) {
    this.#timeoutMs = timeoutMs
    this.#child = fork(program, [], {
      execArgv: ['--experimental-ffi', '--disable-warning=ExperimentalWarning'],
      env: { ...environment },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    this.#child.on('message', (reply: TokenReply) => this.#settle(reply))
    this.#child.on('error', (error) => this.#end(error))
    this.#child.on('exit', (code, signal) => this.#end(new Error(`ended: ${signal ?? code}`)))
    this.#idle()
  }

  get isRunning(): boolean {
    return this.#ended === undefined
  }

  /** Throws TokenFailure, `token-module-unusable`, or `token-unavailable` when it ends or takes too long. */
  async ask<O extends TokenOperation>(
    operation: O,
    ...[argument]: Parameters<TokenOperations[O]>
  ): Promise<ReturnType<TokenOperations[O]>> {
    const send = () => this.#send({ number: ++this.#last, operation, argument })
    const asked = this.#turn.then(send, send)
    this.#turn = asked
    const reply = await asked
    if ('failed' in reply) throw new TokenFailure(reply.failed, reply.result)
    if ('missing' in reply) {
      const cause = new Error(reply.missing)
      throw new Problem(trustProblems['token-module-unusable'], { cause })
    }
    return reply.value as ReturnType<TokenOperations[O]>
  }

  #send(question: TokenQuestion): Promise<TokenReply> {
    if (this.#ended) return Promise.reject(unavailable(this.#ended))
    this.#child.ref()
    this.#child.channel?.ref()
    const timer = setTimeout(() => {
      this.#end(new Error(`${question.operation} took longer than ${this.#timeoutMs} ms`))
    }, this.#timeoutMs)
    const reply = new Promise<TokenReply>((resolve, reject) => {
      this.#waiting.set(question.number, { resolve, reject })
      this.#child.send(question, (error) => error && this.#end(error))
    })
    return reply.finally(() => {
      clearTimeout(timer)
      if (this.#waiting.size === 0) this.#idle()
    })
  }

  /** While nothing is asked, the process keeps nobody from ending. */
  #idle(): void {
    this.#child.unref()
    this.#child.channel?.unref()
  }

  #settle(reply: TokenReply): void {
    this.#waiting.get(reply.number)?.resolve(reply)
    this.#waiting.delete(reply.number)
  }

  #end(cause: Error): void {
    if (this.#ended) return
    this.#ended = cause
    this.#child.kill('SIGKILL')
    for (const { reject } of this.#waiting.values()) reject(unavailable(cause))
    this.#waiting.clear()
  }

  close(): void {
    this.#end(new Error('closed'))
  }
}

function unavailable(cause: Error): Problem {
  return new Problem(trustProblems['token-unavailable'], { cause })
}
