import type { Directory } from '@sapan/exchange'
import type { Language, Text } from '@sapan/kernel'
import { type ComponentChild, h } from 'preact'
import type { AdminDoor } from '../door.ts'
import type { HeldDirectory } from './answers.ts'

const keptMs = 10_000

/** How members, subsystems and services are called: the directory, asked for once in a while for all pages. */
export class Names {
  readonly #byMember = new Map<string, Directory['members'][number]>()
  readonly #services = new Map<string, Text>()
  readonly directory: Directory

  constructor(directory: Directory) {
    this.directory = directory
    for (const member of directory.members) this.#byMember.set(member.id, member)
    for (const { id, title } of directory.services) this.#services.set(id, title)
  }

  member(id: string): Text | undefined {
    return this.#byMember.get(id)?.name
  }

  /** Of a subsystem's or a service's address, whose member it is. */
  memberOf(address: string): Text | undefined {
    return this.member(address.split('/').slice(0, 3).join('/'))
  }

  service(id: string): Text | undefined {
    return this.#services.get(id)
  }

  /** A member's name with the address below it. */
  shown(address: string, language: Language): ComponentChild {
    const name = this.memberOf(address)?.[language]
    if (name === undefined) return h('code', null, address)
    return [h('bdi', null, name), h('br', null), h('code', null, address)]
  }

  /** A service's title with the address below it. */
  shownService(id: string, language: Language): ComponentChild {
    const title = this.service(id)?.[language]
    if (title === undefined) return h('code', null, id)
    return [h('bdi', null, title), h('br', null), h('code', null, id)]
  }
}

/** Keeps the names of the directory for some seconds: it has a whole country in it. */
export class NameKeeper {
  #kept: { readonly at: number; readonly names: Promise<Names> } | undefined

  of(door: AdminDoor): Promise<Names> {
    const now = Date.now()
    if (this.#kept === undefined || now - this.#kept.at > keptMs) {
      const names = door.get<HeldDirectory>('/v1/directory').then(({ directory }) => new Names(directory))
      this.#kept = { at: now, names }
      names.catch(() => {
        this.#kept = undefined
      })
    }
    return this.#kept.names
  }
}
