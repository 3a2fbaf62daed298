import type { IncomingMessage } from 'node:http'

const overridden = new Set(['PATCH', 'DELETE', 'HEAD'])

/**
 * The method of a request about an attachment: behind a proxy that lets only POST through, a client of tus says in
 * `X-HTTP-Method-Override` which one it means (tus 1.0, "Headers").
 */
export function askedMethod({ method = '', url = '', headers }: IncomingMessage): string {
  const said = headers['x-http-method-override']
  const isAttachment = method === 'POST' && url.startsWith('/m1/attachments/')
  return isAttachment && typeof said === 'string' && overridden.has(said) ? said : method
}
