/** A module that a mirror is asked for as a proof, with the hashes that its files must have. */
export interface ProofModule {
  path: string;
  version: string;
  /** `h1:` hashes of the zip and of go.mod. */
  zipHash: string;
  modHash: string;
  /** Size of the zip, or null where it is not known. */
  zipBytes: number | null;
  /** Where the hashes come from: written here, as the checksum database has them, or the project's go.sum. */
  source: 'pinned' | 'go.sum';
}

/** Small (a zip of 2,987 bytes), old, and served by every public mirror. */
export const pinnedModule: ProofModule = {
  path: 'rsc.io/quote',
  version: 'v1.5.2',
  zipHash: 'h1:w5fcysjrx7yqtD/aO+QwRjYZOKnaM9Uh2b40tElTs3Y=',
  modHash: 'h1:LzX7hefJvL54yjefDEDHNONDjII0t9xZLPXsUe+TKr0=',
  zipBytes: 2987,
  source: 'pinned',
};

/** A zip of 4.8 MB for the bandwidth where there is no project: what `pinnedModule` requires, so mirrors have it with it. */
export const largeModule = { path: 'golang.org/x/text', version: 'v0.0.0-20170915032832-14c0d48ead0c' };
