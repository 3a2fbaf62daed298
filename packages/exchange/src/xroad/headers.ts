/** Headers that X-Road takes out of every message: they belong to one connection or to one program. */
const skipped = new Set([
  'transfer-encoding',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'upgrade',
  'connection',
  'user-agent',
  'host',
  'content-length',
  'server',
  'expect',
])

/** Whether a caller's header, by its lower-case name, is left out of X-Road's messages and of their hash. */
export function notExchanged(name: string): boolean {
  return skipped.has(name) || name === 'x-road-request-hash' || name === 'x-road-request-id'
}
