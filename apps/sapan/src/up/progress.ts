import type { Text } from '@sapan/kernel'
import { tick } from '../terminal/lines.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** Shows what a long start is doing: a line for each thing done, with its seconds. */
export interface Progress {
  /** Runs a step and prints a tick with what it did and how long it took. */
  step<T>(text: Text, work: () => Promise<T>): Promise<T>
  /** What the running step is at; shown only where lines can be drawn over. */
  at(text: Text): void
  /** Something to know that does not stop the start. */
  note(text: Text): void
}

export function createProgress(terminal: Terminal): Progress {
  const doing = (text: Text) => {
    if (terminal.interactive) terminal.redraw(`… ${terminal.say(text)}`)
  }
  return {
    at: doing,
    note: (text) => terminal.note(`! ${terminal.say(text)}`),
    step: async (text, work) => {
      const from = performance.now()
      doing(text)
      const result = await work().finally(() => {
        if (terminal.interactive) terminal.redraw('')
      })
      const seconds = (performance.now() - from) / 1000
      const took = seconds < 0.05 ? '' : ` ${terminal.paint.quiet(`(${seconds.toFixed(1)} s)`)}`
      terminal.note(tick(terminal, `${terminal.say(text)}${took}`))
      return result
    },
  }
}
