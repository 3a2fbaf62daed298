import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What a gateway counts, for Prometheus. Labels are codes and templates, never a person's number. */
export class GatewayMetrics {
  readonly registry = new Registry()
  readonly exchanges = new Counter({
    name: 'sapan_exchanges_total',
    help: 'Exchanges by side, own member, service, operation and outcome (an HTTP status, or a problem’s code)',
    labelNames: ['side', 'member', 'service', 'operation', 'outcome'] as const,
    registers: [this.registry],
  })
  readonly duration = new Histogram({
    name: 'sapan_exchange_duration_seconds',
    help: 'Time from the request’s arrival to the end of the answer',
    labelNames: ['side', 'service', 'operation'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.registry],
  })

  constructor() {
    collectDefaultMetrics({ register: this.registry, prefix: 'sapan_' })
  }

  /** A value that is asked for at each scrape. */
  gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.set(read())
      },
    })
  }

  observe(
    side: 'consumer' | 'provider',
    exchange: { member: string; service: string; operation: string; outcome: string; seconds: number },
  ): void {
    const { member, service, operation, outcome, seconds } = exchange
    this.exchanges.inc({ side, member, service, operation, outcome })
    this.duration.observe({ side, service, operation }, seconds)
  }
}
