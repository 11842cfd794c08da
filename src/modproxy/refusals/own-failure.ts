import type { RefusalRule } from './rule.ts';

/** What a mirror tells of its own attempt to get a file or to keep it, in a 400, 404, 410 or 5xx: its matter, not this machine's. */
export const ownFailure: readonly RefusalRule[] = [
  {
    reason: 'zip',
    says: /\bcreate zip\b|\bnot a valid zip\b|\bzip: |\bcase-insensitive file name collision|\bmalformed file path|\b(?:zip|module|archive)\b.{0,40}\btoo large\b|\bmax(?:imum)? (?:allowed )?size/i,
    source: 'golang.org/x/mod/zip, 2025',
  },
  {
    reason: 'origin-login',
    says: /\brepository\b.{0,20}\bnot found|\bcould not read from remote repository|\bcould not read (?:username|password)|\bterminal prompts disabled|\bpermission denied \(publickey|\bauthentication failed|\bHTTP Basic: access denied|\bhost key verification failed/i,
    orAbsent: true,
    source: 'git, relayed, 2025',
  },
  {
    reason: 'origin-login',
    says: /\breturned error: 40[13]|\bbad credentials\b/i,
    source: 'git, relayed, 2025',
  },
  {
    reason: 'storage',
    says: /\bno space left|\b(?:disk|volume|partition|cache|file ?system|storage)(?: is)? (?:\S+ )?full\b|\brefusing writes\b|\bout of (?:disk|space)\b|\bENOSPC\b|\bdisk quota|\bread-only file system|\binput\/output error|\bdatabase is locked|\btoo many open files|\bcannot allocate memory|\bpermission denied\b|\bstale (?:nfs )?file handle|\b(?:s3|gcs|oss|cos|az(?:ure)?blob)(?:\.[a-z]|: )|\bContainerNotFound\b|\barn:aws\b|\bAccessDenied\b|\bbucket\b(?! does not exist)|\b(?:Put|Get|Head)Object\b|\bblob ?(?:store|storage)\b|(?<!\bin )\bstorage\b|\bno such file or directory|\bloose object|\bbinary provider|\bhas no content for|\bfilestore\b|\bmongo\w*\b|\bpostgres\w*\b|\bredis\b|\bminio\b|\b(?:leveldb|boltdb|badger|sqlite)\b|\bcorrupt(?:ed|ion)?\b|\betcd\b/i,
    source: 'operating systems; storage of Athens, goproxy and Nexus, 2025',
  },
  {
    reason: 'timeout',
    says: /\bfetch tim(?:ed|ing|e)[- ]?out|\bdeadline exceeded|\bcontext cancel|\bgave up waiting|\b(?:did|does) not (?:answer|respond|reply) in time|\btook too long|\bkilled after\b|\bof waiting\b|\btim(?:ed|ing|e)[- ]?out (?:while |after |waiting)|\bClient\.Timeout\b|\bSocketTimeout|\bread timed out|\b(?:request|operation|response) timed out|超时/i,
    source: 'the official proxy ("fetch timed out"), Athens, Nexus, 2025',
  },
  {
    reason: 'origin',
    says: /\bdial (?:tcp|udp)|\bi\/o timeout|\bconnection (?:refused|reset|timed out)|\bno such host|\bserver misbehaving|\btls: |\btls handshake|\bx509: |\bunexpected EOF|\bearly EOF|\bEOF\b|\bbad upstream\b|(?<!\bno )\bupstream\b|\bunable to (?:access|connect)|\bfailed to connect|\bclosed the connection\b|\berror (?:talking|connecting|speaking) to\b|\b(?:can ?not|could not|unable to|failed to) reach\b|\bfrom (?:the )?remote\b|\bcould not (?:resolve|connect|retrieve)|\bnetwork is unreachable|\bexit status 128|\bRPC failed|\bproxyconnect\b|\bhung up unexpectedly|\bindex-pack failed|\bdata stream error|\bINTERNAL_ERROR\b|\bgit (?:ls-remote|fetch)\b|\breturned error: (?:5\d\d|429)|\breading\s{1,5}(?:\?go-get=1: )?(?:5\d\d|429)\b|\bremote (?:repository|server|host)\b.{0,60}\b(?:unavailable|unreachable|failed|error)|\bauto[- ]?blocked|\bunavailable\b.{0,30}\bremote\b|\btime-?out\b|\btimed out\b|\bexecutable file not found|\bsignal: killed/i,
    source: 'git and net, relayed; Nexus "Remote Auto Blocked", Artifactory, 2025',
  },
];
