import { describe, expect, it } from 'vitest'
import { createLogger, kernelProblems, type Logger, Problem } from '../src/index.ts'

function logged(write: (log: Logger) => void): { line: string; entry: Record<string, unknown> } {
  let line = ''
  write(createLogger({ name: 'test', destination: { write: (text) => (line += text) } }))
  return { line, entry: JSON.parse(line) as Record<string, unknown> }
}

describe('the log', () => {
  it('is a JSON line with name, level and time', () => {
    const { entry } = logged((log) => log.info({ route: '/r1/{service}' }, 'answered'))
    expect(entry).toMatchObject({ name: 'test', level: 30, msg: 'answered', route: '/r1/{service}' })
    expect(entry.time).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/)
  })

  it('has no secret, at the top or one level down', () => {
    const secrets = {
      password: 'hush',
      token: 'hush',
      privateKey: 'hush',
      connectionString: 'hush',
      cookie: 'hush',
    }
    const headers = { authorization: 'hush', 'set-cookie': 'hush', 'proxy-authorization': 'hush' }
    const { line } = logged((log) => log.info({ ...secrets, ...headers, config: secrets, headers }))
    expect(line).not.toContain('hush')
    expect(line).toContain('[secret]')
  })

  it('masks an identification number in any text', () => {
    const { line } = logged((log) =>
      log.info(
        { path: '/persons/1234567890121', note: 'id:1234567890121', json: '{"id":1234567890121}' },
        '1234567890121',
      ),
    )
    expect(line).not.toContain('1234567890121')
    expect(line.match(/12345xxxxx121/g)).toHaveLength(4)
  })

  it('masks one also as it is printed on the card', () => {
    const { line } = logged((log) => log.info('1-2345-67890-12-1, 1-2345-67890-12-2'))
    expect(line).toContain('1-2345-xxxxx-12-1, 1-2345-67890-12-2')
  })

  it('has no password of an address that an error quotes', () => {
    const { line } = logged((log) =>
      log.error(new Error('no way to postgres://sapan:hush@db.test:5432/center')),
    )
    expect(line).toContain('postgres://sapan:[secret]@db.test:5432/center')
    expect(line).not.toContain('hush')
  })

  it('leaves a measure alone that happens to look like one', () => {
    const { entry } = logged((log) => log.info({ at: 1234567890121 }))
    expect(entry.at).toBe(1234567890121)
  })

  it('writes an error with its cause, and not the row that the database tells of', () => {
    const detail = 'Key (id)=(somchai) already exists.'
    const cause = Object.assign(new Error('duplicate key'), { code: '23505', detail, where: detail })
    const { line, entry } = logged((log) => log.error(new Problem(kernelProblems.busy, { cause })))
    expect(entry.err).toMatchObject({ type: 'Problem', code: 'busy', cause: { code: '23505' } })
    expect(line).not.toContain('somchai')
  })

  it.each([
    ['JSON that is none', () => JSON.parse('somchai lives at 12')],
    ['long JSON that is none', () => JSON.parse(`{"name": "somchai", "of": somchai${' '.repeat(90)}}`)],
    ['a number that is none', () => BigInt('somchai')],
    ['an argument', () => Buffer.from('x').write(JSON.parse('{"toString": "somchai"}'))],
    ['an argument that is text', () => Buffer.alloc(JSON.parse('"somchai"'))],
  ])('writes of %s that something is wrong with it, not what it was', (_what, fail) => {
    const { line } = logged((log) => {
      try {
        fail()
      } catch (err) {
        log.error({ err })
      }
    })
    expect(line).toContain('"message":"')
    expect(line).not.toContain('somchai')
  })

  it('writes of a value that the database could not read which type it was to be', () => {
    const error = Object.assign(new Error('invalid input syntax for type uuid: "somch"ai"'), {
      code: '22P02',
    })
    const { line } = logged((log) => log.error(error))
    expect(line).toContain('invalid input syntax for type uuid')
    expect(line).not.toMatch(/somch|ai\\?"/)
  })

  it('writes of a request its method and route, never its address', () => {
    const req = { id: 'r-1', method: 'GET', url: '/persons/somchai', routeOptions: { url: '/persons/:id' } }
    const { line, entry } = logged((log) => log.info({ req }))
    expect(entry.req).toEqual({ id: 'r-1', method: 'GET', route: '/persons/:id' })
    expect(line).not.toContain('somchai')
  })

  it('is quiet below its level', () => {
    let line = ''
    createLogger({ name: 'test', level: 'warn', destination: { write: (text) => (line += text) } }).info('x')
    expect(line).toBe('')
  })
})
