import { describe, expect, it } from 'vitest'
import { results, tokenFlags } from '../src/signing/token/constants.ts'
import { codeOf } from './test-keys.ts'
import { content, StandIn, slot } from './token-stand-in.ts'

describe('a session that is lost', () => {
  it.each([
    ['the session is closed', results.sessionHandleInvalid],
    ['the token was out and in again', results.deviceRemoved],
    ['the login is gone', results.notLoggedIn],
    ["the key's handle is of another session", results.keyHandleInvalid],
    ['a signature was begun and not ended', results.operationActive],
  ])('is opened again, and the signature made, when %s', async (_, result) => {
    const token = (await StandIn.insert()).signsRight()
    const key = await token.open().key()
    token.failures.push({ operation: 'sign', result })
    await key.sign(content)
    expect(token.pins).toEqual(['1234', '1234'])
    expect(token.starts).toBe(2)
  })

  it('is opened once for all signatures that wait', async () => {
    const token = (await StandIn.insert()).signsRight()
    const key = await token.open().key()
    const failure = { operation: 'sign', result: results.sessionHandleInvalid }
    token.failures.push(failure, failure, failure)
    await Promise.all([key.sign(content), key.sign(content), key.sign(content)])
    expect(token.starts).toBe(2)
    expect(token.running.size).toBe(1)
  })

  it.each([
    ['a call failed and does not say why', results.functionFailed],
    ['a call failed in general', results.generalError],
  ])('is not used again after %s', async (_, result) => {
    const token = (await StandIn.insert()).signsRight()
    const key = await token.open().key()
    token.failures.push({ operation: 'sign', result })
    expect(await codeOf(() => key.sign(content))).toBe('token-unavailable')
    expect(token.running.size).toBe(0)
    expect(await key.sign(content)).toBeInstanceOf(Uint8Array)
    expect(token.starts).toBe(2)
  })

  it('stays where the token only says that it cannot do what was asked', async () => {
    const token = (await StandIn.insert()).signsRight()
    const key = await token.open().key()
    token.failures.push({ operation: 'sign', result: results.mechanismInvalid })
    expect(await codeOf(() => key.sign(content))).toBe('token-mechanism-unsupported')
    await key.sign(content)
    expect(token.starts).toBe(1)
  })

  it('twice in a row is told, and the next signature tries anew', async () => {
    const token = (await StandIn.insert()).signsRight()
    const key = await token.open().key()
    const failure = { operation: 'sign', result: results.sessionHandleInvalid }
    token.failures.push(failure, failure)
    expect(await codeOf(() => key.sign(content))).toBe('token-unavailable')
    expect(await key.sign(content)).toBeInstanceOf(Uint8Array)
  })

  it('because the token was taken out is told as that, until it is back', async () => {
    const token = (await StandIn.insert()).signsRight()
    const key = await token.open().key()
    token.failures.push({ operation: 'sign', result: results.tokenNotPresent })
    token.slots = []
    expect(await codeOf(() => key.sign(content))).toBe('token-not-found')
    token.slots = [slot]
    expect(await key.sign(content)).toBeInstanceOf(Uint8Array)
  })
})

describe('a wrong PIN', () => {
  it('is told, and never tried again', async () => {
    const token = await StandIn.insert()
    token.failures.push({ operation: 'login', result: results.pinIncorrect })
    const opened = token.open()
    expect(await codeOf(() => opened.key())).toBe('token-pin-wrong')
    expect(await codeOf(() => opened.key())).toBe('token-pin-wrong')
    expect(token.starts).toBe(1)
  })

  it('is not tried on a token that is locked, nor when one try is left', async () => {
    for (const flag of [tokenFlags.pinLocked, tokenFlags.pinFinalTry]) {
      const token = await StandIn.insert()
      token.slots = [{ ...slot, flags: slot.flags | flag }]
      expect(await codeOf(() => token.open().key())).toBe('token-pin-locked')
      expect(token.pins).toEqual([])
    }
  })

  it('that may have been wrong is left to a person once the token says that one was', async () => {
    const token = await StandIn.insert()
    const opened = token.open()
    token.failures.push({ operation: 'login', result: results.deviceError })
    expect(await codeOf(() => opened.key())).toBe('token-unavailable')
    token.slots = [{ ...slot, flags: slot.flags | tokenFlags.pinCountLow }]
    expect(await codeOf(() => opened.key())).toBe('token-pin-locked')
    expect(token.pins).toEqual([])
    token.slots = [slot]
    expect(await codeOf(() => opened.key())).toMatchObject({ algorithm: 'ecdsa-sha256' })
  })

  it('of somebody else before does not keep the right one out', async () => {
    const token = await StandIn.insert()
    token.slots = [{ ...slot, flags: slot.flags | tokenFlags.pinCountLow }]
    expect(await codeOf(() => token.open().key())).toMatchObject({ algorithm: 'ecdsa-sha256' })
  })

  it('that was never set is told as what a person must do', async () => {
    const token = await StandIn.insert()
    token.failures.push({ operation: 'login', result: results.userPinNotInitialised })
    expect(await codeOf(() => token.open().key())).toBe('token-pin-locked')
  })

  it('is in no problem, nor in its cause', async () => {
    const token = await StandIn.insert()
    token.failures.push({ operation: 'login', result: results.pinIncorrect })
    const error = await token
      .open()
      .open()
      .catch((problem: unknown) => problem)
    expect(JSON.stringify([error, error instanceof Error && error.cause])).not.toContain('1234')
  })
})

describe('many signatures', () => {
  it('are asked for in portions, in order, so that a slow token does not seem to have gone', async () => {
    const token = (await StandIn.insert()).signsRight()
    const key = await token.open().key()
    expect(await key.signMany?.(Array.from({ length: 20 }, () => content))).toHaveLength(20)
    expect(token.portions).toEqual([8, 8, 4])
  })

  it('with a key that wants the PIN each time are asked for one by one', async () => {
    const token = (await StandIn.insert()).signsRight()
    token.authenticates = true
    const key = await token.open().key()
    await key.signMany?.([content, content, content])
    expect(token.portions).toEqual([1, 1, 1])
  })

  it('go on where the session was lost in between', async () => {
    const token = (await StandIn.insert()).signsRight()
    const key = await token.open().key()
    const signing = key.signMany?.(Array.from({ length: 20 }, () => content))
    token.failures.push({ operation: 'sign', result: results.sessionHandleInvalid })
    expect(await signing).toHaveLength(20)
  })

  it('end with the token that was closed meanwhile, and open no other', async () => {
    const token = (await StandIn.insert()).signsRight()
    const opened = token.open()
    const key = await opened.key()
    const signing = codeOf(() => key.signMany?.(Array.from({ length: 20 }, () => content)))
    await opened.close()
    expect(await signing).toBe('token-unavailable')
    expect(token.starts).toBe(1)
    expect(token.running.size).toBe(0)
  })
})
