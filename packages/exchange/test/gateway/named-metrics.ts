import { readFileSync } from 'node:fs'

const folder = new URL('../../../../deploy/', import.meta.url)

/** The files in which operators see and are woken by figures. */
export function watchingFiles(): string {
  const files = ['prometheus/sapan-rules.yaml', 'grafana/sapan-exchange.json']
  return files.map((file) => readFileSync(new URL(file, folder), 'utf8')).join('\n')
}

/** The metrics that `watching` names and none of the exposed texts (Prometheus' format) has. */
export function missingMetrics(watching: string, exposed: readonly string[]): string[] {
  const there = new Set(
    exposed.flatMap((text) => [...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name)),
  )
  const named = new Set([...watching.matchAll(/\bsapan_\w+/g)].map(([name]) => name.replace(/_bucket$/, '')))
  return [...named].filter((name) => !there.has(name)).sort()
}
