import type { Device } from './device.ts'

/** The push services of the browsers that there are. */
export const knownPushHosts: readonly string[] = [
  'fcm.googleapis.com',
  'jmt17.google.com',
  '*.push.services.mozilla.com',
  '*.push.apple.com',
  '*.notify.windows.com',
]

const base64url = /^[A-Za-z0-9_-]+={0,2}$/

/**
 * The subscription that a browser sent; undefined for what is none, or is at a host that is not on the list: we would
 * send requests to wherever a visitor says.
 */
export function readSubscription(sent: unknown, hosts: readonly string[]): Device | undefined {
  const [endpoint, keys] = [member(sent, 'endpoint'), member(sent, 'keys')]
  const [p256dh, auth] = [member(keys, 'p256dh'), member(keys, 'auth')]
  if (typeof endpoint !== 'string' || endpoint.length > 2000 || !isAt(endpoint, hosts)) return undefined
  if (!isKey(p256dh, 65) || !isKey(auth, 16)) return undefined
  return { endpoint, keys: { p256dh, auth } }
}

function isAt(endpoint: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(endpoint)) return false
  const { protocol, hostname, username, password } = new URL(endpoint)
  if (protocol !== 'https:' || username !== '' || password !== '') return false
  return hosts.some((host) => (host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host))
}

function isKey(value: unknown, bytes: number): value is string {
  return (
    typeof value === 'string' && base64url.test(value) && Buffer.from(value, 'base64url').length === bytes
  )
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
