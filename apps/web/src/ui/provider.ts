const badges: Record<string, string> = {
  aws: 'AWS',
  azure: 'AZ',
  gcp: 'GCP',
  alibaba: 'ALI',
  tencent: 'TC',
  ibm: 'IBM',
  openstack: 'OS',
  'openstack-ex01': 'OS',
  cloudit: 'CLT',
  ncp: 'NCP',
  ncpvpc: 'NCP',
  nhn: 'NHN',
  nhncloud: 'NHN',
  kt: 'KT',
  ktcloud: 'KT',
  ktcloudvpc: 'KT',
  'own-servers': 'SRV',
};

const names: Record<string, string> = {
  aws: 'Amazon Web Services',
  azure: 'Microsoft Azure',
  gcp: 'Google Cloud',
  alibaba: 'Alibaba Cloud',
  tencent: 'Tencent Cloud',
  ibm: 'IBM Cloud',
  openstack: 'OpenStack',
  cloudit: 'Cloudit',
  ncp: 'NAVER Cloud',
  ncpvpc: 'NAVER Cloud',
  nhn: 'NHN Cloud',
  nhncloud: 'NHN Cloud',
  kt: 'KT Cloud',
  ktcloud: 'KT Cloud',
  ktcloudvpc: 'KT Cloud',
};

const bare = (provider: string): string => provider.replace(/^sim-/, '').toLowerCase();

/** Short neutral text of a provider: `sim-aws` is AWS; one that is not known gives its first four letters. */
export const providerBadge = (provider: string): string =>
  badges[bare(provider)] ?? bare(provider).slice(0, 4).toUpperCase();

/** Full name of a provider, as it is known without asking the server. */
export const providerName = (provider: string): string => names[bare(provider)] ?? provider;
