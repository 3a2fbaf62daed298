import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { FolderArchiveStore } from '../../../src/evidence/archive/folder-store.ts'

it('with a segment go the drafts that who was killed while writing it has left, and no others', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sapan-archive-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const store = new FolderArchiveStore(folder)
  await store.put('2026-11/one', Buffer.from('1'))
  for (const draft of ['.one.0a1b.tmp', '.other.2c3d.tmp'])
    await writeFile(join(folder, '2026-11', draft), 'half')
  await store.remove('2026-11/one')
  await store.remove('2026-10/never-written')
  expect(await readdir(join(folder, '2026-11'))).toEqual(['.other.2c3d.tmp'])
})
