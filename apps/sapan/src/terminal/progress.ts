import type { Terminal } from './terminal.ts'

/** Milliseconds between two looks of a person. */
const pause = 200

/** Shows what is under way on one line that is drawn over; where there is no such line, nothing. */
export function showingProgress(terminal: Terminal): {
  show(name: string, bytes: number): void
  end(): void
} {
  let shown = 0
  return {
    show: (name, bytes) => {
      if (!terminal.interactive || performance.now() - shown < pause) return
      shown = performance.now()
      terminal.redraw(`${megabytes(bytes)} ${name}`)
    },
    end: () => {
      if (shown > 0) terminal.redraw('')
    },
  }
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
