import { DomainError } from '@waterstrider/contract';

/** Probability 0..1 of each fault, per call. `lostAnswer`: the work is done, the answer is lost (changing calls only). */
export type Faults = { failure: number; throttle: number; lostAnswer: number };

export const noFaults: Faults = { failure: 0, throttle: 0, lostAnswer: 0 };

const isProbability = (value: number): boolean => Number.isFinite(value) && value >= 0 && value <= 1;

const invalid = (): DomainError =>
  new DomainError('invalid', {
    reason:
      'WATERSTRIDER_SIM_FAULTS must be a number from 0 to 1 such as 0.3, or a list such as failure=0.1,throttle=0.1,lostAnswer=0.1.',
  });

/** `0.3`: so many calls fail, a third of them in each way. `failure=0.1,lostAnswer=0.2`: each for itself. Throws `invalid`. */
export const parseFaults = (text: string): Faults => {
  const trimmed = text.trim();
  if (trimmed === '') return noFaults;
  const share = Number(trimmed);
  if (isProbability(share)) return { failure: share / 3, throttle: share / 3, lostAnswer: share / 3 };
  const faults = { ...noFaults };
  for (const part of trimmed.split(',')) {
    const [key, value, ...rest] = part.split('=').map((piece) => piece.trim());
    const probability = value ? Number(value) : Number.NaN;
    if ((key !== 'failure' && key !== 'throttle' && key !== 'lostAnswer') || rest.length > 0) throw invalid();
    if (!isProbability(probability)) throw invalid();
    faults[key] = probability;
  }
  return faults;
};

/** What goes wrong now: for all providers, or for one that has faults of its own. */
export type FaultBook = { of(provider?: string): Faults; set(faults: Partial<Faults>, provider?: string): void };

export const createFaultBook = (initial: Partial<Faults> = {}): FaultBook => {
  let general: Faults = { ...noFaults, ...initial };
  const own = new Map<string, Faults>();
  const of = (provider?: string): Faults => (provider === undefined ? undefined : own.get(provider)) ?? general;
  return {
    of,
    set: (faults, provider) => {
      if (provider !== undefined) {
        own.set(provider, { ...of(provider), ...faults });
        return;
      }
      general = { ...general, ...faults };
      own.clear();
    },
  };
};
