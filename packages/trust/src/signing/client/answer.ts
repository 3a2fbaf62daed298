import { Problem } from '@sapan/kernel'
import { trustProblems } from '../../problems.ts'
import type { JsonObject } from './transport.ts'

/** The problem that a service's answer is when it is not what the API says. */
export const unusable = (cause?: unknown): Problem =>
  new Problem(trustProblems['signing-service-answer-invalid'], { cause })

export function optionalObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

export function objectOf(value: unknown): JsonObject {
  if (typeof value !== 'object' || value === null) throw unusable()
  return { ...value }
}

export function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value) || value.length > 1000) throw unusable()
  return value
}

/** Base64, in which some services break lines. */
export function bytesOf(value: unknown): Uint8Array {
  if (typeof value !== 'string' || !/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(value)) throw unusable()
  return Buffer.from(value, 'base64')
}
