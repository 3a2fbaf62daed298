// The load generator, a process of its own: keeps N connections busy with one request each at a time, counts the
// answers after a first uncounted second, and prints the figures as JSON. It writes bytes that were made beforehand and
// looks at little of the answer, so that it takes as small a part of the shared cores as it can.
import { connect } from 'node:net'
import { MessageReader } from './message-reader.ts'

export interface LoadOrder {
  readonly port: number
  /** The whole request as text, head and body. */
  readonly request: string
  readonly connections: number
  readonly seconds: number
  /** Requests a second, at even distances; absent: one after another on each connection. */
  readonly rate?: number
}

export interface LoadFigures {
  readonly answers: number
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  /** Answers by status. */
  readonly statuses: Readonly<Record<string, number>>
  /** Connections that broke. */
  readonly broken: number
}

console.log(JSON.stringify(await load(JSON.parse(process.argv[2] ?? '') as LoadOrder)))
process.exit(0)

function load(order: LoadOrder): Promise<LoadFigures> {
  const { port, request, connections, seconds } = order
  const bytes = Buffer.from(request, 'utf8')
  const times: number[] = []
  const statuses: Record<string, number> = {}
  let counting = false
  let broken = 0
  const turns = order.rate === undefined ? atOnce : evenly(order.rate)
  const open = (): void => {
    const reader = new MessageReader()
    const socket = connect({ host: '127.0.0.1', port, noDelay: true })
    let sent = 0
    const send = (): void =>
      turns((due) => {
        sent = due
        socket.write(bytes)
      })
    socket.on('connect', send)
    socket.on('data', (piece: Buffer) =>
      reader.read(piece, (status) => {
        if (counting) {
          times.push(performance.now() - sent)
          statuses[status] = (statuses[status] ?? 0) + 1
        }
        send()
      }),
    )
    socket.on('error', () => {})
    socket.on('close', () => {
      broken++
      if (broken < 100) open()
    })
  }
  for (let i = 0; i < connections; i++) open()
  return new Promise((resolve) => {
    setTimeout(() => {
      counting = true
      const start = performance.now()
      setTimeout(() => {
        const elapsed = (performance.now() - start) / 1000
        resolve(figures(times, elapsed, statuses, broken))
      }, seconds * 1000)
    }, 1000)
  })
}

/** Calls when the next request is due, with that time: one that had to wait for a connection counts from when it was due. */
type Turns = (send: (due: number) => void) => void

function atOnce(send: (due: number) => void): void {
  send(performance.now())
}

function evenly(rate: number): Turns {
  let next = performance.now()
  return (send) => {
    const due = next
    next += 1000 / rate
    const early = due - performance.now()
    if (early > 0) setTimeout(() => send(due), early)
    else send(due)
  }
}

function figures(
  times: number[],
  elapsed: number,
  statuses: Record<string, number>,
  broken: number,
): LoadFigures {
  const sorted = Float64Array.from(times).sort()
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.NaN
  return {
    answers: times.length,
    perSecond: times.length / elapsed,
    p50: at(0.5),
    p99: at(0.99),
    statuses,
    broken,
  }
}
