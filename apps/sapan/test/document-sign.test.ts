import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from './support.ts'

let folder: string
const at = (name: string): string => join(folder, name)
const document = (...words: string[]) => run(['document', ...words], { SAPAN_HOME: at('home') })

/** What the check says of a file: its conclusion, and the levels of its signatures. */
async function checked(name: string, ...more: string[]) {
  const { code, out } = await document('check', at(name), '--json', ...more)
  const { conclusion, signatures } = JSON.parse(out)
  return { code, conclusion, levels: signatures.map(({ level }: { level: string }) => level) }
}

const passed = (...levels: string[]) => ({ code: 0, conclusion: 'TOTAL-PASSED', levels })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sapan-sign-'))
  await document('build', 'receipt', '--sample', '--out', at('receipt.pdf'))
  await writeFile(at('plan.docx'), 'a plan')
  await writeFile(at('แผน.csv'), 'ก,ข')
})

afterAll(() => rm(folder, { recursive: true, force: true }))

describe('document sign into a container', () => {
  it.each(['B-B', 'B-T', 'B-LT', 'B-LTA'])(
    'packs any files at %s, and says how to check them',
    async (level) => {
      const files = [at('plan.docx'), at('แผน.csv'), at('receipt.pdf')]
      const { code, out } = await document('sign', ...files, '--level', level, '--out', at(`${level}.asice`))
      expect(code).toBe(0)
      expect(out).toContain(`ASiC-E ${level}`)
      expect(out).toContain(`sapan document check ${at(`${level}.asice`)}`)
      const { levels } = await checked(`${level}.asice`)
      expect(levels).toEqual([`CAdES-${level}`])
    },
  )

  it('packs one file as ASiC-S', async () => {
    await document('sign', at('plan.docx'), '--out', at('plan.asics'))
    expect(await checked('plan.asics')).toEqual(passed('CAdES-B-LTA'))
  })

  it('signs a container once more, or packs it into a new one where that is asked for', async () => {
    await document('sign', at('plan.docx'), '--out', at('one.asice'))
    await document('sign', at('one.asice'), '--out', at('two.asice'))
    expect(await checked('two.asice')).toEqual(passed('CAdES-B-LTA', 'CAdES-B-LTA'))
    await document('sign', at('one.asice'), '--container', '--out', at('around.asice'))
    expect(await checked('around.asice')).toEqual(passed('CAdES-B-LTA'))
  })

  it('writes a signature of its own beside a file', async () => {
    const { out } = await document('sign', at('plan.docx'), '--out', at('plan.p7s'))
    expect(out).toContain(`--detached ${at('plan.docx')}`)
    expect(await checked('plan.p7s', '--detached', at('plan.docx'))).toEqual(passed('CAdES-B-LTA'))
  })

  it('refuses two files of one name', async () => {
    const { code, notes } = await document('sign', at('plan.docx'), at('plan.docx'), '--out', at('no.asice'))
    expect(code).toBe(1)
    expect(notes).toContain('container-file-unusable')
    await expect(readFile(at('no.asice'))).rejects.toThrow('ENOENT')
  })
})

describe('document sign in a visible place', () => {
  it('shows the signature in a box on a page, and certifies what may be changed later', async () => {
    const place = ['--page', '1', '--rect', '350,80,550,150', '--text', 'ลงนามแล้ว', 'คณบดี']
    await document('sign', at('receipt.pdf'), ...place, '--certify', 'forms', '--out', at('seen.pdf'))
    const { out } = await document('show', at('seen.pdf'), '--json')
    expect(JSON.parse(out).signatures[0]).toMatchObject({ signed: true, page: 1 })
    const box = ['--field', 'dean', '--rect', '50,80,250,150', '--out', at('both.pdf')]
    expect((await document('sign', at('seen.pdf'), ...box)).notes).toContain('document-locked')
    await document('sign', at('seen.pdf'), '--out', at('both.pdf'))
    expect(await checked('both.pdf')).toEqual(passed('PAdES-B-LTA', 'PAdES-B-LTA'))
  })

  it('signs no more where nothing may be changed later', async () => {
    await document('sign', at('receipt.pdf'), '--certify', 'nothing', '--out', at('closed.pdf'))
    const { code, notes } = await document('sign', at('closed.pdf'), '--out', at('no.pdf'))
    expect(code).toBe(1)
    expect(notes).toContain('document-locked')
  })

  it('names the fields there are where one is asked for that there is not', async () => {
    await document('build', 'licence', '--sample', '--out', at('licence.pdf'))
    const { code, notes } = await document(
      'sign',
      at('licence.pdf'),
      '--field',
      'nobody',
      '--out',
      at('no.pdf'),
    )
    expect(code).toBe(1)
    expect(notes).toContain('signature-field-unusable')
    expect(notes).toMatch(/empty: .*signature/)
  })
})

