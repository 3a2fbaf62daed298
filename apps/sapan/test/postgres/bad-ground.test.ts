import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { chooseAccount } from '../../src/postgres/account.ts'
import { ensureCluster } from '../../src/postgres/cluster.ts'
import { problemOfOutput } from '../../src/postgres/output.ts'
import { findPrograms, installed } from '../../src/postgres/programs.ts'
import { runAs } from '../../src/postgres/run-as.ts'
import { ask, Homes, isRoot } from './homes.ts'

const homes = new Homes()
beforeAll(() => homes.open())
afterEach(() => homes.stopAll())
afterAll(() => homes.close())

const starts = async (home: string) => {
  const postgres = await homes.start(home)
  expect(await ask(postgres.url('postgres'), 'select one from kept')).toEqual([{ one: 1 }])
}

describe('a home that was left half way', () => {
  it('is begun again when the first start was cut short', async () => {
    const home = homes.fresh()
    mkdirSync(join(home, 'data.new', 'base'), { recursive: true })
    writeFileSync(join(home, 'data.new', 'PG_VERSION'), '18\n')
    const postgres = await homes.start(home)
    expect(await ask(postgres.url('postgres'), 'select 1 as one')).toEqual([{ one: 1 }])
    expect(existsSync(join(home, 'data.new'))).toBe(false)
  })

  it.each([
    ['a stranger', process.pid],
    ['nobody', 999_999_999],
  ])('starts though the number in postmaster.pid now belongs to %s', async (_, pid) => {
    const home = await homes.made()
    const file = join(home, 'data', 'postmaster.pid')
    writeFileSync(file, `${pid}\n${home}/data\n1\n5432\n\n127.0.0.1\n\nready\n`)
    chmodSync(file, 0o644)
    await starts(home)
  })
})

describe('a damaged home is named and nothing in it is overwritten', () => {
  it('without its version', async () => {
    const home = await homes.made()
    await rm(join(home, 'data', 'PG_VERSION'))
    await expect(homes.start(home)).rejects.toMatchObject({ code: 'home-corrupt' })
    expect(existsSync(join(home, 'data', 'base'))).toBe(true)
  })

  it('of another version', async () => {
    const home = await homes.made()
    writeFileSync(join(home, 'data', 'PG_VERSION'), '17\n')
    await expect(homes.start(home)).rejects.toMatchObject({ code: 'postgres-other-version' })
  })

  it('without its password', async () => {
    const home = await homes.made()
    await rm(join(home, 'password'))
    await expect(homes.start(home)).rejects.toMatchObject({ code: 'home-corrupt' })
  })

  it('with a broken control file, in the words of PostgreSQL, and may be tried again', async () => {
    const home = await homes.made()
    const control = join(home, 'data', 'global', 'pg_control')
    const whole = readFileSync(control)
    writeFileSync(control, Buffer.alloc(whole.length))
    await expect(homes.start(home)).rejects.toMatchObject({ code: expect.stringMatching(/^postgres-/) })
    writeFileSync(control, whole)
    await starts(home)
  })
})

describe('a folder that cannot be used', () => {
  it('is refused where a file is in the way', async () => {
    const file = homes.fresh()
    writeFileSync(file, '')
    await expect(homes.start(join(file, 'postgres'))).rejects.toMatchObject({ code: 'folder-not-writable' })
  })

  it.skipIf(isRoot)('is refused where nothing may be written', async () => {
    const home = homes.fresh()
    mkdirSync(home, { mode: 0o500 })
    await expect(homes.start(join(home, 'postgres'))).rejects.toMatchObject({ code: 'folder-not-writable' })
  })

  const canMount = isRoot && spawnSync('unshare', ['--mount', 'true']).status === 0
  it.skipIf(!canMount)(
    'is refused as full before anything is made, where there is too little room',
    async () => {
      await onSmallDisk(async (home) => {
        await expect(homes.start(home)).rejects.toMatchObject({ code: 'disk-full' })
        expect(readdirSync(home)).toEqual([])
      })
    },
  )

  it.skipIf(!canMount)('is refused as full when the disk fills while the cluster is made', async () => {
    await onSmallDisk(async (home) => {
      chmodSync(home, 0o755)
      const data = join(home, 'data')
      const account = await chooseAccount(data)
      const programs = await findPrograms({ root: homes.empty(), account })
      const place = { directory: home, root: home, data, account }
      const making = ensureCluster(place, programs, false, () => {})
      await expect(making).rejects.toMatchObject({ code: 'disk-full' })
      expect(readdirSync(home)).toEqual(['password'])
    })
  })
})

describe('as root', () => {
  it.skipIf(!isRoot)('runs under another user, who owns the data and cannot read the password', async () => {
    const home = await homes.made()
    const postgres = await homes.start(home)
    const { uid } = lstatSync(join(home, 'data'))
    expect(uid).not.toBe(0)
    expect(readFileSync(`/proc/${postgres.pid}/status`, 'utf8')).toMatch(
      new RegExp(`^Uid:\\s+${uid}\\s+${uid}\\s`, 'm'),
    )
    const reader = { name: 'owner', uid, gid: lstatSync(join(home, 'data')).gid }
    expect((await runAs(reader, '/bin/cat', [join(home, 'password')])).code).not.toBe(0)
  })

  it.skipIf(!isRoot)('starts from a data folder that root copied back from a backup', async () => {
    const home = await homes.made()
    execFileSync('chown', ['-R', '0:0', home])
    await starts(home)
  })
})

