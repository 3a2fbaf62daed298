import { type ComponentChild, type ComponentChildren, h } from 'preact'

export interface TimelineEvent {
  /** As people read it, of `plainTime`. */
  readonly time: string
  /** ISO 8601, for programs. */
  readonly iso: string
  readonly title: ComponentChildren
  readonly body?: ComponentChildren
}

/** What happened, the latest first. */
export function timeline(events: readonly TimelineEvent[]): ComponentChild {
  const entry = ({ time, iso, title, body }: TimelineEvent) =>
    h(
      'li',
      null,
      h('p', null, h('strong', null, title)),
      h('p', { class: 'quiet' }, h('time', { dateTime: iso }, time)),
      body,
    )
  return h('ol', { class: 'timeline' }, events.map(entry))
}
