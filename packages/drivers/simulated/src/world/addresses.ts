import type { ISql } from 'postgres';
import { usableAddresses, type Cidr } from './cidr.ts';
import { stateNow } from './servers.ts';

/** 198.18.0.0/15 (RFC 2544, benchmarking): never the address of anybody's real machine. */
const publicBlockFirst = 198 * 2 ** 24 + 18 * 2 ** 16;

/** Public addresses that no living server has. The sequence gives each number out once per round, so two takers never meet. */
export const takePublicAddresses = async (sql: ISql, count: number): Promise<number[]> => {
  const taken: number[] = [];
  for (let round = 0; taken.length < count && round < 100; round += 1) {
    const rows = await sql<{ address: number }[]>`
      with drawn as materialized (
        select ${publicBlockFirst}::bigint + nextval('sim_world.public_addresses') as address
        from generate_series(1, ${count - taken.length}::int)
      )
      select address::float8 as address from drawn where not exists (
        select 1 from sim_world.servers where public_address = drawn.address and ${stateNow(sql)} <> 'deleted')`;
    taken.push(...rows.map(({ address }) => address));
  }
  return taken;
};

// Far more than an account may have servers: keeps a /8 from being counted through.
const searchedAddresses = 20_000;

/** The lowest free addresses of a subnet, fewer than `count` when it is full. Call under the place's lock. */
export const findPrivateAddresses = async (
  sql: ISql,
  subnet: { id: string; cidr: Cidr },
  count: number,
): Promise<number[]> => {
  const { from, to } = usableAddresses(subnet.cidr);
  const rows = await sql<{ address: number }[]>`
    select address::float8 as address from generate_series(${from}::bigint, ${Math.min(to, from + searchedAddresses)}::bigint) as address
    where not exists (
      select 1 from sim_world.servers
      where subnet_id = ${subnet.id} and private_address = address and ${stateNow(sql)} <> 'deleted')
    order by address limit ${count}`;
  return rows.map(({ address }) => address);
};
