import { constants } from 'node:fs'
import { access, statfs } from 'node:fs/promises'
import { readEndpoints } from '../home/endpoints.ts'
import { holderOf, lives } from '../home/lock.ts'
import { isFree } from '../home/ports.ts'
import { checkBackup } from './backup.ts'
import { bad, type Check, good, warning } from './check.ts'

const gigabyte = 1024 ** 3

/** The home itself: there, writable, held by whom, with room to grow. */
export async function checkHome(home: string): Promise<Check[]> {
  const writable = await access(home, constants.R_OK | constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  )
  if (!writable) {
    return [
      bad(
        'home',
        { th: `${home} ไม่มี หรือเขียนไม่ได้`, en: `${home} is not there, or cannot be written` },
        { th: 'เริ่มด้วย sapan up หรือให้สิทธิเขียน', en: 'start one with sapan up, or let this user write to it' },
      ),
    ]
  }
  return [
    good('home', { th: home, en: home }),
    await checkLock(home),
    await checkDisk(home),
    ...(await checkBackup(home, Date.now())),
  ]
}

/** True while `sapan up` holds the home. */
export async function isHeld(home: string): Promise<boolean> {
  const holder = await holderOf(home)
  return holder !== undefined && lives(holder)
}

async function checkLock(home: string): Promise<Check> {
  const holder = await holderOf(home)
  if (holder === undefined) return good('lock', { th: 'ไม่มีใครเปิดอยู่', en: 'nobody holds this home' })
  if (lives(holder)) {
    return good('lock', { th: `กระบวนการ ${holder.pid} เปิดอยู่`, en: `process ${holder.pid} runs` })
  }
  return warning(
    'lock',
    {
      th: `กระบวนการ ${holder.pid} หยุดโดยไม่ได้ปิด`,
      en: `process ${holder.pid} ended without closing`,
    },
    { th: 'เริ่มใหม่ด้วย sapan up ข้อมูลยังอยู่ครบ', en: 'start again with sapan up; everything is kept' },
  )
}

/** Whether the disk of a folder has room. */
export async function checkDisk(home: string): Promise<Check> {
  const { bavail, bsize } = await statfs(home)
  const free = bavail * bsize
  const text = {
    th: `ดิสก์ว่าง ${(free / gigabyte).toFixed(1)} GB`,
    en: `${(free / gigabyte).toFixed(1)} GB of disk are free`,
  }
  const next = { th: 'เพิ่มที่ว่างบนดิสก์', en: 'free some space on the disk' }
  if (free < gigabyte / 5) return bad('disk', text, next)
  return free < gigabyte ? warning('disk', text, next) : good('disk', text)
}

/** While nothing runs: the ports that were chosen are free to be used again. */
export async function checkPorts(home: string): Promise<Check> {
  const { center, centerAdmin, gateways } = await readEndpoints(home)
  const own = centerAdmin === '' ? [] : [center, centerAdmin]
  const origins = [...own, ...Object.values(gateways).flatMap((at) => [at.edge, at.peer, at.admin])]
  const ports = origins.filter((origin) => URL.canParse(origin)).map((origin) => Number(new URL(origin).port))
  const free = await Promise.all(ports.map(isFree))
  const taken = ports.filter((_port, at) => !free[at])
  if (taken.length === 0) {
    return good('ports', { th: `พอร์ตทั้ง ${ports.length} ว่าง`, en: `all ${ports.length} ports are free` })
  }
  return bad(
    'ports',
    {
      th: `พอร์ต ${taken.join(', ')} มีโปรแกรมอื่นใช้`,
      en: `port ${taken.join(', ')} is held by another program`,
    },
    { th: 'ปิดโปรแกรมนั้น', en: 'stop that program' },
  )
}
