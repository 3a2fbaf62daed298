import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { holderOf, lives, lockHome } from '../src/home/lock.ts'

let home: string

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'sapan-lock-'))
})

afterEach(() => rm(home, { recursive: true, force: true }))

it('refuses a second start and names the process that holds the home', async () => {
  const lock = await lockHome(home)
  await expect(lockHome(home)).rejects.toMatchObject({
    code: 'home-in-use',
    extensions: { pid: process.pid },
  })
  await lock.release()
})

it('is free again after it was released, and leaves nothing behind', async () => {
  await (await lockHome(home)).release()
  expect(await readdir(home)).toEqual([])
  await (await lockHome(home)).release()
})

it('is taken over when its process was killed', async () => {
  const held = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  const began = 'a moment that was never the beginning of that process'
  await writeFile(join(home, 'lock'), JSON.stringify({ pid: held.pid, began }))
  const lock = await lockHome(home)
  expect(await holderOf(home)).toMatchObject({ pid: process.pid })
  await lock.release()
  held.kill()
})

it('is taken over when a power failure left it empty', async () => {
  await writeFile(join(home, 'lock'), '')
  await (await lockHome(home)).release()
})

it('goes to one of many that start in the same instant', async () => {
  await writeFile(join(home, 'lock'), JSON.stringify({ pid: 999_999_999, began: 'long ago' }))
  const starts = await Promise.allSettled([1, 2, 3, 4, 5].map(() => lockHome(home)))
  expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

it('knows a living holder from a dead one', async () => {
  const lock = await lockHome(home)
  const holder = await holderOf(home)
  expect(holder && lives(holder)).toBe(true)
  expect(lives({ pid: 999_999_999, began: 'x' })).toBe(false)
  await lock.release()
})

it('is not waited for where what is in its place cannot be read', async () => {
  await mkdir(join(home, 'lock'))
  await expect(lockHome(home)).rejects.toBeDefined()
  expect(await readdir(home)).toEqual(['lock'])
})
