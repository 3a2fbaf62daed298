import type { IncomingHttpHeaders } from 'node:http'

/**
 * Whether a form was sent from this site's own pages, as far as the browser says: `Origin` (RFC 6454 §7) and
 * `Sec-Fetch-Site` (W3C Fetch Metadata). A browser that says neither is let to the form key, which is asked for anyway.
 */
export function isFromHere(headers: IncomingHttpHeaders, origin: string): boolean {
  const from = headers.origin
  if (from !== undefined && from !== origin) return false
  const site = headers['sec-fetch-site']
  // `none`: the visitor's own doing, as a reload.
  return site === undefined || site === 'same-origin' || site === 'none'
}
