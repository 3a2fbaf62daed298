import type { Handler, HandlerAnswer, HandlerRequest } from '@sapan/trust'
import type { ListChanges } from './changes.ts'
import { listTtl, type SignedLists } from './signed-lists.ts'

/** Seconds. */
const longestWait = 10

/** Those who wait at one process; more are answered at once. */
const mostWaiting = 10_000

/**
 * Serves a list as `application/statuslist+jwt` (IETF Token Status List §8.1). `Prefer: wait=<seconds>` (RFC 7240 §4.3)
 * with `If-None-Match` holds the request until the list changes or the time is over, at most ten seconds.
 */
export function statusHandler(lists: SignedLists, changes: ListChanges): Handler {
  let waiting = 0
  const held = async (list: number, { version, wait }: { version: number; wait: number }) => {
    if (waiting >= mostWaiting) return
    waiting++
    try {
      await changes.after(list, version, wait * 1000)
    } finally {
      waiting--
    }
  }
  const handle = async (request: HandlerRequest): Promise<HandlerAnswer> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, { allow: 'GET, HEAD' })
    const name = /^\/([1-9]\d{0,8})$/.exec(request.path)?.[1]
    const list = Number(name ?? 0)
    let version = await lists.version(list)
    if (version === undefined) return plain(404)
    const wait = waitOf(request)
    if (wait > 0 && knownVersion(request) === version) {
      await held(list, { version, wait })
      version = await lists.version(list)
    }
    const served = version === undefined ? undefined : await lists.of(list, version)
    if (!served) return plain(404)
    const headers = { etag: served.etag, 'cache-control': `max-age=${listTtl}`, vary: 'prefer' }
    if (request.headers['if-none-match'] === served.etag) return plain(304, headers)
    return {
      status: 200,
      headers: { ...headers, 'content-type': 'application/statuslist+jwt' },
      body: Buffer.from(served.jws),
    }
  }
  return Object.assign(handle, { mostBodyBytes: 0 })
}

function plain(status: number, headers: Record<string, string> = {}): HandlerAnswer {
  return { status, headers, body: new Uint8Array() }
}

/** The version in the entity tag that the caller has; undefined where it has none of ours. */
function knownVersion({ headers }: HandlerRequest): number | undefined {
  const version = /^"(\d{1,15})\.\d{1,15}"$/.exec(headers['if-none-match'] ?? '')?.[1]
  return version === undefined ? undefined : Number(version)
}

function waitOf({ headers }: HandlerRequest): number {
  const wait = /(?:^|[,;\s])wait=(\d{1,3})(?:$|[,;\s])/.exec(headers.prefer ?? '')?.[1]
  return Math.min(Number(wait ?? 0), longestWait)
}
