/** One line of progress for the person at the terminal. */
export function say(message) {
  process.stdout.write(`[waterstrider] ${message}\n`);
}

/** Says what went wrong and ends with code 1. */
export function fail(message) {
  process.stderr.write(`[waterstrider] ${message}\n`);
  process.exit(1);
}

/** Seconds since `startedMs`, for a person. */
export function secondsSince(startedMs) {
  return `${((Date.now() - startedMs) / 1000).toFixed(1)} s`;
}
