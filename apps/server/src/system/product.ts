import packageJson from '../../package.json' with { type: 'json' };

export const product = 'Waterstrider';
export const version = packageJson.version;
