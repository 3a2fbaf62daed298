import { createHash } from 'node:crypto'
import { RateLimiter } from '../../grant/rate.ts'
import { exchangeProblem } from '../../problems.ts'
import { isSecret, newSecret } from '../edge/client-secret.ts'
import type { GatewayGround } from '../ground.ts'
import { beginAttempt, endAttempt, type GdxConsumer } from '../store/gdx-consumers.ts'
import { saveGdxToken, useGdxToken } from '../store/gdx-tokens.ts'

/** So many wrong secrets in a row lock a consumer's key, and for so long. */
const lock = { most: 10, lockSeconds: 60 }
/** How often keys that nobody has may be tried at one gateway, all together. */
const unknownKeys = { calls: 30, seconds: 60 }

export interface ValidateAttempt {
  readonly key: string | undefined
  readonly secret: string | undefined
  readonly agent: string | undefined
}

/** Whose call it is, and who is said to act. */
export interface GdxCaller {
  readonly consumer: GdxConsumer
  readonly agent: string
}

/** The first of the two steps: a key and its secret give a token. */
export class GdxTokens {
  readonly #ground: GatewayGround
  readonly #unknown: RateLimiter

  constructor(ground: GatewayGround) {
    this.#ground = ground
    this.#unknown = new RateLimiter(ground.clock)
  }

  /** A new token. Throws `gdx-query-invalid`, `gdx-secret-wrong` or `gdx-locked`. */
  async issue({ key, secret, agent }: ValidateAttempt): Promise<string> {
    if (agent === undefined || !/^\d{13}$/.test(agent) || !secret) {
      throw exchangeProblem('gdx-query-invalid', {
        extensions: { parameters: ['ConsumerSecret', 'AgentID'] },
      })
    }
    const { pool } = this.#ground
    const attempt = await beginAttempt(pool, key ?? '', lock)
    if (attempt && 'retryAfter' in attempt) throw locked(attempt.retryAfter)
    if (!attempt) this.#takeUnknown()
    if (!(await isSecret(secret, attempt?.secretHash)) || !attempt) throw exchangeProblem('gdx-secret-wrong')
    await endAttempt(pool, attempt.id)
    const token = newSecret()
    const hash = hashOf(token)
    const sealed = this.#ground.sealer.seal(Buffer.from(agent), hash)
    await saveGdxToken(pool, { hash, consumer: attempt.id, agent: sealed })
    return token
  }

  /** Whose token it is. Throws `gdx-token-invalid`. */
  async use(key: string | undefined, token: string | undefined): Promise<GdxCaller> {
    const hash = hashOf(token ?? '')
    const found = await useGdxToken(this.#ground.pool, hash, key ?? '')
    if (!found) throw exchangeProblem('gdx-token-invalid')
    const { agent, ...consumer } = found
    return { consumer, agent: this.#ground.sealer.open(agent, hash).toString() }
  }

  #takeUnknown(): void {
    const retryAfter = this.#unknown.waitFor('unknown', unknownKeys)
    if (retryAfter > 0) throw locked(retryAfter)
  }
}

function locked(retryAfter: number) {
  return exchangeProblem('gdx-locked', { extensions: { retryAfter } })
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
