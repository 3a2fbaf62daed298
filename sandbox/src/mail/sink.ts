import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import type { Letters } from './letters.ts'

/** Octets of one letter, recipients of one, connections at a time. */
export const sinkLimits = { letter: 2 ** 20, recipients: 20, connections: 20 } as const

const refused = (code: number, why: string) => Object.assign(new Error(why), { responseCode: code })

/** A mail system (RFC 5321) that takes every letter and passes none on. Without TLS and names: for one machine only. */
export function mailSink(letters: Letters): SMTPServer {
  const server = new SMTPServer({
    ...SETTINGS,
    onRcptTo: (_, { envelope }, done) =>
      done(envelope.rcptTo.length < sinkLimits.recipients ? null : refused(452, 'too many recipients')),
    onData(stream, { envelope }, done) {
      const pieces: Buffer[] = []
      let bytes = 0
      stream.on('data', (piece: Buffer) => {
        bytes += piece.length
        if (bytes <= sinkLimits.letter) pieces.push(piece)
      })
      stream.on('end', () => {
        if (bytes > sinkLimits.letter) return done(refused(552, 'the letter is too large'))
        letters.add([...new Set(envelope.rcptTo.map(({ address }) => address))], Buffer.concat(pieces))
        done()
      })
    },
  })
  // Whoever goes away in the middle of a letter is no fault of ours.
  server.on('error', () => {})
  return server
}

const SETTINGS = {
  banner: 'Sapan sandbox',
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  disableReverseLookup: true,
  logger: false,
  size: sinkLimits.letter,
  maxClients: sinkLimits.connections,
  closeTimeout: 100,
} satisfies SMTPServerOptions
