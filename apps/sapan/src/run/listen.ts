import type { Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { Problem } from '@sapan/kernel'
import { splitPlace } from '../config/place.ts'
import { errno } from '../home/files.ts'
import { problems } from '../problems.ts'

/** A server that listens. */
export interface Listening {
  readonly port: number
  /** Takes no more connections, lets the requests that run end for `graceMs`, then closes every connection. */
  close(graceMs: number): Promise<void>
}

/**
 * Opens a server at `place` (`127.0.0.1:4101`). `file` is where an operator changes the port.
 * Throws `port-taken` with the port and the file.
 */
export async function listen(server: Server, place: string, file: string): Promise<Listening> {
  const { host, port } = splitPlace(place)
  const requests = new RunningRequests(server)
  const sockets = openSockets(server)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(problemOfListening(error, place, file)))
    server.listen({ host, port }, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: async (graceMs) => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      await requests.none(graceMs)
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

/** Of the place itself: forbidden, not of this machine, a name that nobody knows. */
const unusable = new Set(['EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'])

function problemOfListening(error: unknown, place: string, file: string): unknown {
  if (errno(error) === 'EADDRINUSE') return portTaken(place, file)
  if (unusable.has(errno(error) ?? '')) {
    return new Problem(problems['config-invalid'], {
      detail: { th: `เปิด ${place} ไม่ได้ (${file})`, en: `${place} cannot be listened at (${file})` },
      cause: error,
    })
  }
  return error
}

export function portTaken(place: string, file: string): Problem {
  return new Problem(problems['port-taken'], {
    detail: { th: `${place} ไม่ว่าง (กำหนดไว้ใน ${file})`, en: `${place} is taken (it is set in ${file})` },
    extensions: { place, file },
  })
}

/**
 * Every connection, those in the middle of a TLS handshake too: `closeAllConnections` does not know them, and one that
 * comes through while a server closes may be used for as long as its caller likes.
 */
function openSockets(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  return sockets
}

/** Counts the requests that a server is answering. */
class RunningRequests {
  #running = 0
  #whenNone: (() => void) | undefined

  constructor(server: Server) {
    server.on('request', (_request, response) => response.once('close', this.#begin()))
    // Those that a gateway answers beside HTTP.
    server.on('link-request', (atEnd: (end: () => void) => void) => atEnd(this.#begin()))
  }

  /** What is called at its end. */
  #begin(): () => void {
    this.#running += 1
    return () => {
      this.#running -= 1
      if (this.#running === 0) this.#whenNone?.()
    }
  }

  /** Resolves when none runs, or after the time given. */
  async none(atMostMs: number): Promise<void> {
    if (this.#running === 0) return
    await new Promise<void>((resolve) => {
      const patience = setTimeout(resolve, atMostMs)
      this.#whenNone = () => {
        clearTimeout(patience)
        resolve()
      }
    })
  }
}
