export interface CookieOptions {
  /** Absent: until the browser is closed. 0 removes the cookie. */
  readonly maxAgeSeconds?: number
  /**
   * `lax` by default. `none` is for what has to come along when another site sends a form here, and only on https.
   */
  readonly sameSite?: 'lax' | 'strict' | 'none'
}

/** The cookies of one face. Each face has names of its own: cookies are shared by all ports of a host (RFC 6265 §8.5). */
export interface SiteCookies {
  /** The whole name of a cookie, as browsers know it. */
  nameOf(name: string): string
  /** The value that a `Cookie` header has for it. */
  read(header: string | undefined, name: string): string | undefined
  /** A `Set-Cookie` line: unreadable by scripts, for every path. */
  write(name: string, value: string, options?: CookieOptions): string
}

/**
 * Cookies of the face at `origin`, named `<prefix>-<name>`; on https with `__Host-` in front (RFC 6265bis §4.1.3.2), so
 * that no other host of the domain can set them.
 */
export function createCookies(origin: string, prefix: string): SiteCookies {
  const secure = origin.startsWith('https:')
  const nameOf = (name: string) => `${secure ? '__Host-' : ''}${prefix}-${name}`
  return {
    nameOf,
    read: (header, name) => valueIn(header ?? '', nameOf(name)),
    write: (name, value, { maxAgeSeconds, sameSite = 'lax' } = {}) =>
      [
        `${nameOf(name)}=${encodeURIComponent(value)}`,
        ...(maxAgeSeconds === undefined ? [] : [`Max-Age=${maxAgeSeconds}`]),
        'Path=/',
        'HttpOnly',
        ...(secure ? ['Secure'] : []),
        `SameSite=${sameSiteOf(sameSite, secure)}`,
      ].join('; '),
  }
}

/** The first of that name: browsers send the most specific one first (RFC 6265 §5.4). */
function valueIn(header: string, name: string): string | undefined {
  const pair = header.split(';').find((each) => each.trim().startsWith(`${name}=`))
  if (pair === undefined) return undefined
  try {
    return decodeURIComponent(pair.trim().slice(name.length + 1))
  } catch {
    return undefined
  }
}

/** Browsers refuse `None` without `Secure`. */
function sameSiteOf(sameSite: 'lax' | 'strict' | 'none', secure: boolean): string {
  if (sameSite === 'none') return secure ? 'None' : 'Lax'
  return sameSite === 'strict' ? 'Strict' : 'Lax'
}
