import { createHash } from 'node:crypto'
import type { Clock, Pool } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import { type Adapter, type AdapterPayload, errors, Provider } from 'oidc-provider'
import { statements } from './payload-statements.ts'

export interface PayloadGround {
  readonly pool: Pool
  readonly clock: Clock
  readonly sealer: Sealer
}

interface PayloadRow {
  readonly id: Buffer
  /** Of a session that came along with a token. */
  readonly uid?: string | null
  readonly content_sealed: Buffer
  readonly consumed_at: Date | null
}

/** Under what a payload lies: only who holds the id (a token, a cookie) finds it. */
export function payloadId(model: string, id: string): Buffer {
  return createHash('sha256').update(`${model}:${id}`).digest()
}

/** Models that are given under a grant, and end with it. */
const underGrant = new Set([
  'AccessToken',
  'AuthorizationCode',
  'RefreshToken',
  'DeviceCode',
  'BackchannelAuthenticationRequest',
])

/** Rows that came along in a request, until they are asked for: once, and in that request alone. */
const brought = new WeakMap<object, Map<string, PayloadRow>>()

function bring(rows: readonly PayloadRow[]): void {
  const { ctx } = Provider
  if (!ctx) return
  const kept = brought.get(ctx) ?? new Map<string, PayloadRow>()
  for (const row of rows) kept.set(row.uid ? `uid ${row.uid}` : `id ${row.id.toString('hex')}`, row)
  brought.set(ctx, kept)
}

function takeBrought(key: string): PayloadRow | undefined {
  const kept = Provider.ctx && brought.get(Provider.ctx)
  const row = kept?.get(key)
  kept?.delete(key)
  return row
}

/** What ends in a request must not be found by it. */
function forgetBrought(): void {
  if (Provider.ctx) brought.delete(Provider.ctx)
}

/** oidc-provider's adapter for one model, on PostgreSQL. What has expired stays until `removeExpired`, and is not used. */
export class PayloadAdapter implements Adapter {
  readonly #ground: PayloadGround
  readonly #model: string

  constructor(ground: PayloadGround, model: string) {
    this.#ground = ground
    this.#model = model
  }

  /** Throws `InvalidGrant` where the grant has been revoked meanwhile, `InvalidRequest` for a proof that was seen before. */
  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    const key = payloadId(this.#model, id)
    const { clock } = this.#ground
    const expires = expiresIn === undefined ? null : new Date(clock() + expiresIn * 1000)
    const grant = underGrant.has(this.#model) && payload.grantId ? payloadId('Grant', payload.grantId) : null
    const own = [
      key,
      this.#model,
      grant,
      this.#model === 'Session' ? payload.uid : null,
      payload.userCode,
      payload.sessionUid,
      accountOf(payload),
      payload.clientId,
      this.#seal(key, payload),
      expires,
    ]
    if (this.#model === 'ReplayDetection') return await this.#rememberOnce(own)
    if (this.#model === 'Interaction') return await this.#write(statements.upsertInteraction, own)
    if (this.#model === 'Session' && payload.accountId)
      return await this.#write(statements.upsertSession, [...own, ...this.#seen(payload)])
    await this.#write(statements.upsert, own)
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const key = payloadId(this.#model, id)
    const brought = takeBrought(`id ${key.toString('hex')}`)
    if (brought) return this.#open(brought)
    if (underGrant.has(this.#model)) return await this.#readWithGround(key)
    return await this.#read(statements.find, [key])
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    const brought = takeBrought(`uid ${uid}`)
    return brought ? this.#open(brought) : await this.#read(statements.findByUid, [uid])
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return await this.#read(statements.findByUserCode, [userCode])
  }

  /** Of several that try, in whatever process, one succeeds; for the others the grant is revoked, as for any replay. */
  async consume(id: string): Promise<void> {
    const { pool, clock } = this.#ground
    const key = payloadId(this.#model, id)
    const { rowCount } = await pool.query({ ...statements.consume, values: [key, new Date(clock())] })
    if (rowCount === 1) return
    await pool.query({ ...statements.revokeFamily, values: [key] })
    if (this.#model === 'PushedAuthorizationRequest')
      throw new errors.InvalidRequestUri('request_uri was already used')
    throw new errors.InvalidGrant('it was already used')
  }

  async destroy(id: string): Promise<void> {
    forgetBrought()
    await this.#ground.pool.query({ ...statements.destroy, values: [payloadId(this.#model, id)] })
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    const values = [payloadId('Grant', grantId), this.#model]
    forgetBrought()
    await this.#ground.pool.query({ ...statements.revokeByGrant, values })
  }

  /** Two processes may meet the same proof at once: the database says which was first. */
  async #rememberOnce(values: readonly unknown[]): Promise<void> {
    const now = new Date(this.#ground.clock())
    const { rowCount } = await this.#ground.pool.query({ ...statements.remember, values: [...values, now] })
    if (rowCount === 0) throw new errors.InvalidRequest('a proof or assertion must only be used once')
  }

  async #write(statement: { name: string; text: string }, values: readonly unknown[]): Promise<void> {
    try {
      await this.#ground.pool.query({ ...statement, values: [...values] })
    } catch (error) {
      if (isForeignKey(error)) throw new errors.InvalidGrant('the grant was revoked')
      throw error
    }
  }

  /** When and with what a session is used, for the person's list of their sessions. */
  #seen({ uid }: AdapterPayload): readonly unknown[] {
    const { sealer, clock } = this.#ground
    const agent = (Provider.ctx?.get('user-agent') ?? '').slice(0, 200)
    const sealed = sealer.seal(Buffer.from(agent), Buffer.from(`sign_in_session.agent_sealed ${uid}`))
    return [sealed, new Date(clock())]
  }

  async #read(
    statement: { name: string; text: string },
    values: unknown[],
  ): Promise<AdapterPayload | undefined> {
    const { rows } = await this.#ground.pool.query<PayloadRow>({ ...statement, values })
    return rows[0] && this.#open(rows[0])
  }

  async #readWithGround(key: Buffer): Promise<AdapterPayload | undefined> {
    const statement = statements.findWithGround
    const { rows } = await this.#ground.pool.query<PayloadRow>({ ...statement, values: [key] })
    const [own, ...ground] = rows
    bring(ground)
    return own && this.#open(own)
  }

  #open({ id, content_sealed, consumed_at }: PayloadRow): AdapterPayload {
    const payload = openPayload(this.#ground.sealer, id, content_sealed)
    return consumed_at === null ? payload : { ...payload, consumed: Math.floor(consumed_at.getTime() / 1000) }
  }

  #seal(key: Buffer, payload: AdapterPayload): Buffer {
    return this.#ground.sealer.seal(Buffer.from(JSON.stringify(payload)), boundTo(key))
  }
}

/** The payload of a row. */
export function openPayload(sealer: Sealer, id: Buffer, sealed: Buffer): AdapterPayload {
  return JSON.parse(sealer.open(sealed, boundTo(id)).toString())
}

function boundTo(id: Buffer): Buffer {
  return Buffer.from(`oidc_payload.content_sealed ${id.toString('hex')}`)
}

function accountOf({ accountId, session }: AdapterPayload): string | null {
  return accountId ?? session?.accountId ?? null
}

function isForeignKey(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23503'
}
