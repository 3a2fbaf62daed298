import type { Database, PoolClient } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import { openValue, sealValue } from '../../store/sealed.ts'
import type { Proposal, ProposalState } from '../given/proposal.ts'

interface ProposalRow {
  readonly id: string
  readonly direction: Proposal['direction']
  readonly from_id: string
  readonly content_sealed: Buffer
  readonly state: ProposalState
  readonly created_at: Date
  readonly expires_at: Date
}

type Content = Pick<Proposal, 'fromName' | 'terms' | 'reason' | 'to'>

const columns = 'id, direction, from_id, content_sealed, state, created_at, expires_at'
const place = (id: string): string => `mandate_proposal.content ${id}`

/** By what an account is known as addressee. */
export interface AddressedTo {
  readonly account: string
  /** Hashes of the numbers that it has proved. */
  readonly hashes: readonly Buffer[]
}

/** The rows of offers and requests. */
export class ProposalRecords {
  readonly #sealer: Sealer

  constructor(sealer: Sealer) {
    this.#sealer = sealer
  }

  async insert(
    client: PoolClient,
    proposal: Proposal,
    hashes: { readonly to?: Buffer; readonly code?: Buffer },
  ): Promise<void> {
    const { id, direction, from, fromName, terms, reason, to, createdAt, expiresAt } = proposal
    const { scopes, limits } = terms
    const content = sealValue(this.#sealer, place(id), {
      fromName: { ...fromName },
      terms: { scopes, limits: { ...limits }, from: terms.from, till: terms.till },
      reason,
      to,
    })
    await client.query(
      `insert into identity.mandate_proposal
         (id, direction, from_id, to_hash, code_hash, content_sealed, state, created_at, expires_at)
       values ($1, $2, $3, $4, $5, $6, 'open', $7, $8)`,
      [
        id,
        direction,
        from,
        hashes.to ?? null,
        hashes.code ?? null,
        content,
        new Date(createdAt),
        new Date(expiresAt),
      ],
    )
  }

  /** With whether it is meant for this account. */
  async byId(
    database: Database,
    id: string,
    to: AddressedTo,
    lock = false,
  ): Promise<(Proposal & { readonly isForMe: boolean }) | undefined> {
    const { rows } = await database.query<ProposalRow & { mine: boolean | null }>(
      `select ${columns}, (to_hash = any($2) or to_id = $3) as mine from identity.mandate_proposal
       where id = $1${lock ? ' for update' : ''}`,
      [id, to.hashes, to.account],
    )
    return rows[0] && { ...this.#read(rows[0]), isForMe: rows[0].mine === true }
  }

  /** What waits for an account's answer. */
  async waitingFor(database: Database, to: AddressedTo, now: number): Promise<Proposal[]> {
    const { rows } = await database.query<ProposalRow>(
      `select ${columns} from identity.mandate_proposal where state = 'open' and expires_at > $3 and from_id <> $2
       and (to_hash = any($1) or to_id = $2) order by created_at, id`,
      [to.hashes, to.account, new Date(now)],
    )
    return rows.map((row) => this.#read(row))
  }

  /** What an account waits for, and what it was answered lately. */
  async sentBy(database: Database, from: string, since: number): Promise<Proposal[]> {
    const { rows } = await database.query<ProposalRow>(
      `select ${columns} from identity.mandate_proposal where from_id = $1 and created_at > $2
       order by created_at desc, id desc limit 200`,
      [from, new Date(since)],
    )
    return rows.map((row) => this.#read(row))
  }

  /** Gives an open proposal to whoever has its code: from then on it is theirs. */
  async redeem(
    client: PoolClient,
    { codeHash, account, now }: { codeHash: Buffer; account: string; now: number },
  ): Promise<string | undefined> {
    const { rows } = await client.query<{ id: string }>(
      `update identity.mandate_proposal set code_hash = null, to_id = $2
       where code_hash = $1 and state = 'open' and expires_at > $3 and from_id <> $2 returning id`,
      [codeHash, account, new Date(now)],
    )
    return rows[0]?.id
  }

  async close(
    client: PoolClient,
    id: string,
    { state, at, mandate }: { state: ProposalState; at: number; mandate?: string },
  ): Promise<void> {
    await client.query(
      'update identity.mandate_proposal set state = $2, answered_at = $3, mandate_id = $4 where id = $1',
      [id, state, new Date(at), mandate ?? null],
    )
  }

  /** Proposals by number whose addressee was not told yet; they are held for this transaction. */
  async unannounced(client: PoolClient, most: number): Promise<Proposal[]> {
    const { rows } = await client.query<ProposalRow>(
      `select ${columns} from identity.mandate_proposal where announced_at is null and to_hash is not null
       order by created_at limit $1 for update skip locked`,
      [most],
    )
    return rows.map((row) => this.#read(row))
  }

  async markAnnounced(client: PoolClient, ids: readonly string[], at: number): Promise<void> {
    await client.query('update identity.mandate_proposal set announced_at = $2 where id = any($1)', [
      ids,
      new Date(at),
    ])
  }

  #read(row: ProposalRow): Proposal {
    const content = openValue(this.#sealer, place(row.id), row.content_sealed) as Content
    return {
      ...content,
      id: row.id,
      direction: row.direction,
      from: row.from_id,
      state: row.state,
      createdAt: row.created_at.getTime(),
      expiresAt: row.expires_at.getTime(),
    }
  }
}
