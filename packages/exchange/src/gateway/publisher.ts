import type { Text } from '@sapan/kernel'

/** A service as the directory shows it. */
export interface PublishedService {
  readonly id: string
  readonly title: Text
  readonly personal: boolean
  /** SHA-256 of the canonical description, hex. */
  readonly openapi: string
}

/** Tells the center what it is to publish for a member; each statement is signed by that member's key. */
export interface Publisher {
  services(
    member: string,
    change: { register: readonly PublishedService[]; withdraw: readonly string[] },
  ): Promise<void>
  /** Hashes of grants. */
  grants(member: string, change: { publish: readonly string[]; withdraw: readonly string[] }): Promise<void>
  /** The key of an epoch of the member's log. Repeating is harmless. */
  logKey(member: string, key: { origin: string; vkey: string; epoch: number }): Promise<void>
}
