import manifest from '../package.json' with { type: 'json' };

/** The version of this package. */
export const version: string = manifest.version;

/** What every request says it comes from. */
export const userAgent = `${manifest.name}/${version} (+${manifest.homepage})`;
