import { createHash } from 'node:crypto'
import type { Clock, Pool } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import { type Adapter, type AdapterPayload, errors, Provider } from 'oidc-provider'
import { bring, forgetBrought, takeBrought } from './brought.ts'
import { createPayloadReads, type PayloadKey, type PayloadReads, type PayloadRow } from './payload-reads.ts'
import { statements } from './payload-statements.ts'
import {
  createPayloadWrites,
  type PayloadValues,
  type PayloadWrite,
  type PayloadWrites,
  type SeenSession,
} from './payload-writes.ts'

export interface PayloadGround {
  readonly pool: Pool
  readonly clock: Clock
  readonly sealer: Sealer
}

/** Where the adapters of all models read and write. */
interface PayloadPlace extends PayloadGround {
  readonly reads: PayloadReads
  readonly writes: PayloadWrites
}

/** Under what a payload lies: only who holds the id (a token, a cookie) finds it. */
export function payloadId(model: string, id: string): Buffer {
  return createHash('sha256').update(`${model}:${id}`).digest()
}

/** By what a client knows a session, as it lies. */
export function sidHash(sid: string): string {
  return payloadId('sid', sid).toString('base64url')
}

/** Models that are given under a grant, and end with it. */
const underGrant = new Set([
  'AccessToken',
  'AuthorizationCode',
  'RefreshToken',
  'DeviceCode',
  'BackchannelAuthenticationRequest',
])

/** oidc-provider's adapters over PostgreSQL. What is asked for at the same time goes there together, whatever its model. */
export function payloadAdapters(ground: PayloadGround): (model: string) => Adapter {
  const place = { ...ground, reads: createPayloadReads(ground.pool), writes: createPayloadWrites(ground) }
  return (model) => new PayloadAdapter(place, model)
}

/** The adapter for one model. What has expired stays until `removeExpired`, and is not used. */
class PayloadAdapter implements Adapter {
  readonly #place: PayloadPlace
  readonly #model: string

  constructor(place: PayloadPlace, model: string) {
    this.#place = place
    this.#model = model
  }

  /** Throws `InvalidGrant` where the grant has been revoked meanwhile, `InvalidRequest` for a proof that was seen before. */
  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    const key = payloadId(this.#model, id)
    // Two processes may meet the same proof at once: the database says which was first.
    if (!(await this.#write({ kind: 'keep', id: key, values: this.#values(key, payload, expiresIn) })))
      throw new errors.InvalidRequest('a proof or assertion must only be used once')
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const key = payloadId(this.#model, id).toString('hex')
    const brought = takeBrought(`id ${key}`)
    return brought ? this.#open(brought) : await this.#read({ id: key })
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    const brought = takeBrought(`uid ${uid}`)
    return brought ? this.#open(brought) : await this.#read({ uid })
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    const { pool } = this.#place
    const { rows } = await pool.query<PayloadRow>({ ...statements.findByUserCode, values: [userCode] })
    return rows[0] && this.#open(rows[0])
  }

  /** Of several that try, in whatever process, one succeeds; for the others the grant is revoked, as for any replay. */
  async consume(id: string): Promise<void> {
    const key = payloadId(this.#model, id)
    if (await this.#write({ kind: 'consume', id: key })) return
    await this.#place.pool.query({ ...statements.revokeFamily, values: [key] })
    if (this.#model === 'PushedAuthorizationRequest')
      throw new errors.InvalidRequestUri('request_uri was already used')
    throw new errors.InvalidGrant('it was already used')
  }

  async destroy(id: string): Promise<void> {
    forgetBrought()
    await this.#write({ kind: 'remove', id: payloadId(this.#model, id) })
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    const values = [payloadId('Grant', grantId), this.#model]
    forgetBrought()
    await this.#place.pool.query({ ...statements.revokeByGrant, values })
  }

  /** A sign-in that waits for the person and is lost with the machine's last moments is begun again. */
  async #write(write: PayloadWrite): Promise<boolean> {
    try {
      return await this.#place.writes.ask({ ...write, unhurried: this.#model === 'Interaction' })
    } catch (error) {
      if (isForeignKey(error)) throw new errors.InvalidGrant('the grant was revoked')
      throw error
    }
  }

  #values(key: Buffer, payload: AdapterPayload, expiresIn: number | undefined): PayloadValues {
    const { clock, sealer } = this.#place
    const isSession = this.#model === 'Session'
    return {
      model: this.#model,
      grant: underGrant.has(this.#model) && payload.grantId ? payloadId('Grant', payload.grantId) : null,
      uid: (isSession && payload.uid) || null,
      userCode: payload.userCode ?? null,
      sessionUid: payload.sessionUid ?? null,
      account: accountOf(payload),
      client: payload.clientId ?? null,
      sealed: sealer.seal(Buffer.from(JSON.stringify(payload)), boundTo(key.toString('hex'))),
      expiresAt: expiresIn === undefined ? null : clock() + expiresIn * 1000,
      ...(isSession && payload.accountId && { seen: this.#seen(payload) }),
    }
  }

  /** With what a session is used, for the person's list of their sessions. */
  #seen({ uid, authorizations = {} }: AdapterPayload): SeenSession {
    const agent = Buffer.from((Provider.ctx?.get('user-agent') ?? '').slice(0, 200))
    const place = Buffer.from(`sign_in_session.agent_sealed ${uid}`)
    const sids = Object.values(authorizations).flatMap(({ sid }) => (sid === undefined ? [] : sidHash(sid)))
    return { agent: this.#place.sealer.seal(agent, place), sids }
  }

  async #read(key: PayloadKey): Promise<AdapterPayload | undefined> {
    const found = await this.#place.reads.ask(key)
    if (!found) return undefined
    bring(found.ground, found.account)
    return this.#open(found.own)
  }

  #open({ id, content_sealed, consumed }: PayloadRow): AdapterPayload {
    const payload = openPayload(this.#place.sealer, id, content_sealed)
    return consumed === null ? payload : { ...payload, consumed }
  }
}

/** The payload of a row; its id in hex. */
export function openPayload(sealer: Sealer, id: string, sealed: Buffer): AdapterPayload {
  return JSON.parse(sealer.open(sealed, boundTo(id)).toString())
}

function boundTo(id: string): Buffer {
  return Buffer.from(`oidc_payload.content_sealed ${id}`)
}

function accountOf({ accountId, session }: AdapterPayload): string | null {
  return accountId ?? session?.accountId ?? null
}

function isForeignKey(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23503'
}
