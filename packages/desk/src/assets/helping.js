// Counts down to when help ends, and looks whether the person has answered. The pages say the same without.
const shown = document.querySelector('[data-countdown]')
const tick = () => {
  const left = Math.max(0, Math.round((Number(shown.dataset.countdown) - Date.now()) / 1000))
  shown.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`
  if (left === 0) location.replace(location.pathname)
  else setTimeout(tick, 1000)
}
if (shown && Number(shown.dataset.countdown) > Date.now()) tick()

const waiting = document.querySelector('[data-reload]')
if (waiting) setTimeout(() => location.replace(location.pathname), Number(waiting.dataset.reload) * 1000)
