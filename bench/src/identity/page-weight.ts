import { Connection } from './connection.ts'
import { pageHeaders } from './page-load.ts'

/** Bytes of a page with the style sheets and scripts that it names, as they go over the wire, compressed; no images, no fonts. */
export async function pageWeight(origin: string, path: string, cookie = pageHeaders.cookie): Promise<number> {
  const connection = new Connection(origin)
  const own = { ...pageHeaders, cookie }
  const get = async (asked: string, headers: Record<string, string> = own): Promise<Buffer> => {
    const { status, body } = await connection.ask({ path: asked, headers })
    if (status !== 200) throw new Error(`${asked} was answered with ${status}`)
    return body
  }
  const compressed = await get(path)
  const { 'accept-encoding': _, ...plain } = own
  const html = (await get(path, plain)).toString()
  let bytes = compressed.length
  for (const part of partsOf(html)) bytes += (await get(part)).length
  connection.close()
  return bytes
}

/** Addresses of a page's style sheets and scripts. */
export function partsOf(html: string): string[] {
  const links = [...html.matchAll(/<link[^>]*rel="stylesheet"[^>]*>/g)].map(
    ([tag]) => /href="([^"]+)"/.exec(tag)?.[1],
  )
  const scripts = [...html.matchAll(/<script[^>]*src="([^"]+)"/g)].map((match) => match[1])
  return [...links, ...scripts].flatMap((one) => (one === undefined ? [] : [one.replaceAll('&amp;', '&')]))
}
