import { createHash } from 'node:crypto'
import { canonicalJson } from '@sapan/kernel'
import type { Pool } from 'pg'

/** A service that this gateway provides. */
export interface ProvidedService {
  readonly id: string
  readonly member: string
  readonly openapi: unknown
  readonly openapiHash: string
  /** Origin and base path of the agency's system; the service path is put behind it. */
  readonly url: string
  readonly timeoutMs: number
  readonly evidence: 'full' | 'digest'
}

/**
 * SHA-256, in hex, of the description's canonical JSON (RFC 8785): what the directory publishes. Throws RangeError for
 * a document nested so deeply that it can't be written again.
 */
export function descriptionHash(openapi: unknown): string {
  JSON.stringify(openapi)
  return createHash('sha256').update(canonicalJson(openapi)).digest('hex')
}

interface Row {
  id: string
  member: string
  openapi: unknown
  openapi_hash: string
  url: string
  timeout_ms: number
  evidence: 'full' | 'digest'
}

export async function listServices(pool: Pool): Promise<ProvidedService[]> {
  const { rows } = await pool.query<Row>(
    'select id, member, openapi, openapi_hash, url, timeout_ms, evidence from gateway.service order by id',
  )
  return rows.map((row) => ({
    id: row.id,
    member: row.member,
    openapi: row.openapi,
    openapiHash: row.openapi_hash,
    url: row.url,
    timeoutMs: row.timeout_ms,
    evidence: row.evidence,
  }))
}

/** Adds the service, or takes the place of the one with the same id. */
export async function saveService(pool: Pool, service: ProvidedService): Promise<void> {
  await pool.query(
    `insert into gateway.service (id, member, openapi, openapi_hash, url, timeout_ms, evidence)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (id) do update set openapi = excluded.openapi, openapi_hash = excluded.openapi_hash,
       url = excluded.url, timeout_ms = excluded.timeout_ms, evidence = excluded.evidence`,
    [
      service.id,
      service.member,
      JSON.stringify(service.openapi),
      service.openapiHash,
      service.url,
      service.timeoutMs,
      service.evidence,
    ],
  )
}

/** Whether there was such a service. */
export async function deleteService(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query('delete from gateway.service where id = $1', [id])
  return rowCount === 1
}
