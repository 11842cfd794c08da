/** Host (without brackets) and port of a URL, the scheme's default where it has none. */
export function hostAndPort(url: URL): { host: string; port: number } {
  const fallback = url.protocol === 'https:' ? 443 : 80;
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) || fallback };
}

/** `host:port`, an IPv6 address in brackets. */
export function authorityOf({ host, port }: { host: string; port: number }): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
