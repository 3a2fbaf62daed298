import { timingSafeEqual } from 'node:crypto'
import type { KeyFolder } from '@sapan/trust'
import type { FastifyRequest } from 'fastify'

/** What lets a monitoring system read `/metrics` and nothing else. */
export interface MetricsToken {
  /** Whether the request is such a reading. */
  mayRead(request: Pick<FastifyRequest, 'method' | 'headers' | 'routeOptions'>): boolean
}

/** The token is the last line of `metrics.token.secret` (base64 of 32 bytes), made where there is none. */
export async function metricsToken(keys: Pick<KeyFolder, 'loadOrCreateSecret'>): Promise<MetricsToken> {
  const token = (await keys.loadOrCreateSecret('metrics.token')).toString('base64')
  const expected = Buffer.from(`Bearer ${token}`)
  return {
    mayRead({ method, headers, routeOptions }) {
      if (method !== 'GET' || routeOptions.url !== '/metrics') return false
      const given = Buffer.from(headers.authorization ?? '')
      return given.length === expected.length && timingSafeEqual(given, expected)
    },
  }
}