describe('document sign of what does not go together', () => {
  it.each([
    ['nothing to write', ['receipt.pdf'], [], '--out'],
    ['several files into one PDF', ['receipt.pdf', 'plan.docx'], ['--out', 'x.pdf'], '--out-folder'],
    ['several files into ASiC-S', ['receipt.pdf', 'plan.docx'], ['--out', 'x.asics'], '.asice'],
    ['a folder and a file', ['receipt.pdf'], ['--out', 'x.pdf', '--out-folder', 'x'], '--out-folder'],
    ['a page without a box', ['receipt.pdf'], ['--out', 'x.pdf', '--page', '1'], '--rect'],
    ['a box that is none', ['receipt.pdf'], ['--out', 'x.pdf', '--rect', '1,2,3'], 'left,bottom,right,top'],
    ['a look in a container', ['plan.docx'], ['--out', 'x.asice', '--reason', 'y'], '--reason'],
    [
      'two files of one name into a folder',
      ['receipt.pdf', 'receipt.pdf'],
      ['--out-folder', 'x'],
      'receipt.pdf',
    ],
  ])('ends with 2 for %s, and says what to type', async (_, files, words, said) => {
    const { code, notes } = await document('sign', ...files.map(at), ...words)
    expect(code).toBe(2)
    expect(notes).toContain(said)
  })
})

describe('document sign into a folder', () => {
  it('signs what can be signed, says of each other why not, and ends with 1', async () => {
    const copies = ['a.pdf', 'b.pdf', 'c.pdf']
    for (const name of copies) await writeFile(at(name), await readFile(at('receipt.pdf')))
    const files = [at('a.pdf'), at('plan.docx'), at('b.pdf'), at('nothing.pdf'), at('c.pdf')]
    const { code, out, notes } = await document('sign', ...files, '--out-folder', at('signed'))
    expect(code).toBe(1)
    expect(out).toContain('3 signed')
    expect(notes).toContain('document-unsignable')
    expect(notes).toContain('input-unreadable')
    expect((await readdir(at('signed'))).sort()).toEqual(copies)
    expect(await checked('signed/b.pdf')).toEqual(passed('PAdES-B-LTA'))
    const { out: json } = await document('sign', ...files, '--out-folder', at('signed'), '--json')
    const { signed, failed, left } = JSON.parse(json)
    expect(signed).toHaveLength(3)
    expect(failed.map(({ problem }: { problem: { code: string } }) => problem.code)).toEqual([
      'document-unsignable',
      'input-unreadable',
    ])
    expect(left).toEqual([])
  })

  it('stops where nothing can be signed at all, and tells what was not tried', async () => {
    const files: string[] = []
    for (let i = 0; i < 20; i++) {
      files.push(at(`many-${i}.pdf`))
      await writeFile(at(`many-${i}.pdf`), await readFile(at('receipt.pdf')))
    }
    // Nothing listens there.
    const words = ['--tsa', 'http://127.0.0.1:1/', '--out-folder', at('unsigned'), '--json']
    const { code, out } = await document('sign', ...files, ...words)
    expect(code).toBe(1)
    const { signed, failed, left } = JSON.parse(out)
    expect([signed.length, failed.length, left.length]).toEqual([0, 16, 4])
    expect(failed[0].problem.code).toBe('signing-stamp-unavailable')
  })
})

describe('document renew', () => {
  it.each([
    ['a PDF', 'receipt.pdf', 'renew.pdf', 'PAdES-B-LTA'],
    ['an ASiC-E container', 'plan.docx', 'renew.asice', 'CAdES-B-LTA'],
    ['an ASiC-S container', 'plan.docx', 'renew.asics', 'CAdES-B-LTA'],
  ])('brings %s of B-B to B-LTA, in its place', async (_, file, out, level) => {
    await document('sign', at(file), '--level', 'B-B', '--out', at(out))
    const { code, out: said } = await document('renew', at(out), '--out', at(out))
    expect(code).toBe(0)
    expect(said).toContain(`sapan document check ${at(out)}`)
    expect(await checked(out)).toEqual(passed(level))
  })

  it('renews a signature of its own with the file that it is over', async () => {
    await document('sign', at('plan.docx'), '--level', 'B-B', '--out', at('renew.p7s'))
    expect(await document('renew', at('renew.p7s'), '--out', at('renewed.p7s'))).toMatchObject({
      code: 2,
      notes: expect.stringContaining('--detached'),
    })
    const original = ['--detached', at('plan.docx')]
    await document('renew', at('renew.p7s'), ...original, '--out', at('renewed.p7s'))
    expect(await checked('renewed.p7s', ...original)).toEqual(passed('CAdES-B-LTA'))
  })

  it.each([
    [
      'was changed since',
      async () => {
        await document('sign', at('receipt.pdf'), '--out', at('changed.pdf'))
        const changed = await readFile(at('changed.pdf'))
        changed.writeUInt8(changed.readUInt8(3000) ^ 1, 3000)
        await writeFile(at('changed.pdf'), changed)
        return 'changed.pdf'
      },
    ],
    ['has no signature', async () => 'receipt.pdf'],
  ])('renews nothing that %s', async (_, make) => {
    const { code, notes } = await document('renew', at(await make()), '--out', at('no.pdf'))
    expect(code).toBe(1)
    expect(notes).toContain('document-unrenewable')
    await expect(readFile(at('no.pdf'))).rejects.toThrow('ENOENT')
  })
})
