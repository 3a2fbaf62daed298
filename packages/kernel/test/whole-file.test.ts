import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeOnce, writeWhole } from '../src/index.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sapan-whole-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const texts = Array.from({ length: 8 }, (_, n) => String(n).repeat(200_000 - n * 20_000))

test('of several that write at once each succeeds, one of them whole, and nothing else stays', async () => {
  const path = join(folder, 'written')
  for (let round = 0; round < 10; round++) {
    await Promise.all(texts.map((text) => writeWhole(path, text, 0o600)))
    expect(texts).toContain(await readFile(path, 'utf8'))
  }
  expect(await readdir(folder)).toEqual(['written'])
  expect((await stat(path)).mode & 0o777).toBe(0o600)
})

test('of several that write once, the first one counts, also for those who come later', async () => {
  const path = join(folder, 'once')
  await Promise.all(texts.map((text) => writeOnce(path, text, 0o600)))
  const first = await readFile(path, 'utf8')
  expect(texts).toContain(first)
  await writeOnce(path, 'later', 0o600)
  expect(await readFile(path, 'utf8')).toBe(first)
})

test('what could not be written is told, and leaves everything as it was', async () => {
  const path = join(folder, 'kept')
  await writeWhole(path, 'before', 0o600)
  const there = (await readdir(folder)).sort()
  for (const write of [writeWhole, writeOnce]) {
    await expect(write(join(path, 'below'), 'after', 0o600)).rejects.toThrow('ENOTDIR')
  }
  await expect(writeWhole(folder, 'after', 0o600)).rejects.toThrow()
  expect(await readFile(path, 'utf8')).toBe('before')
  expect((await readdir(folder)).sort()).toEqual(there)
})
