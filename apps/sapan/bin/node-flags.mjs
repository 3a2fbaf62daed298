/**
 * What V8 is told, whether Sapan starts Node itself or is started by it: old memory may grow to five times of what is in use
 * before it is collected. By itself V8 begins at a third more, which under load is every second, and all wait up to 45 ms
 * each time. What is in use is small (some 60 MB), so what is not collected yet is bounded too.
 */
export const nodeFlags = ['--heap-growing-percent=400']
