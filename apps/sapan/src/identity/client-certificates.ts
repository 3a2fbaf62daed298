import { X509Certificate } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'
import type { RoomsOptions } from '@sapan/identity'
import type { IdentityFile } from '../config/identity.ts'
import { readCertificates } from '../documents/files.ts'

/**
 * The certificate with which a client came to the operator's proxy, where TLS ends (RFC 9440 `Client-Cert`, RFC 8705):
 * believed of the proxies that the file names, and of nobody else. It counts as an authority's where one of the named has
 * issued it and its time has come and is not over.
 */
export async function clientCertificates(
  { clientCertificates: told, proxies = [] }: Pick<IdentityFile, 'clientCertificates' | 'proxies'>,
  clock: () => number,
): Promise<Pick<RoomsOptions, 'certificateOf'>> {
  if (told === undefined) return {}
  const files = await Promise.all(told.authorities.map((file) => readCertificates(file)))
  const authorities = files.flat().map((der) => new X509Certificate(der))
  const known = addresses(proxies)
  return {
    certificateOf: ({ socket, headers }: IncomingMessage) => {
      const from = socket.remoteAddress ?? ''
      if (!known.check(from, isIP(from) === 6 ? 'ipv6' : 'ipv4')) return undefined
      const certificate = certificateIn(headers['client-cert'])
      if (certificate === undefined) return undefined
      return { certificate, trusted: isIssued(certificate, authorities, clock()) }
    },
  }
}

/** `10.1.0.0/16`, `fd00::/8`, `127.0.0.1`. Throws where it is none. */
function addresses(proxies: readonly string[]): BlockList {
  const list = new BlockList()
  for (const proxy of proxies) {
    const [address = '', bits] = proxy.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    list.addSubnet(address, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family)
  }
  return list
}

/** RFC 9440 §2.2: one byte sequence of RFC 8941, of DER. What is given twice is none. */
function certificateIn(value: string | string[] | undefined): X509Certificate | undefined {
  const [, base64] = /^:([A-Za-z0-9+/]{1,16384}={0,2}):$/.exec(String(value ?? '')) ?? []
  if (base64 === undefined) return undefined
  try {
    return new X509Certificate(Buffer.from(base64, 'base64'))
  } catch {
    return undefined
  }
}

function isIssued(
  certificate: X509Certificate,
  authorities: readonly X509Certificate[],
  now: number,
): boolean {
  const isInTime = certificate.validFromDate.getTime() <= now && now < certificate.validToDate.getTime()
  return (
    isInTime && authorities.some((one) => certificate.checkIssued(one) && certificate.verify(one.publicKey))
  )
}
