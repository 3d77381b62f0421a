/** The cloud's own name of a spec: ids are `provider+region+name`. */
export const specName = (id: string): string => id.split('+').slice(2).join('+') || id;
