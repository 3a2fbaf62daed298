import { existsSync } from 'node:fs'
import { Problem } from '@sapan/kernel'
import { readJson, writeWhole } from '../home/files.ts'
import type { Layout } from '../home/layout.ts'
import { freePorts, isFree } from '../home/ports.ts'
import { problems } from '../problems.ts'
import { portTaken } from '../run/listen.ts'
import { isRecord } from '../terminal/values.ts'

/** Which port each door of this home has, by its name: `center.public`, `DOPA.edge`, `register.population`. */
export type Ports = Readonly<Record<string, number>>

/**
 * The ports of this home: chosen free at the first start, and the same ever after.
 * Throws `port-taken` when another program holds one of them now, `home-corrupt` when the file is damaged.
 */
export async function choosePorts(layout: Layout, names: readonly string[]): Promise<Ports> {
  const file = await readJson(layout.chosen)
  // Other ports than those in the certificates and in the directory would be of no use.
  if (file === undefined && existsSync(layout.centerConfig)) throw corrupt(layout.chosen)
  const kept = portsIn(layout.chosen, file)
  const wanted = names.filter((name) => kept[name] === undefined)
  const old = names.filter((name) => kept[name] !== undefined)
  const free = await Promise.all(old.map((name) => isFree(kept[name] ?? 0)))
  const held = old.find((_name, at) => !free[at])
  if (held !== undefined) throw portTaken(`127.0.0.1:${kept[held]} (${held})`, layout.chosen)
  if (wanted.length === 0) return kept
  const chosen = await freePorts(wanted.length, new Set(Object.values(kept)))
  const ports = { ...kept, ...Object.fromEntries(wanted.map((name, at) => [name, chosen[at] ?? 0])) }
  await writeWhole(layout.chosen, `${JSON.stringify({ ports }, null, 2)}\n`)
  return ports
}

function portsIn(file: string, value: Record<string, unknown> | undefined): Record<string, number> {
  if (value === undefined) return {}
  const { ports } = value
  const isPort = (port: unknown) => Number.isInteger(port) && Number(port) > 0 && Number(port) < 65_536
  if (isRecord(ports) && Object.values(ports).every(isPort)) return ports as Record<string, number>
  throw corrupt(file)
}

function corrupt(file: string): Problem {
  return new Problem(problems['home-corrupt'], {
    detail: {
      th: `${file} หายไป หรือไม่มีหมายเลขพอร์ตที่ใช้ได้`,
      en: `${file} is missing, or does not hold valid port numbers`,
    },
  })
}