describe('as root, a home that is closed to everyone', () => {
  const closed = () => homes.named('closed')
  const home = () => join(closed(), 'postgres')
  let elsewhere: string | undefined

  afterAll(async () => {
    if (elsewhere === undefined) return
    await homes.stopAll()
    for (const name of withIts(elsewhere)) await rm(name, { recursive: true })
  })

  it.skipIf(!isRoot)('has its data elsewhere, where the next start finds it again', async () => {
    mkdirSync(closed(), { mode: 0o700 })
    const postgres = await homes.start(home())
    elsewhere = readFileSync(join(home(), 'elsewhere'), 'utf8').trim()
    expect(elsewhere).toMatch(/^\/var\/lib\/sapan\/[0-9a-f]{16}$/)
    expect(existsSync(join(home(), 'data'))).toBe(false)
    await ask(postgres.url('postgres'), 'create table kept as select 1 as one')
    await expect(homes.start(home())).rejects.toMatchObject({ code: 'home-in-use' })
    await postgres.stop()
    await starts(home())
  })

  it.skipIf(!isRoot)('begins afresh when it was deleted, and the old data is kept aside', async () => {
    await rm(home(), { recursive: true })
    const postgres = await homes.start(home())
    expect(await ask(postgres.url('postgres'), 'select 1 as one')).toEqual([{ one: 1 }])
    expect(withIts(elsewhere ?? '')).toHaveLength(2)
  })
})

/** A folder of `/var/lib/sapan` and what was put aside of it. */
function withIts(folder: string): string[] {
  return readdirSync('/var/lib/sapan')
    .map((name) => join('/var/lib/sapan', name))
    .filter((name) => name.startsWith(folder))
}

describe('the programs', () => {
  /** As npm unpacks them without running install scripts: without links. */
  function withoutLinks(): string {
    const folder = homes.empty()
    const native = join(folder, 'native')
    execFileSync('cp', ['-r', join(installed(), '..', 'package.json'), installed(), folder])
    execFileSync('chmod', ['-R', 'go+rX', folder])
    execFileSync('find', [native, '-type', 'l', '-delete'])
    return native
  }

  it('get the links that an install script would have made', async () => {
    const native = withoutLinks()
    const root = homes.empty()
    const programs = await findPrograms({ root, account: await chooseAccount(root) }, native)
    expect(programs.postgres).toBe(join(native, 'bin', 'postgres'))
    expect(readdirSync(root)).toEqual([])
  })

  it('run from a copy where they lie out of reach or cannot be completed', async () => {
    const native = withoutLinks()
    // Root's own folder is closed to the database's user; an ordinary user's is merely read-only.
    if (isRoot) chmodSync(join(native, '..'), 0o700)
    else chmodSync(join(native, 'lib'), 0o555)
    const root = homes.empty()
    const account = await chooseAccount(root)
    // Left by a start that was cut short.
    mkdirSync(join(root, 'programs-18.new', 'native'), { recursive: true })
    chmodSync(join(root, 'programs-18.new'), 0o500)
    const programs = await findPrograms({ root, account }, native)
    expect(readdirSync(root)).toHaveLength(1)
    expect(programs.postgres.startsWith(join(root, 'programs-'))).toBe(true)
    expect((await runAs(account, programs.initdb, ['--version'])).code).toBe(0)
    // The second time the copy is there.
    expect(await findPrograms({ root, account }, native)).toEqual(programs)
  })

  it('are told from programs that do not run on this machine', async () => {
    const native = withoutLinks()
    writeFileSync(join(native, 'bin', 'postgres'), '#!/no/such/loader\n')
    const root = homes.empty()
    await expect(findPrograms({ root, account: await chooseAccount(root) }, native)).rejects.toMatchObject({
      code: 'postgres-cannot-run',
    })
  })
})

describe('what PostgreSQL says', () => {
  it.each([
    ['FATAL:  could not write lock file "postmaster.pid": No space left on device', 'disk-full'],
    ['LOG:  could not bind IPv4 address "127.0.0.1": Address already in use', 'port-taken'],
    ['FATAL:  could not open file "x": Permission denied', 'folder-not-writable'],
    ['initdb: error: could not look up effective user ID 1234: user does not exist', 'postgres-user-missing'],
    ['FATAL:  database files are incompatible with server', 'postgres-other-version'],
    ['PANIC:  could not locate a valid checkpoint record', 'postgres-failed'],
    ['', 'postgres-failed'],
  ])('%j is %s', (said, code) => {
    expect(problemOfOutput(said, '/log').code).toBe(code)
  })
})

async function onSmallDisk(work: (home: string) => Promise<void>): Promise<void> {
  const home = homes.fresh()
  mkdirSync(home)
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=20m', 'tmpfs', home])
  try {
    await work(home)
  } finally {
    execFileSync('umount', [home])
  }
}
