import { Problem } from '@sapan/kernel'
import type { AskAs, SubsystemQuestion } from '../../src/ground.ts'

/** A register of another agency that does what it is told once for each key, as registers do. */
export interface BoatRegister {
  readonly ask: AskAs
  /** What came in, the first first. */
  readonly asked: SubsystemQuestion[]
  /** What was done, by the keys. */
  readonly done: Map<string, { readonly status: number; readonly body: unknown }>
  /** The next answers, before it does anything: a status, `down`, or what a gateway refuses. */
  readonly next: (number | 'down' | 'lost' | Problem)[]
}

export function boatRegister(): BoatRegister {
  const asked: SubsystemQuestion[] = []
  const done: BoatRegister['done'] = new Map()
  const next: BoatRegister['next'] = []
  return {
    asked,
    done,
    next,
    ask: async (question) => {
      asked.push(question)
      const fate = next.shift()
      if (fate instanceof Problem) throw fate
      if (fate === 'down') throw new Error('nobody is there')
      if (typeof fate === 'number')
        return { status: fate, body: { title: 'No such owner' }, exchange: `x${asked.length}` }
      const key = question.idempotencyKey ?? ''
      const known = done.get(key) ?? { status: 201, body: { boatNumber: `B-${done.size + 1}` } }
      done.set(key, known)
      // Done, but its answer never arrives.
      if (fate === 'lost') throw new Error('the connection was cut')
      return { ...known, exchange: `x${asked.length}` }
    },
  }
}
