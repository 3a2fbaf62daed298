import type { Server } from 'node:http'

/**
 * Closes a server and every connection to it. `closeAllConnections` knows none that is in the middle of a TLS handshake,
 * and a gateway that comes through keeps its connection for good: so it is said until all are gone.
 */
export function close(server: Server): Promise<void> {
  const again = setInterval(() => server.closeAllConnections(), 50)
  return new Promise((resolve) => {
    server.close(() => {
      clearInterval(again)
      resolve()
    })
    server.closeAllConnections()
  })
}
