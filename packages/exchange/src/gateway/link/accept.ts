import type { Server } from 'node:https'
import type { TLSSocket } from 'node:tls'
import { Deadlines } from '../transport/deadlines.ts'
import { shownCertificate } from '../transport/shown-certificate.ts'
import { Late } from './late.ts'
import { linkProtocol } from './links.ts'
import { ServerLink, type ServerLinkOptions } from './server-link.ts'

export interface AcceptOptions extends Omit<ServerLinkOptions, 'certificate' | 'deadlines' | 'running'> {
  /** Whether the directory vouches for who shows that certificate (DER). */
  readonly isVouchedFor: (certificate: Buffer | undefined) => boolean
}

/**
 * Lets a listener speak links beside HTTP, to those who ask for them when they connect. The listener's event `link-request` tells
 * of each message that is being answered, as `request` does over HTTP: its one argument is called with what to do at its end.
 * Links are told when the listener takes no more connections. Whom the directory does not vouch for is told so by an answer; their
 * link is not held open.
 */
export function acceptLinks(server: Server, { isVouchedFor, ...options }: AcceptOptions): void {
  const deadlines = new Deadlines()
  const links = new Set<ServerLink>()
  const speakHttp = server.listeners('secureConnection') as ((socket: TLSSocket) => void)[]
  server.removeAllListeners('secureConnection')
  server.on('secureConnection', (socket: TLSSocket) => {
    if (socket.alpnProtocol !== linkProtocol) {
      for (const listener of speakHttp) listener.call(server, socket)
      return
    }
    socket.setNoDelay(true)
    socket.setKeepAlive(true, 30_000)
    const certificate = shownCertificate(socket)
    const link = new ServerLink(socket, {
      ...options,
      certificate,
      deadlines,
      running: () => running(server),
    })
    links.add(link)
    // Somebody new may be in a directory that came meanwhile.
    const stranger = new Late(() => {
      if (!isVouchedFor(certificate)) socket.destroy()
    })
    if (!isVouchedFor(certificate)) deadlines.add(stranger.within(options.frameTimeout))
    socket.once('close', () => {
      links.delete(link)
      deadlines.remove(stranger)
    })
  })
  const close = server.close.bind(server)
  server.close = (done) => {
    for (const link of links) link.close()
    return close(done)
  }
}

function running(server: Server): () => void {
  let end: (() => void) | undefined
  server.emit('link-request', (atEnd: () => void) => {
    end = atEnd
  })
  return () => end?.()
}
