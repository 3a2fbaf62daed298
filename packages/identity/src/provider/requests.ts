import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Provider } from 'oidc-provider'
import { routes } from './configuration.ts'

/** Where a sign-in begins: a house may ask first whether it may. */
export const authorizationPath = routes.authorization

/** Whether a path is the provider's; all others at the issuer are the site's. */
export function isProviderPath(path: string): boolean {
  return (
    path.startsWith('/oidc/') ||
    path === '/.well-known/openid-configuration' ||
    path === '/.well-known/oauth-authorization-server'
  )
}

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const callbacks = new WeakMap<Provider, ReturnType<Provider['callback']>>()

/** Lets the provider answer, at the issuer's own address whatever the request says of it, and never in a frame. */
export async function answer(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { host, protocol } = new URL(provider.issuer)
  request.headers.host = host
  request.headers['x-forwarded-proto'] = protocol.slice(0, -1)
  delete request.headers['x-forwarded-host']
  response.setHeader('content-security-policy', policy)
  response.setHeader('x-frame-options', 'DENY')
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('referrer-policy', 'no-referrer')
  const callback = callbacks.get(provider) ?? provider.callback()
  callbacks.set(provider, callback)
  await callback(request, response)
}
