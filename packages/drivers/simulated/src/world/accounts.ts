import type { ISql } from 'postgres';
import type { Place } from './world.ts';

/** An account is known once it has been verified. */
export const rememberAccount = async (sql: ISql, place: Place): Promise<void> => {
  await sql`
    insert into sim_world.accounts (provider, account, region) values (${place.provider}, ${place.account}, ${place.region})
    on conflict do nothing`;
};

/** The account that was seen first in this region. */
export const findFirstAccount = async (sql: ISql, provider: string, region: string): Promise<string | undefined> => {
  const [row] = await sql<{ account: string }[]>`
    select account from sim_world.accounts where provider = ${provider} and region = ${region}
    order by first_seen, account limit 1`;
  return row?.account;
};
