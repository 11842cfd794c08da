/** A module that a pull of the project fetches. */
export interface ProjectModule {
  path: string;
  version: string;
  /** `h1:` hash of its zip in go.sum; null: go needs its go.mod only. */
  zipHash: string | null;
  /** `h1:` hash of its go.mod in go.sum, or null. */
  modHash: string | null;
  /** Size of the zip in the module cache, or null. */
  zipBytes: number | null;
}

/** What a pull of the project in the working folder fetches. */
export interface Project {
  /** Absolute path of go.mod or go.work. */
  file: string;
  modules: ProjectModule[];
}
