// Keyboard speed: `g` and a letter opens what it is of, `?` lists them, `m` goes to the content. Only while nothing is
// being typed, and never with a modifier, so that browsers and screen readers keep theirs.
const places = new Map(
  (document.querySelector('meta[name=sapan-keys]')?.content ?? '')
    .split(' ')
    .filter(Boolean)
    .map((entry) => [entry.slice(0, 1), entry.slice(2)]),
)
let going = false

addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return
  const wasGoing = going
  going = false
  if (event.key === '?') location.assign('/desk/keys')
  else if (wasGoing && places.has(event.key)) location.assign(places.get(event.key))
  else if (event.key === 'g') {
    going = true
    setTimeout(() => {
      going = false
    }, 1500)
  } else if (event.key === 'm') {
    event.preventDefault()
    document.getElementById('main')?.focus()
  }
})

function isTyping(target) {
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
  )
}

document.querySelector('.ds-error-summary')?.focus()
