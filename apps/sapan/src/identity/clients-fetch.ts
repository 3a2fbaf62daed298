import type { RoomsOptions } from '@sapan/identity'

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * How the issuer fetches from clients: their keys, pings, sign-outs. oidc-provider brings a guard that lets no call reach
 * a private address; an issuer that is itself on this machine, to be tried, must reach its clients beside it.
 */
export function clientsFetch(issuer: string): Pick<RoomsOptions, 'fetch'> {
  if (!loopback.has(new URL(issuer).hostname)) return {}
  return {
    fetch: (input, init = {}) => {
      const { dispatcher: _guard, ...plain } = init as RequestInit & { dispatcher?: unknown }
      return fetch(input, plain)
    },
  }
}
