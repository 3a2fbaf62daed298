/** npm passes on a Ctrl-C that the terminal has already sent: so close together, two are one. */
const sameKeyMs = 400

/**
 * Resolves at the first SIGINT, SIGTERM or SIGHUP. A second one later ends the process at once with 130: whoever
 * presses Ctrl-C twice does not want to wait.
 */
export function untilStopped(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let firstAt: number | undefined
    const heard = (signal: NodeJS.Signals) => {
      const now = performance.now()
      if (firstAt === undefined) {
        firstAt = now
        resolve(signal)
      } else if (now - firstAt > sameKeyMs) {
        process.exit(130)
      }
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, heard)
  })
}
