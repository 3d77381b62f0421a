/** ISO 8601 in UTC, as the contract has it. */
export const toIso = (time: Date): string => time.toISOString();
