/** Why go refuses a module path, in go's own words, or null: as `module.CheckPath` (x/mod/module). */
export function checkModulePath(_path: string): string | null {
  throw new Error('pending');
}

/** A module path as it stands in a proxy's URL: `!x` for `X`. As `module.EscapePath`. */
export function escapePath(_path: string): string {
  throw new Error('pending');
}

/** A version as it stands in a proxy's URL. As `module.EscapeVersion`. */
export function escapeVersion(_version: string): string {
  throw new Error('pending');
}
