/**
 * What V8 is told where Sapan starts Node itself: old memory may grow to three times of what is in use before it is
 * collected. By itself V8 begins at a third more, which under load is every few seconds, and pages wait some 150 ms each time.
 */
export const nodeFlags = ['--heap-growing-percent=200']
