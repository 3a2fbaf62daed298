import { readdir, readlink } from 'node:fs/promises'
import { join } from 'node:path'

/** Whether one can see which files a process has open. */
export const handlesAreVisible = process.platform === 'linux'

/** The open files of a process that lie, or lay, in a folder, as paths to look at them; none where one can't see. */
export async function heldIn(folder: string, pid: number | 'self' = 'self'): Promise<string[]> {
  if (!handlesAreVisible) return []
  const handles = `/proc/${pid}/fd`
  const paths = (await readdir(handles)).map((handle) => join(handles, handle))
  const targets = await Promise.all(paths.map((path) => readlink(path).catch(() => '')))
  return paths.filter((_, n) => targets[n]?.startsWith(`${folder}/`))
}

/** What there is of message bodies in a folder: files by name, and what this process still has open. */
export async function leftIn(folder: string): Promise<string[]> {
  return [...(await readdir(folder)), ...(await heldIn(folder))]
}
