import { expect, test } from 'vitest';
import { isHolderName } from './holder-name.ts';

test('a credential of CB-Tumblebug is named after its provider, another holder before it', () => {
  expect(isHolderName('aws', 'aws')).toBe(true);
  expect(isHolderName('team_1-openstack-ex01', 'openstack-ex01')).toBe(true);
  for (const name of ['', 'aws-main', 'Team-aws', '-aws', 'admin-aws', 'a-b-aws', 'gcp'])
    expect(isHolderName(name, 'aws'), name).toBe(false);
});
