import { readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Restartable } from './restartable.ts'

export interface TakenMessage {
  readonly message: string
  readonly key: string
  readonly n: number
}

/** What a register did, as its own journal tells. */
export interface Done {
  /** How often it carried out each state-changing call, by its key. */
  readonly carriedOut: ReadonlyMap<string, number>
  /** Messages in the order in which it took them, each once: it knows those that it has done. */
  readonly order: readonly TakenMessage[]
  /** How often each message was handed on. */
  readonly times: ReadonlyMap<string, number>
}

export interface FaultRegister {
  readonly url: string
  readonly process: Restartable
  done(): Done
}

const program = fileURLToPath(new URL('register-process.ts', import.meta.url))

/** A provider's system, a process of its own, whose journal lies in `folder`. */
export async function startRegister(folder: string, port: number): Promise<FaultRegister> {
  const journal = join(folder, 'register.jsonl')
  writeFileSync(journal, '')
  const restartable = new Restartable({
    name: 'the register',
    args: [program, String(port), journal],
    ready: () => takesConnections(port),
  })
  await restartable.start()
  return { url: `http://127.0.0.1:${port}`, process: restartable, done: () => readJournal(journal) }
}

function readJournal(journal: string): Done {
  const carriedOut = new Map<string, number>()
  const times = new Map<string, number>()
  const order: TakenMessage[] = []
  for (const line of readFileSync(journal, 'utf8').trim().split('\n')) {
    if (line === '') continue
    const entry = JSON.parse(line) as { change: string } | TakenMessage
    if ('change' in entry) carriedOut.set(entry.change, (carriedOut.get(entry.change) ?? 0) + 1)
    else {
      if (!times.has(entry.message)) order.push(entry)
      times.set(entry.message, (times.get(entry.message) ?? 0) + 1)
    }
  }
  return { carriedOut, order, times }
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    socket.once('error', () => resolve(false))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })
}
