import { zstdDecompressSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ZstdPages } from '../../src/site/zstd-pages.ts'

describe('pages compressed with one context', () => {
  it('are each a whole frame of their own, whatever comes at the same time', async () => {
    const pages = new ZstdPages()
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 3000 }), { minLength: 1 }),
        async (all) => {
          const frames = await Promise.all(all.map((page) => pages.compress(Buffer.from(page))))
          expect(frames.map((frame) => [...zstdDecompressSync(frame)])).toEqual(all.map((page) => [...page]))
        },
      ),
    )
  })

  it('may be larger than what zlib gives at once', async () => {
    const page = Buffer.from(Array.from({ length: 300_000 }, (_, at) => String(at * 7919)).join(' '))
    const frames = await Promise.all([page, page].map((each) => new ZstdPages().compress(each)))
    expect(frames.every((frame) => zstdDecompressSync(frame).equals(page))).toBe(true)
  })

  it('that are refused take nothing from the ones after them', async () => {
    const pages = new ZstdPages()
    await expect(pages.compress(7 as never)).rejects.toThrow(TypeError)
    expect(zstdDecompressSync(await pages.compress(Buffer.from('สวัสดี'))).toString()).toBe('สวัสดี')
  })
})
