import type { FastifyInstance } from 'fastify'
import { Counter, Gauge, Registry } from 'prom-client'
import type { CenterGround } from '../ground.ts'
import { readHealth } from '../health.ts'
import { routeOf } from './app.ts'

/** `GET /metrics` for Prometheus: requests of the public and the admin app by route, and how the center is. */
export function metricsRoute(app: FastifyInstance, ground: CenterGround, watched: FastifyInstance): void {
  const registry = new Registry()
  const requests = new Counter({
    name: 'sapan_center_requests_total',
    help: 'Requests by route and status.',
    labelNames: ['listener', 'route', 'status'],
    registers: [registry],
  })
  count(watched, 'public', requests)
  count(app, 'admin', requests)
  const gauges = healthGauges(registry)
  app.get('/metrics', async (_request, reply) => {
    const health = await readHealth(ground)
    gauges.up.set(health.database === 'up' ? 1 : 0)
    gauges.version.set(health.directory?.version ?? 0)
    gauges.validUntil.set(Date.parse(health.directory?.validUntil ?? '1970-01-01') / 1000)
    gauges.issuerEnds.set(Date.parse(health.issuerEnds) / 1000)
    gauges.contradictions.set(health.contradictions)
    return reply.header('content-type', registry.contentType).send(await registry.metrics())
  })
}

function count(app: FastifyInstance, listener: string, requests: Counter): void {
  app.addHook('onResponse', async (request, reply) => {
    requests.inc({ listener, route: routeOf(request), status: reply.statusCode })
  })
}

function healthGauges(registry: Registry) {
  const gauge = (name: string, help: string) =>
    new Gauge({ name: `sapan_center_${name}`, help, registers: [registry] })
  return {
    up: gauge('database_up', '1 while the database answers.'),
    version: gauge('directory_version', 'Version of the newest directory.'),
    validUntil: gauge('directory_valid_until_seconds', 'When the newest directory ends, Unix time.'),
    issuerEnds: gauge('issuer_ends_seconds', 'When the issuer’s certificate ends, Unix time.'),
    contradictions: gauge('contradictions', 'Contradictions of logs that the witness has met.'),
  }
}
