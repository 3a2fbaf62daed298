import type { RoomsOptions } from '@sapan/identity'

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * How the issuer fetches from clients: their keys, pings, sign-outs. It goes to the address that was registered and nowhere
 * else: a redirect is refused. oidc-provider brings limits of time and size, and a guard (`dispatcher`) that lets no call
 * reach a private address; an issuer that is itself on this machine, to be tried, must reach its clients beside it.
 */
export function clientsFetch(issuer: string): Required<Pick<RoomsOptions, 'fetch'>> {
  const isHere = loopback.has(new URL(issuer).hostname)
  return {
    fetch: (input, init = {}) => {
      const { dispatcher, ...plain } = init as RequestInit & { dispatcher?: unknown }
      const guard = isHere || dispatcher === undefined ? {} : { dispatcher }
      return fetch(input, { ...plain, ...guard, redirect: 'error' })
    },
  }
}
