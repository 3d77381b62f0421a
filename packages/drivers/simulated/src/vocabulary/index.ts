import { alibaba } from './alibaba.ts';
import { aws } from './aws.ts';
import { azure } from './azure.ts';
import { cloudit } from './cloudit.ts';
import { gcp } from './gcp.ts';
import { ibm } from './ibm.ts';
import { ncp } from './ncp.ts';
import { kt, nhn, openstack } from './openstack.ts';
import { tencent } from './tencent.ts';

export { complaints, type Complaint, type Vocabulary } from './vocabulary.ts';

/** How each simulated cloud words its complaints. */
export const vocabularies = {
  aws,
  azure,
  gcp,
  alibaba,
  openstack,
  'openstack-ex01': openstack,
  cloudit,
  tencent,
  ibm,
  ncp,
  nhn,
  kt,
};
